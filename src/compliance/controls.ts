/**
 * The controls of the report: what each asks for in a few words of our own, which checks are evidence for it, and what of it no check can show.
 * Sources: PCI DSS v4.0.1 (June 2024), whose numbers are not those of v3.2.1, where 1.3.1 was about a DMZ, 2.2.1 about one primary function for each server, and what 1.3.1 and 1.3.2 ask
 * now stood in 1.2.1; AICPA Trust Services Criteria (TSP section 100, 2017, points of focus revised in 2022).
 */

export const CONTROL_IDS = ['pci-dss-1.3.1', 'pci-dss-1.3.2', 'pci-dss-2.2.1', 'soc2-cc6.1', 'soc2-cc6.6'] as const;
export type ControlId = (typeof CONTROL_IDS)[number];

export const CHECK_IDS = [
  'default-deny-in',
  'default-deny-out',
  'new-pods',
  'paths-in',
  'paths-out',
  'paths-within',
  'port-ranges-in',
  'port-ranges-out',
  'dns',
  'internet-in',
  'internet-out',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export const CHECK_TITLES: Readonly<Record<CheckId, string>> = {
  'default-deny-in': 'into a pod of the zone, everything is denied that no rule allows',
  'default-deny-out': 'out of a pod of the zone, everything is denied that no rule allows',
  'new-pods': 'a pod that comes into the zone starts closed both ways',
  'paths-in': 'into the zone only the listed paths are open',
  'paths-out': 'out of the zone only the listed paths are open',
  'paths-within': 'inside of the zone only the listed paths are open',
  'port-ranges-in': 'no rule that lets traffic into the zone is broader than the widest range of ports',
  'port-ranges-out': 'no rule that lets traffic out of the zone is broader than the widest range of ports',
  dns: 'every pod of the zone reaches its DNS, nothing else there, and no other DNS that is not listed',
  'internet-in': 'no address outside of the cluster reaches the zone, except over listed paths',
  'internet-out': 'the zone reaches no address outside of the cluster, except over listed paths',
};

export interface Control {
  readonly id: ControlId;
  readonly standard: string;
  readonly number: string;
  /** What it asks for, in words of our own. */
  readonly asks: string;
  readonly checks: readonly CheckId[];
  /** What of it the checks cannot show. */
  readonly notShown: readonly string[];
}

const PCI = 'PCI DSS v4.0.1';
const SOC = 'SOC 2 (Trust Services Criteria 2017, revised 2022)';
/** What stands in the general list, too. */
export const NECESSARY = 'that a listed path is necessary, and who approved it: reasons are those of the file';
export const OVER_TIME = 'that it was so over a period: this is the state of these manifests, and nothing of the time before or after';
const ELSEWHERE = 'firewalls, gateways, VPNs and wireless networks in front of the cluster, and systems of the zone that run outside of it';

export const CONTROLS: Readonly<Record<ControlId, Control>> = {
  'pci-dss-1.3.1': {
    id: 'pci-dss-1.3.1',
    standard: PCI,
    number: '1.3.1',
    asks: 'inbound traffic to the cardholder data environment is limited to what is necessary, and all other traffic is denied',
    checks: ['default-deny-in', 'paths-in', 'port-ranges-in', 'internet-in'],
    notShown: [NECESSARY, ELSEWHERE],
  },
  'pci-dss-1.3.2': {
    id: 'pci-dss-1.3.2',
    standard: PCI,
    number: '1.3.2',
    asks: 'outbound traffic from the cardholder data environment is limited to what is necessary, and all other traffic is denied',
    checks: ['default-deny-out', 'paths-out', 'port-ranges-out', 'dns', 'internet-out'],
    notShown: [NECESSARY, ELSEWHERE],
  },
  'pci-dss-2.2.1': {
    id: 'pci-dss-2.2.1',
    standard: PCI,
    number: '2.2.1',
    asks: 'configuration standards exist for all system components, are kept up, and are in force before, or right after, a new component goes into production',
    checks: ['default-deny-in', 'default-deny-out', 'new-pods', 'port-ranges-in', 'port-ranges-out'],
    notShown: [
      'that there is a written standard, that it follows an accepted one for hardening, and that it is kept up as vulnerabilities become known',
      'any configuration but that of network policies: images, accounts, services, nodes, the cluster itself',
      'namespaces that come into the zone: a NetworkPolicy is in one namespace, so a new one has none',
    ],
  },
  'soc2-cc6.1': {
    id: 'soc2-cc6.1',
    standard: SOC,
    number: 'CC6.1',
    asks: 'logical access to protected information is restricted by software, infrastructure and architecture; segments of the network are a part of that',
    checks: [
      'default-deny-in',
      'default-deny-out',
      'new-pods',
      'paths-in',
      'paths-out',
      'paths-within',
      'port-ranges-in',
      'port-ranges-out',
    ],
    notShown: [
      NECESSARY,
      'who users and programs are and what they may do: identities, credentials, roles, access to the Kubernetes API',
      'encryption and the keys for it, and the inventory of what is protected',
      OVER_TIME,
    ],
  },
  'soc2-cc6.6': {
    id: 'soc2-cc6.6',
    standard: SOC,
    number: 'CC6.6',
    asks: 'access from sources outside of the system is restricted at its boundary',
    checks: ['default-deny-in', 'default-deny-out', 'internet-in', 'internet-out', 'dns'],
    notShown: [
      ELSEWHERE,
      'what outside clients reach through pods that stand between: to the zone they are connections of a gateway or proxy',
      'who the other end is, and whether it is authenticated',
      'detection and monitoring of what comes in',
      OVER_TIME,
    ],
  },
};
