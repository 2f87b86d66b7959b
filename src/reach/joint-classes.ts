/**
 * Joint endpoints that two tables do not tell apart, as source and as destination of flows.
 */
import { type Grouping, groupBy } from '../lib/grouping.ts';
import { StringInterner } from '../lib/interner.ts';
import type { Direction } from '../model/protocol.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { JointEndpoints } from './joint-endpoints.ts';

/** Pairs of classes, one of each table, that some joint endpoint has; NONE_32 in a table that lacks the endpoint. */
export interface ClassPairs {
  /** Of each joint endpoint. */
  readonly of: Uint32Array;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What rules of a direction see: the judged end, and the other. */
export interface JointDirection {
  readonly subject: ClassPairs;
  readonly peer: ClassPairs;
}

/** Endpoints that agree in `subject` (of the direction in which they are judged), `peer` (of the other direction) and family. */
export interface EndClasses {
  readonly count: number;
  readonly subject: Uint32Array;
  readonly peer: Uint32Array;
  readonly family: Uint8Array;
  /** Joint endpoints of each class. */
  readonly members: Grouping;
  /** Of each joint endpoint. */
  readonly of: Uint32Array;
}

export interface JointClasses {
  readonly egress: JointDirection;
  readonly ingress: JointDirection;
  readonly sources: EndClasses;
  readonly destinations: EndClasses;
}

export function joinClasses(before: RuleTables, after: RuleTables, joint: JointEndpoints): JointClasses {
  const direction = (name: Direction): JointDirection => {
    const [subject, peer] = name === 'egress' ? (['endpointEgressSubject', 'endpointEgressPeer'] as const) : INGRESS;
    return {
      subject: pairUp(before.columns[subject], after.columns[subject], joint),
      peer: pairUp(before.columns[peer], after.columns[peer], joint),
    };
  };
  const egress = direction('egress');
  const ingress = direction('ingress');
  return {
    egress,
    ingress,
    sources: endClasses(egress.subject, ingress.peer, joint),
    destinations: endClasses(ingress.subject, egress.peer, joint),
  };
}

const INGRESS = ['endpointIngressSubject', 'endpointIngressPeer'] as const;

function pairUp(before: Uint32Array, after: Uint32Array, { numbers, count }: JointEndpoints): ClassPairs {
  const keys = new StringInterner();
  const pairsBefore: number[] = [];
  const pairsAfter: number[] = [];
  const of = new Uint32Array(count);
  for (let endpoint = 0; endpoint < count; endpoint++) {
    const b = before[numbers[0]![endpoint]!] ?? NONE_32;
    const a = after[numbers[1]![endpoint]!] ?? NONE_32;
    const pair = keys.intern(`${b} ${a}`);
    if (pair === pairsBefore.length) {
      pairsBefore.push(b);
      pairsAfter.push(a);
    }
    of[endpoint] = pair;
  }
  return { of, before: pairsBefore, after: pairsAfter };
}

function endClasses(subject: ClassPairs, peer: ClassPairs, { family, count }: JointEndpoints): EndClasses {
  const keys = new StringInterner();
  const first: number[] = [];
  const of = new Uint32Array(count);
  for (let endpoint = 0; endpoint < count; endpoint++) {
    of[endpoint] = keys.intern(`${subject.of[endpoint]} ${peer.of[endpoint]} ${family[endpoint]}`);
    if (of[endpoint] === first.length) first.push(endpoint);
  }
  return {
    count: first.length,
    subject: Uint32Array.from(first, (endpoint) => subject.of[endpoint]!),
    peer: Uint32Array.from(first, (endpoint) => peer.of[endpoint]!),
    family: Uint8Array.from(first, (endpoint) => family[endpoint]!),
    members: groupBy(of, first.length),
    of,
  };
}
