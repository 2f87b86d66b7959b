/**
 * Where pods say that they are.
 */
import { type IpAddress, parseIPv4 } from '../lib/ip-address.ts';
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
  /** Numbers of placements by the word of the host, cut to 32 bits with a sign, and, where no host is named, by `spec.nodeName`. */
  private readonly byHost = new Map<number, number>();
  private readonly byName = new Map<string | undefined, number>();
  /** Placements of other pods, by what they say. */
  private readonly others = new Map<string, number>();

  constructor(profile: CniProfile) {
    this.profile = profile;
  }

  /** The number in `list` of the placement of a pod that has not completed. */
  of({ spec, status }: PodObject): number {
    const nodeName = spec?.nodeName || undefined;
    if (isNodeLike(spec, this.profile)) return this.add(nodeName, status, podAddresses(status));
    const host = hostWord(status);
    if (host === OTHER_HOSTS) return this.ofOthers(nodeName, status);
    const known = host === NO_HOST ? this.byName.get(nodeName) : this.byHost.get(host | 0);
    if (known !== undefined && this.list[known]!.nodeName === nodeName) return known;
    const number = this.add(nodeName, status, NOTHING);
    if (host === NO_HOST) this.byName.set(nodeName, number);
    else this.byHost.set(host | 0, number);
    return number;
  }

  private ofOthers(nodeName: string | undefined, status: PodObject['status']): number {
    const key = JSON.stringify([nodeName, status?.hostIP, status?.hostIPs]);
    const number = this.others.get(key) ?? this.add(nodeName, status, NOTHING);
    this.others.set(key, number);
    return number;
  }

  private add(nodeName: string | undefined, status: PodObject['status'], own: readonly IpAddress[]): number {
    return this.list.push({ nodeName, hosts: hostAddresses(status), own }) - 1;
  }
}

const NO_HOST = -2;
const OTHER_HOSTS = -1;

/** The word of the host's address where it has one, of IPv4; NO_HOST where none is named, OTHER_HOSTS where there are others. */
function hostWord(status: PodObject['status']): number {
  if (!status) return NO_HOST;
  const { hostIP, hostIPs } = status;
  if (!hostIPs?.length) return hostIP ? parseIPv4(hostIP) : NO_HOST;
  if (hostIPs.length > 1) return OTHER_HOSTS;
  const { ip } = hostIPs[0]!;
  const word = parseIPv4(ip);
  return !hostIP || hostIP === ip || parseIPv4(hostIP) === word ? word : OTHER_HOSTS;
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
