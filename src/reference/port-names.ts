/**
 * Names of ports for a data plane that looks them up before it writes its rules. In come the objects, out comes what a name stands for.
 * Specification: kube-router `pkg/controllers/netpol/policy.go` (buildNetworkPoliciesInfo, processNetworkPolicyPorts), from the code.
 */
import type { NetworkPolicyPort, PodObject } from '../model/resource.ts';
import { portsNamed, type World } from './world.ts';

/** Pods that policies can select: not completed [51], and no host-network pod that is treated as its node [50]. */
export function selectablePods({ manifests, profile }: World): PodObject[] {
  return manifests.pods
    .map(({ object }) => object)
    .filter(({ spec, status }) => {
      const completed = status?.phase === 'Succeeded' || status?.phase === 'Failed';
      return !completed && !(spec?.hostNetwork === true && profile.hostNetwork === 'node');
    });
}

/** The numbers that some of the pods give the name of a port; none for a port that has no name. */
export function numbersGiven({ profile }: World, pods: readonly PodObject[], { port, protocol }: NetworkPolicyPort): number[] {
  return typeof port === 'string' ? pods.flatMap((pod) => portsNamed(profile, port, pod, protocol ?? 'TCP')) : [];
}

/** Is every port a name, and none of them known to any of the pods? Then no port is left to write. */
export function noneIsFound(world: World, pods: readonly PodObject[], ports: readonly NetworkPolicyPort[]): boolean {
  return ports.every((each) => typeof each.port === 'string' && numbersGiven(world, pods, each).length === 0);
}
