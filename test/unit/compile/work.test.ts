/**
 * Work that the compiler does once, or does not do: what a verdict does not show and a large cluster does.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { DecisionTable } from '../../../src/compile/decisions.ts';
import type { ActiveEntry } from '../../../src/compile/fold.ts';
import { LabelIndex } from '../../../src/compile/label-index.ts';
import { nodeJudges } from '../../../src/compile/own-node.ts';
import { PeerSets } from '../../../src/compile/peer-sets.ts';
import { indexPrefixes } from '../../../src/compile/prefixes.ts';
import { RowStore } from '../../../src/compile/row-store.ts';
import { TierFold } from '../../../src/compile/tier-fold.ts';
import { UnionFold } from '../../../src/compile/union-fold.ts';
import { endGroup, endTier, meetAlone, START } from '../../../src/compile/ways.ts';
import type { Pod } from '../../../src/model/cluster.ts';
import type { PodMatch } from '../../../src/model/policy.ts';
import type { Requirement, Selector } from '../../../src/model/selector.ts';
import { NOT_ISOLATED } from '../../../src/tables/decisions.ts';
import { clusterOf, endpointsOf, inOneTier, nodeOf, podOf } from './forms.ts';

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

/** A row store, and the pages that each derived row was given to change. */
function watchedRows(decisions: DecisionTable): { rows: RowStore; changed: number[][] } {
  const rows = new RowStore(64, decisions);
  const changed: number[][] = [];
  rows.derive = (template, pages, read) => {
    changed.push(Array.from(pages));
    return RowStore.prototype.derive.call(rows, template, pages, read);
  };
  return { rows, changed };
}

const entry = (atom: number, peers: readonly number[], action: ActiveEntry['action'] = 'allow'): ActiveEntry => {
  return { atom, rule: atom, policy: 0, group: 0, tier: 0, action, open: false, peers: Uint32Array.from(peers) };
};

describe('a fold', () => {
  const [near, far] = [entry(0, [20, 40]), entry(1, [50])];
  const segment = (...entries: readonly ActiveEntry[]) => ({ entries, key: entries.map(({ atom }) => atom).join() });

  test('of one tier that matches all changes in a segment of ports only what differs there, and makes equal segments once', () => {
    const { rows, changed } = watchedRows(new DecisionTable());
    const fold = new UnionFold(rows, new DecisionTable(), 64, 'allow');
    const made = fold.rowsOf({ everywhere: [near], segments: [segment(), segment(far), segment(), segment(far)], isolated: [true] });
    expect(made).toEqual([made[0], made[1], made[0], made[1]]);
    expect(made[0]).not.toBe(made[1]);
    expect(changed).toEqual([[1, 2], [3]]);
  });

  test('of one tier that matches all decides once for all peers that the same entries match', () => {
    const decisions = new DecisionTable();
    const decided: number[][] = [];
    decisions.ofRules = (verdict, atoms) => {
      decided.push([...atoms]);
      return DecisionTable.prototype.ofRules.call(decisions, verdict, atoms);
    };
    const fold = new UnionFold(new RowStore(64, decisions), decisions, 64, 'allow');
    fold.rowsOf({ everywhere: [near], segments: [segment(), segment(far)], isolated: [true] });
    expect(decided).toEqual([[0], [1]]);
  });

  test('of one tier that matches all changes nothing where nothing is named', () => {
    const { rows, changed } = watchedRows(new DecisionTable());
    new UnionFold(rows, new DecisionTable(), 64, 'allow').rowsOf({ everywhere: [], segments: [segment()], isolated: [false] });
    expect(changed).toEqual([]);
  });

  test('of tiers in order makes equal segments once', () => {
    const { rows, changed } = watchedRows(new DecisionTable());
    const fold = new TierFold(rows, new DecisionTable(), 64, inOneTier([]).tiers, NOT_ISOLATED);
    fold.rowsOf({ everywhere: [near], segments: [segment(), segment(far), segment(), segment(far)], isolated: [false] });
    expect(changed).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
  });

  test('has one row for each decision that all peers have', () => {
    const { rows } = watchedRows(new DecisionTable());
    let fills = 0;
    const { decisionTree } = rows;
    decisionTree.fill = (word) => {
      fills++;
      Object.getPrototypeOf(decisionTree).fill.call(decisionTree, word);
    };
    expect([0, 1, 0, 1].map((decision) => rows.uniform(decision))).toEqual([0, 1, 0, 1]);
    expect(fills).toBe(2);
  });

  test('needs no new state where a group says nothing, or a tier ends after everything has', () => {
    expect(endGroup(START)).toBe(START);
    const ended = meetAlone(START, entry(0, [1], 'deny'));
    expect(endTier(ended, 'first', false, NOT_ISOLATED)).toBe(ended);
    expect(endTier(START, 'first', true, NOT_ISOLATED)).not.toEqual(START);
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
    expect(looksIn(() => expect(index.select(selector)).toEqual(tens))).toBe(tens.length * selector.length);
  });

  test('is held against each of four items, and of more against those that may match', () => {
    const looksAt = (from: number, to: number) => looksIn(() => expect(index.select([exists('rare')], from, to)).toEqual([20]));
    expect([looksAt(18, 22), looksAt(18, 23), looksAt(20, 21)]).toEqual([4, 1, 1]);
  });

  test.each<[string, Set<string>, number]>([
    ['the key has postings', new Set(['rare']), 10],
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
    expect(looksIn(() => expect(peerSets.unitsOfPods(everywhere(isIn('app', 'n13', 'n20')))).toHaveLength(2))).toBe(2);
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
  const judges = nodeJudges(inOneTier([]), endpoints, new Uint32Array(endpoints.units.count).fill(3));
  const [nodes, others] = [new Watched([1, 3]), new Watched([1, 2])];
  const ask = () => [nodes, others].map((peers) => judges({ ...entry(0, []), peers }));
  expect(
    looksIn(() =>
      expect([ask(), ask()]).toEqual([
        [true, false],
        [true, false],
      ]),
    ),
  ).toBe(2);
});
