/**
 * Where pods say that they are.
 */
import type { IpAddress } from '../lib/ip-address.ts';
import type { CniProfile } from '../model/profile.ts';
import type { PodObject, Resource } from '../model/resource.ts';
import { hostAddresses, podAddresses } from './pod-addresses.ts';

/** What a pod says about where it is. */
export interface Placement {
  /** `spec.nodeName`. */
  readonly nodeName: string | undefined;
  /** `status.hostIP` and `hostIPs`. */
  readonly hosts: readonly IpAddress[];
  /** The pod's own addresses, when the profile treats it as its node. */
  readonly own: readonly IpAddress[];
}

const NOTHING: readonly IpAddress[] = [];

/** Pods on one node nearly always say the same: what they say is read and kept once. */
export class Placements {
  readonly list: Placement[] = [];
  private readonly profile: CniProfile;
  /** By `spec.nodeName`, that of the pod before: the number of its placement, and the status that it was read from. */
  private readonly before = new Map<string | undefined, { readonly number: number; readonly status: PodObject['status'] }>();

  constructor(profile: CniProfile) {
    this.profile = profile;
  }

  /** The number in `list` of the placement of a pod that has not completed. */
  of({ spec, status }: PodObject): number {
    const nodeName = spec?.nodeName || undefined;
    const isNode = isNodeLike(spec, this.profile);
    const before = isNode ? undefined : this.before.get(nodeName);
    if (before !== undefined && haveSameHosts(before.status, status)) return before.number;
    const number = this.list.length;
    this.list.push({ nodeName, hosts: hostAddresses(status), own: isNode ? podAddresses(status) : NOTHING });
    if (!isNode) this.before.set(nodeName, { number, status });
    return number;
  }
}

/** The placements of pods that have not completed, each at least once. */
export function placementsOf(pods: readonly Resource<PodObject>[], profile: CniProfile): Placement[] {
  const placements = new Placements(profile);
  for (const { object } of pods) placements.of(object);
  return placements.list;
}

/** Does the profile treat the pod as the node it runs on [50]? */
export function isNodeLike(spec: PodObject['spec'], profile: CniProfile): boolean {
  return spec?.hostNetwork === true && profile.hostNetwork === 'node';
}

function haveSameHosts(a: PodObject['status'], b: PodObject['status']): boolean {
  if ((a?.hostIP || undefined) !== (b?.hostIP || undefined)) return false;
  const ofA = a?.hostIPs ?? NO_HOSTS;
  const ofB = b?.hostIPs ?? NO_HOSTS;
  if (ofA.length !== ofB.length) return false;
  for (let i = 0; i < ofA.length; i++) if (ofA[i]!.ip !== ofB[i]!.ip) return false;
  return true;
}

const NO_HOSTS: readonly { readonly ip: string }[] = [];
