/**
 * What a report about policies cannot show, whatever they say, and what this input leaves open.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import { NECESSARY, OVER_TIME } from './controls.ts';
import type { ZoneWorld } from './zone-world.ts';

const ALWAYS: readonly string[] = [
  'that the cluster runs these manifests, and that its data plane enforces them: it is told how they are read, not how they are enforced',
  OVER_TIME,
  NECESSARY,
  'traffic between a pod and the node that it runs on, and within a pod: policies do not stand in its way',
  'traffic of pods in the network of their node: policies do not apply to them',
  'addresses of Services, and what a load balancer or a node port puts in place of a client: policies see what arrives at the pod',
  'connections that were open before a policy changed, and answers to open ones',
  'protocols other than TCP, UDP and SCTP, such as ICMP',
  'what is sent: encryption, authentication of the ends, access control of applications, and what DNS answers or carries',
  'who may change labels, namespaces and policies: they decide what is in the zone',
];

const CAVEATS: ReadonlySet<string> = new Set(['policy-needs-a-gate', 'policy-not-enforced', 'policy-read-differently']);

/** `diagnostics`: of reading and compiling. */
export function notShown({ cluster, pods }: ZoneWorld, diagnostics: readonly Diagnostic[], profile: string): string[] {
  const all = [...cluster.pods.values()];
  const withoutAddress = all.filter(({ ips }) => ips.length === 0).length;
  const onHost = [...pods].filter(([, { hostNetwork }]) => hostNetwork).map(([name]) => `\`${name}\``);
  return [
    ...ALWAYS,
    `what data planes do that the profile \`${profile}\` does not know`,
    ...(withoutAddress === 0
      ? []
      : [
          `which rules by address match ${withoutAddress} of ${all.length} pods, which have no address in the input (such as those that stand for workloads): what such a rule may open to them is told as not known`,
        ]),
    ...(onHost.length === 0 ? [] : [`anything about ${onHost.join(', ')}: of the zone, and in the network of the node`]),
    ...diagnostics.filter(({ code }) => CAVEATS.has(code)).map(({ message }) => message),
  ];
}

/** Why nothing holds for certain, whatever the verdicts are. */
export function doubtsOf({ pods, problems, uncertain }: ZoneWorld, diagnostics: readonly Diagnostic[]): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return [
    ...(pods.size === 0 ? ['no pod of the input is in the zone'] : []),
    ...problems.map((problem) => `a selector of the zone selects nothing: ${problem}`),
    ...uncertain.map((name) => `\`${name}\` could not be read, and may be in the zone`),
    ...(errors === 0
      ? []
      : [`the input has ${errors} ${errors === 1 ? 'error' : 'errors'}: what could not be read may be a policy or an end`]),
    ...diagnostics.filter(({ code }) => code === 'policy-not-considered').map(({ message }) => message),
  ];
}
