/**
 * How a pair of ends changes along the port axis, numbered, so that equal changes are worked out and stored once.
 */
import { VERDICTS } from '../evaluate/explain.ts';
import { combine as combineHalves } from '../evaluate/reader.ts';
import { ListInterner } from '../lib/interner.ts';
import type { Verdict } from '../model/decision.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import { ABSENT, afterOf, beforeOf, codeOf, type HalfColumns, isWanted, OTHER_REASON, type Wanted } from './half-columns.ts';
import type { JointPort } from './joint-ports.ts';
import { hasOtherReason } from './reasons.ts';

/** Ports `from..to` of a protocol, and the verdicts there. They differ. */
export interface PortChange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
  readonly before: Verdict;
  readonly after: Verdict;
}

export type Halves = Readonly<Record<'egress' | 'ingress', HalfColumns>>;

/** Lists of changes along the port axis, numbered; 0 is the one without a change. */
export class Signatures {
  private readonly ports: readonly JointPort[];
  private readonly lists = new ListInterner();
  private readonly known = new Map<number, number>();

  private readonly wanted: Wanted;

  constructor(ports: readonly JointPort[], wanted: Wanted) {
    this.ports = ports;
    this.wanted = wanted;
    this.lists.intern(new Uint32Array(0));
  }

  ofHalves(halves: Halves, egress: number, ingress: number): number {
    const key = egress * 2 ** 26 + ingress;
    let signature = this.known.get(key);
    if (signature === undefined) {
      signature = this.ofRuns(combinedRuns(halves.egress.runs(egress), halves.ingress.runs(ingress), this.wanted.reasons !== undefined));
      this.known.set(key, signature);
    }
    return signature;
  }

  ofCodes(codes: readonly number[]): number {
    return this.ofRuns(codes.map((code, k) => [k, code]));
  }

  /** First and last joint port, and the code, in threes. */
  runs(signature: number): Uint32Array {
    return this.lists.get(signature);
  }

  changes(signature: number): PortChange[] {
    const list = this.lists.get(signature);
    const changes: PortChange[] = [];
    for (let i = 0; i < list.length; i += 3) {
      const verdicts = { before: VERDICTS[beforeOf(list[i + 2]!)]!, after: VERDICTS[afterOf(list[i + 2]!)]! };
      for (let k = list[i]!; k <= list[i + 1]!; k++) {
        const { protocol, from, to } = this.ports[k]!;
        const last = changes[changes.length - 1];
        const joins = k > list[i]! && last?.protocol === PROTOCOLS[protocol] && last?.to === from - 1;
        if (joins) changes[changes.length - 1] = { ...last!, to };
        else changes.push({ protocol: PROTOCOLS[protocol]!, from, to, ...verdicts });
      }
    }
    return changes;
  }

  /** `runs`: first joint port and code of each, ascending. */
  private ofRuns(runs: readonly (readonly [start: number, code: number])[]): number {
    const list: number[] = [];
    for (const [i, [start, code]] of runs.entries()) {
      const end = (runs[i + 1]?.[0] ?? this.ports.length) - 1;
      const at = list.length - 3;
      if (!isWanted(code, this.wanted)) continue;
      if (at >= 0 && list[at + 1] === start - 1 && list[at + 2] === code) list[at + 1] = end;
      else list.push(start, end, code);
    }
    return this.lists.intern(Uint32Array.from(list));
  }
}

type Runs = ReturnType<HalfColumns['runs']>;

function combinedRuns(egress: Runs, ingress: Runs, reasons: boolean): [start: number, code: number][] {
  const runs: [number, number][] = [];
  for (let e = 0, i = 0; e < egress.start.length && i < ingress.start.length; ) {
    const [out, into] = [egress.code[e]!, ingress.code[i]!];
    const code = codeOf(combine(beforeOf(out), beforeOf(into)), combine(afterOf(out), afterOf(into)));
    runs.push([Math.max(egress.start[e]!, ingress.start[i]!), reasons && hasOtherReason(code, out, into) ? code | OTHER_REASON : code]);
    const [nextOut, nextIn] = [egress.start[e + 1] ?? Number.POSITIVE_INFINITY, ingress.start[i + 1] ?? Number.POSITIVE_INFINITY];
    if (nextOut <= nextIn) e++;
    if (nextIn <= nextOut) i++;
  }
  return runs;
}

/** An end that is not there is missing in both halves. */
function combine(egress: number, ingress: number): number {
  return egress === ABSENT ? ABSENT : combineHalves(egress, ingress);
}
