/**
 * The aims of compiled tables as targets: for every combination of subject, peers and ports that a rule speaks of, the endpoints that can be the ends of such a flow.
 *
 * Both ends of a flow need a common family. The members of a class are therefore put in the order IPv4, without address, IPv6, so that those that go with a
 * family are one range, and an aim at classes with both families becomes two targets: no draw is ever thrown away.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

const INGRESS = 0;

/** Members of classes, reordered by family, at `offset` of the members of all roles. */
interface ClassMembers {
  readonly offset: number;
  readonly start: Uint32Array;
  /** Per class: where the endpoints without address begin, and where those of IPv6 do. */
  readonly afterIpv4: Uint32Array;
  readonly beforeIpv6: Uint32Array;
}

/** One member range for each family, and whether members of that very family are in it. */
interface FamilyRange {
  readonly start: number;
  readonly count: number;
}

/** Cells and members of all aims: see `FlowTargets`. */
export function planAims(tables: RuleTables): { cells: Uint32Array; members: Uint32Array } {
  const { columns } = tables;
  const members = new GrowableUint32();
  const family = columns.endpointFamily;
  const ingressSubjects = reorder(columns.ingressSubjectMemberStart, columns.ingressSubjectMember, family, members);
  const egressSubjects = reorder(columns.egressSubjectMemberStart, columns.egressSubjectMember, family, members);
  const ingressPeers = reorder(columns.ingressPeerMemberStart, columns.ingressPeerMember, family, members);
  const egressPeers = reorder(columns.egressPeerMemberStart, columns.egressPeerMember, family, members);

  const cells = new GrowableUint32();
  const { aimRule, aimSubjectClass, aimPeerClass, aimProtocol, aimFromPort, aimToPort, ruleDirection } = columns;
  for (let aim = 0; aim < aimRule.length; aim++) {
    const ingress = ruleDirection[aimRule[aim]!] === INGRESS;
    const subjects = ingress ? ingressSubjects : egressSubjects;
    const peers = ingress ? ingressPeers : egressPeers;
    const subject = aimSubjectClass[aim]!;
    const peer = aimPeerClass[aim]!;
    for (const each of familiesOf(subjects, subject, peers, peer)) {
      const judged = rangeOf(subjects, subject, each);
      const other = rangeOf(peers, peer, each);
      if (judged.count === 0 || other.count === 0) continue;
      const [from, to] = ingress ? [other, judged] : [judged, other];
      const firstPort = Math.max(1, aimFromPort[aim]!);
      const ports = Math.max(1, aimToPort[aim]! - firstPort + 1);
      cells.pushAll([from.start, from.count, to.start, to.count, aimProtocol[aim]!, firstPort, ports, 0]);
    }
  }
  return { cells: cells.view(), members: members.view() };
}

/** Endpoints in the order IPv4, without address, IPv6; inside a family as they were. */
export function comparisonOrder(endpoints: Uint32Array, family: Uint8Array): Uint32Array {
  const ordered = new Uint32Array(endpoints.length);
  let at = 0;
  for (const wanted of [4, 0, 6]) {
    for (const endpoint of endpoints) if (family[endpoint] === wanted) ordered[at++] = endpoint;
  }
  return ordered;
}

function reorder(start: Uint32Array, items: Uint32Array, family: Uint8Array, into: GrowableUint32): ClassMembers {
  const offset = into.length;
  const classes = Math.max(0, start.length - 1);
  const afterIpv4 = new Uint32Array(classes);
  const beforeIpv6 = new Uint32Array(classes);
  for (let each = 0; each < classes; each++) {
    const ordered = comparisonOrder(items.subarray(start[each]!, start[each + 1]!), family);
    afterIpv4[each] = start[each]! + ordered.filter((endpoint) => family[endpoint] === 4).length;
    beforeIpv6[each] = start[each + 1]! - ordered.filter((endpoint) => family[endpoint] === 6).length;
    into.pushAll(ordered);
  }
  return { offset, start, afterIpv4, beforeIpv6 };
}

/** The families worth a target of their own: IPv6 when a member of it is there, IPv4 when one is there or nobody has IPv6. */
function familiesOf(subjects: ClassMembers, subject: number, peers: ClassMembers, peer: number): (4 | 6)[] {
  const has4 = subjects.afterIpv4[subject]! > subjects.start[subject]! || peers.afterIpv4[peer]! > peers.start[peer]!;
  const has6 = subjects.beforeIpv6[subject]! < subjects.start[subject + 1]! || peers.beforeIpv6[peer]! < peers.start[peer + 1]!;
  return has6 ? (has4 ? [4, 6] : [6]) : [4];
}

/** The members of a class that go with a family. */
function rangeOf({ offset, start, afterIpv4, beforeIpv6 }: ClassMembers, each: number, family: 4 | 6): FamilyRange {
  const first = family === 4 ? start[each]! : afterIpv4[each]!;
  const end = family === 4 ? beforeIpv6[each]! : start[each + 1]!;
  return { start: offset + first, count: end - first };
}
