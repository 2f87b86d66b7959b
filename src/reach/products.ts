/**
 * Pairs that change in one way, gathered into products of ends.
 */
import { membersOf } from '../lib/grouping.ts';
import { ListInterner } from '../lib/interner.ts';
import type { Wanted } from './half-columns.ts';
import type { EndClasses, JointClasses } from './joint-classes.ts';
import type { JointPort } from './joint-ports.ts';
import { type PortChange, Signatures } from './signatures.ts';

/**
 * Every pair of one of `from` and one of `to` whose families go together changes in this way. `own`: these are pairs that comparison decides in one of the tables (a pod and itself, a
 * pod and its own node); otherwise such pairs are not meant, although their ends are among the others.
 */
export interface ReachDifference {
  /** Joint endpoints, ascending. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly own: boolean;
  /** In order of protocol and port. */
  readonly changes: readonly PortChange[];
  /** Number of pairs. */
  readonly pairs: number;
}

export interface ClassProduct {
  readonly sources: readonly number[];
  readonly destinations: readonly number[];
  readonly signature: number;
}

/** Sources that differ towards the same destinations in the same way are one product. */
export class Products {
  readonly signatures: Signatures;
  /** Pairs of classes so far. */
  classPairs = 0;
  private readonly classes: JointClasses;
  private readonly lists = new ListInterner();
  private readonly sourcesOf: number[][] = [];
  private readonly pairsOf: number[] = [];

  constructor(classes: JointClasses, ports: readonly JointPort[], wanted: Wanted) {
    this.classes = classes;
    this.signatures = new Signatures(ports, wanted);
  }

  /** `targets`: signature, destination class and number of pairs, in threes. */
  add(source: number, targets: readonly number[]): void {
    const bySignature = new Map<number, { list: number[]; pairs: number }>();
    for (let i = 0; i < targets.length; i += 3) {
      const signature = targets[i]!;
      const entry = bySignature.get(signature) ?? { list: [signature], pairs: 0 };
      entry.list.push(targets[i + 1]!);
      entry.pairs += targets[i + 2]!;
      bySignature.set(signature, entry);
    }
    for (const { list, pairs: count } of bySignature.values()) {
      const product = this.lists.intern(Uint32Array.from(list));
      this.sourcesOf[product] ??= [];
      this.sourcesOf[product].push(source);
      this.pairsOf[product] = (this.pairsOf[product] ?? 0) + count;
      this.classPairs += list.length - 1;
    }
  }

  /** Source classes, destination classes, and how their pairs change. */
  classProducts(): ClassProduct[] {
    return this.sourcesOf.map((sources, product) => {
      const [signature, ...destinations] = this.lists.get(product);
      return { sources, destinations, signature: signature! };
    });
  }

  differences(): ReachDifference[] {
    const { sources, destinations } = this.classes;
    return this.classProducts().map(({ sources: from, destinations: to, signature }, product) => ({
      from: endpointsOf(sources, from),
      to: endpointsOf(destinations, to),
      own: false,
      changes: this.signatures.changes(signature),
      pairs: this.pairsOf[product]!,
    }));
  }
}

function endpointsOf({ members }: EndClasses, classes: readonly number[]): Uint32Array {
  return Uint32Array.from(classes.flatMap((each) => [...membersOf(members, each)])).sort();
}

/** Pairs of endpoints that are judged one by one. */
export class OwnProducts {
  /** Signature -> source -> destinations. */
  readonly targets = new Map<number, Map<number, number[]>>();

  add({ from, to }: { readonly from: number; readonly to: number }, signature: number): void {
    if (signature === 0) return;
    const bySource = this.targets.get(signature) ?? new Map<number, number[]>();
    bySource.set(from, [...(bySource.get(from) ?? []), to]);
    this.targets.set(signature, bySource);
  }

  differences(signatures: Signatures): ReachDifference[] {
    return [...this.targets].flatMap(([signature, bySource]) => {
      const byTargets = new Map<string, { from: number[]; to: readonly number[] }>();
      for (const [from, unsorted] of bySource) {
        const to = [...unsorted].sort((a, b) => a - b);
        const entry = byTargets.get(to.join(' ')) ?? { from: [], to };
        entry.from.push(from);
        byTargets.set(to.join(' '), entry);
      }
      return [...byTargets.values()].map(({ from, to }) => ({
        from: Uint32Array.from(from).sort(),
        to: Uint32Array.from(to),
        own: true,
        changes: signatures.changes(signature),
        pairs: from.length * to.length,
      }));
    });
  }
}
