/**
 * What pairs of ends say along the port axis, numbered, so that equal things are worked out and told once. A pair of groups stands for many pairs of ends: at each port stand the
 * verdicts that occur among them.
 */
import { VERDICTS } from '../evaluate/explain.ts';
import { combine } from '../evaluate/reader.ts';
import { ListInterner } from '../lib/interner.ts';
import type { Verdict } from '../model/decision.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { JointPort } from '../reach/joint-ports.ts';
import { DENY } from '../tables/layout.ts';

/** Ports `from..to` of a protocol. */
export interface PortSpan {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** Ports at which pairs differ, and the verdicts that occur. */
export interface MixedSpan extends PortSpan {
  /** Two or three, in the order allow, unknown, deny. */
  readonly verdicts: readonly Verdict[];
}

/** The port that the destination calls `name`, whichever number it gives it. */
export interface NamedSpan {
  readonly protocol: Protocol;
  readonly name: string;
  /** One for all pairs, or those that occur. */
  readonly verdicts: readonly Verdict[];
}

/** Of each port, the one list that it is in. In order of protocol and port. */
export interface PortVerdicts {
  /** Allowed for every pair; and so on. */
  readonly allow: readonly PortSpan[];
  readonly unknown: readonly PortSpan[];
  readonly deny: readonly PortSpan[];
  /** The pairs differ. */
  readonly some: readonly MixedSpan[];
  /** Only towards pods that do not exist yet. */
  readonly named?: readonly NamedSpan[];
}

/** Denied at every port, for every pair. */
export const ALL_DENIED = 0;

type Runs = ArrayLike<number>;

/** Columns of verdicts along the port axis; each port has a set of verdicts, as bits. */
export class PortColumns {
  private readonly ports: readonly JointPort[];
  /** First port and set of each run, in twos. */
  private readonly lists = new ListInterner();
  private readonly unions = new Map<number, number>();
  private readonly told: (PortVerdicts | undefined)[] = [];

  constructor(ports: readonly JointPort[]) {
    this.ports = ports;
    this.lists.intern(Uint32Array.of(0, 1 << DENY));
  }

  /** Both halves of a pair: first port and verdict of each run, in twos. */
  ofHalves(egress: Runs, ingress: Runs): number {
    return this.merged(egress, ingress, (a, b) => 1 << combine(a, b));
  }

  /** A verdict for each port of the axis. */
  ofVerdicts(verdicts: readonly number[]): number {
    const list: number[] = [];
    for (const [k, verdict] of verdicts.entries()) if (list.at(-1) !== 1 << verdict) list.push(k, 1 << verdict);
    return this.lists.intern(Uint32Array.from(list));
  }

  /** What two sets of pairs say together. */
  union(a: number, b: number): number {
    if (a === b) return a;
    const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b);
    let found = this.unions.get(key);
    if (found === undefined) {
      found = this.merged(this.lists.get(a), this.lists.get(b), (x, y) => x | y);
      this.unions.set(key, found);
    }
    return found;
  }

  /** The same object for the same column. */
  verdicts(column: number): PortVerdicts {
    this.told[column] ??= this.tell(this.lists.get(column));
    return this.told[column];
  }

  private merged(a: Runs, b: Runs, both: (a: number, b: number) => number): number {
    const list: number[] = [];
    for (let i = 0, k = 0; i < a.length && k < b.length; ) {
      const set = both(a[i + 1]!, b[k + 1]!);
      if (list.at(-1) !== set) list.push(Math.max(a[i]!, b[k]!), set);
      const [nextA, nextB] = [a[i + 2] ?? Number.POSITIVE_INFINITY, b[k + 2] ?? Number.POSITIVE_INFINITY];
      if (nextA <= nextB) i += 2;
      if (nextB <= nextA) k += 2;
    }
    return this.lists.intern(Uint32Array.from(list));
  }

  private tell(runs: Uint32Array): PortVerdicts {
    const found = { allow: [] as PortSpan[], unknown: [] as PortSpan[], deny: [] as PortSpan[], some: [] as MixedSpan[] };
    for (let i = 0; i < runs.length; i += 2) {
      const verdicts = SETS[runs[i + 1]!]!;
      for (const span of this.spans(runs[i]!, runs[i + 2] ?? this.ports.length)) {
        if (verdicts.length === 1) found[verdicts[0]!].push(span);
        else found.some.push({ ...span, verdicts });
      }
    }
    return found;
  }

  /** Neighbouring ports of one protocol as one. */
  private spans(first: number, end: number): PortSpan[] {
    const spans: PortSpan[] = [];
    for (let k = first; k < end; k++) {
      const { protocol, from, to } = this.ports[k]!;
      const last = spans.at(-1);
      if (last?.protocol === PROTOCOLS[protocol] && last?.to === from - 1) spans[spans.length - 1] = { ...last!, to };
      else spans.push({ protocol: PROTOCOLS[protocol]!, from, to });
    }
    return spans;
  }
}

const ORDER: readonly Verdict[] = ['allow', 'unknown', 'deny'];
/** Verdicts of each set. */
const SETS: readonly (readonly Verdict[])[] = Array.from({ length: 8 }, (_, set) =>
  ORDER.filter((verdict) => (set >>> VERDICTS.indexOf(verdict)) & 1),
);
