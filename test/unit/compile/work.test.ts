/**
 * Work that the compiler does once, or does not do: what a verdict does not show and a large cluster does.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { DecisionTable } from '../../../src/compile/decisions.ts';
import { LabelIndex } from '../../../src/compile/label-index.ts';
import { nodeJudges } from '../../../src/compile/own-node.ts';
import { PeerSets } from '../../../src/compile/peer-sets.ts';
import { indexPrefixes } from '../../../src/compile/prefixes.ts';
import { RowStore } from '../../../src/compile/row-store.ts';
import type { Pod } from '../../../src/model/cluster.ts';
import type { PodMatch, PolicySet } from '../../../src/model/policy.ts';
import type { Requirement, Selector } from '../../../src/model/selector.ts';
import { type EntryByHand, FoldByHand } from '../../support/fold-by-hand.ts';
import { clusterOf, endpointsOf, inOneTier, nodeOf, podOf, policyOf, ruleOf } from './forms.ts';

const exists = (key: string): Requirement => ({ key, operator: 'exists', values: [] });
const isIn = (key: string, ...values: string[]): Requirement => ({ key, operator: 'in', values });

let looks = 0;

/** Labels that count how often they are asked. */
class WatchedLabels extends Map<string, string> {
  override get(key: string): string | undefined {
    looks++;
    return super.get(key);
  }
}

function looksIn(work: () => unknown): number {
  looks = 0;
  work();
  return looks;
}

const entry = (rule: number, peers: readonly number[], ports?: EntryByHand['ports']): EntryByHand => {
  return { rule, peers: Uint32Array.from(peers), ...(ports === undefined ? {} : { ports }) };
};

/** Folds, and tells the rows and the peer classes that each derived row was given to change. */
function watch(policySet: PolicySet, entries: readonly EntryByHand[]) {
  const fold = new FoldByHand(policySet, 64, entries, true);
  const { rows, decisions } = fold;
  const changed: number[][] = [];
  const decided: number[][] = [];
  rows.derive = (template, peers, numbers) => {
    changed.push(Array.from(peers.view()));
    return RowStore.prototype.derive.call(rows, template, peers, numbers);
  };
  decisions.ofAscending = (verdict, atoms, count) => {
    decided.push(Array.from(atoms.subarray(0, count)));
    return DecisionTable.prototype.ofAscending.call(decisions, verdict, atoms, count);
  };
  return { made: fold.run(), changed, decided };
}

describe('a fold', () => {
  const both = [policyOf('a', [ruleOf('allow')]), policyOf('b', [ruleOf('allow')])];
  const [near, far] = [entry(0, [20, 40]), entry(1, [50], [1, 1])];

  test.each(['all', 'first'] as const)(
    'of a tier (%s) changes in a segment of ports only what differs there, and makes equal segments once',
    (match) => {
      const { made, changed, decided } = watch(inOneTier(both, match), [near, far]);
      expect(made).toEqual([made[0], made[1], made[0]]);
      expect(made[0]).not.toBe(made[1]);
      expect(changed).toEqual([[20, 40], [50]]);
      // Once for all peers that the same entries match.
      expect(decided).toEqual([[0], [1]]);
    },
  );

  test('changes nothing where nothing is named', () => {
    expect(watch(inOneTier(both, 'all'), []).changed).toEqual([]);
  });

  test('has one row for each decision that all peers have', () => {
    const rows = new RowStore(64, new DecisionTable());
    let fills = 0;
    const { decisionTree } = rows;
    decisionTree.fill = (word) => {
      fills++;
      Object.getPrototypeOf(decisionTree).fill.call(decisionTree, word);
    };
    expect([0, 1, 0, 1].map((decision) => rows.uniform(decision))).toEqual([0, 1, 0, 1]);
    expect(fills).toBe(2);
  });
});

describe('a selector', () => {
  const everyTenth = Array.from(
    { length: 100 },
    (_, i) =>
      new WatchedLabels(
        i % 10 === 0
          ? [
              ['rare', 'x'],
              ['all', 'y'],
            ]
          : [['all', 'y']],
      ),
  );
  const index = new LabelIndex(everyTenth);
  const tens = Array.from({ length: 10 }, (_, i) => i * 10);

  test.each<[string, Selector]>([
    ['by key', [exists('rare')]],
    ['by value', [isIn('rare', 'x')]],
    ['by key, after a common one', [exists('all'), exists('rare')]],
    ['by key, before a common one', [exists('rare'), exists('all')]],
    ['by value, beside a common one', [isIn('all', 'y', 'z'), isIn('rare', 'x'), exists('all')]],
  ])('of few items looks at no others: %s', (_, selector) => {
    expect(looksIn(() => expect(index.select(selector)).toEqual(tens))).toBe(
      // What a posting holds meets the requirement that offered it.
      selector.length === 1 ? 0 : tens.length * selector.length,
    );
  });

  test('is held against each of four items, and of more against those that may match', () => {
    const looksAt = (from: number, to: number) =>
      looksIn(() => expect(index.select([exists('rare'), exists('all')], from, to)).toEqual([20]));
    expect([looksAt(18, 22), looksAt(18, 23), looksAt(20, 21)]).toEqual([5, 2, 2]);
  });

  test.each<[string, Set<string>, number]>([
    ['the key has postings', new Set(['rare']), 0],
    ['another key has', new Set(['all']), 100],
    ['no key has', new Set(), 100],
  ])('is held against what may match where %s', (_, asked, looks) => {
    const some = new LabelIndex(everyTenth, asked);
    expect(looksIn(() => expect(some.select([exists('rare')])).toEqual(tens))).toBe(looks);
    expect(looksIn(() => expect(some.select([isIn('rare', 'x')])).toEqual(tens))).toBe(looks);
  });

  const namespaces = Array.from({ length: 20 }, (_, i) => ({ name: `n${i + 10}`, labels: new Map() }));
  const labels = namespaces.map(({ name }) => new WatchedLabels([['app', name]]));
  const pods = namespaces.map(({ name }, i): Pod => podOf('p', [], { namespace: name, labels: labels[i]! }));
  const cluster = clusterOf({ namespaces, pods });
  const prefixes = indexPrefixes([]);
  const endpoints = endpointsOf(cluster, prefixes, { portNames: new Set(), nodes: false });
  const everywhere = (...selector: Requirement[]): PodMatch => ({ kind: 'pods', namespaces: { selector: [] }, pods: selector });

  test('is held against namespaces side by side as one', () => {
    const peerSets = new PeerSets(cluster, endpoints, prefixes, spec);
    expect(looksIn(() => expect(peerSets.unitsOfPods(everywhere(isIn('app', 'n13', 'n20'), exists('app')))).toHaveLength(2))).toBe(4);
    expect(looksIn(() => expect(peerSets.unitsOfPods(everywhere(isIn('app', 'none')))).toHaveLength(0))).toBe(0);
  });

  test('that was met is not read again', () => {
    const peerSets = new PeerSets(cluster, endpoints, prefixes, spec);
    const selector = [isIn('app', 'n13')];
    let reads = 0;
    Object.defineProperty(selector, Symbol.iterator, {
      value: () => {
        reads++;
        return Array.prototype.values.call(selector);
      },
    });
    const match: PodMatch = { ...everywhere(), pods: selector };
    const units = peerSets.unitsOfPods(match);
    expect(units).toHaveLength(1);
    const once = reads;
    expect(peerSets.unitsOfPods({ ...match })).toEqual(units);
    expect(once).toBeGreaterThan(0);
    expect(reads).toBe(once);
  });
});

test('whether a peer set holds a node is found once', () => {
  class Watched extends Uint32Array {
    override some(test: (value: number, index: number, array: this) => unknown): boolean {
      looks++;
      return super.some(test as (value: number) => unknown);
    }
  }
  const cluster = clusterOf({ nodes: [nodeOf('n', ['192.168.0.1'])] });
  const endpoints = endpointsOf(cluster, indexPrefixes([]), { portNames: new Set(), nodes: false });
  const ofUnit = new Uint32Array(endpoints.units.count).fill(3);
  const judges = nodeJudges(inOneTier([]), endpoints, ofUnit, { start: Uint32Array.of(0, 2, 4), items: new Watched([1, 3, 1, 2]) });
  const ask = () => [0, 1].map((set) => judges(0, set));
  expect(
    looksIn(() =>
      expect([ask(), ask()]).toEqual([
        [true, false],
        [true, false],
      ]),
    ),
  ).toBe(2);
});
