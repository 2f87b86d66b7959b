/**
 * Where the first match counts, a fold leaves out what can no longer matter: the decisions are those of all that matches, and few have to be made.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { FoldNodes } from '../../../src/compile/fold-nodes.ts';
import type { Action, PolicySet } from '../../../src/model/policy.ts';
import { type EntryByHand, FoldByHand, PORT_CLASSES } from '../../support/fold-by-hand.ts';
import { SEED } from '../../support/seed.ts';
import { inOneTier, policyOf, ruleOf } from './forms.ts';

const PEERS = 20;

interface DrawnRule {
  readonly action: Action;
  /** Has its policy the rank of the one before? */
  readonly beside: boolean;
  readonly entries: readonly Omit<EntryByHand, 'rule'>[];
}

const peers = fc.oneof(
  { arbitrary: fc.uniqueArray(fc.nat(PEERS - 1), { minLength: 1 }).map((list) => Uint32Array.from(list).sort()), weight: 9 },
  { arbitrary: fc.constant('every' as const), weight: 1 },
);
const ports = fc.tuple(fc.nat(PORT_CLASSES - 1), fc.nat(PORT_CLASSES - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const entry = fc.record(
  { peers, open: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, { arbitrary: fc.constant(true), weight: 1 }), ports },
  { requiredKeys: ['peers', 'open'] },
);
const rulesOf = (...actions: Action[]) =>
  fc.array(
    fc.record<DrawnRule>({
      action: fc.constantFrom(...actions),
      beside: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
      entries: fc.array(entry, { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 5 },
  );
const tier = fc.oneof(
  rulesOf('allow', 'deny', 'pass', 'unknown').map((rules) => ({ match: 'first' as const, rules })),
  rulesOf('allow', 'unknown').map((rules) => ({ match: 'all' as const, rules })),
);
/** How many rules each policy has. */
const policySize = fc.integer({ min: 1, max: 3 });

test(`decides as all that matches does, wherever it stands (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(tier, { minLength: 1, maxLength: 4 }), policySize, fc.boolean(), (tiers, size, isolated) => {
      let rank = 0;
      const given: EntryByHand[] = [];
      const policySet: PolicySet = {
        tiers: tiers.map(({ match, rules }, t) => ({
          name: `${t}`,
          match,
          policies: Array.from({ length: Math.ceil(rules.length / size) }, (_, p) => {
            const own = rules.slice(p * size, (p + 1) * size);
            if (!own[0]!.beside) rank++;
            return policyOf(
              `${t}-${p}`,
              own.map(({ action }) => ruleOf(action)),
              { rank },
            );
          }),
        })),
        onUnmatched: 'allow',
      };
      for (const [number, rule] of tiers.flatMap(({ rules }) => rules).entries()) {
        for (const each of rule.entries) given.push({ ...each, rule: number });
      }
      const fold = new FoldByHand(policySet, PEERS, given, isolated);
      const rows = fold.rowsOfPorts(fold.run());
      for (const [port, row] of rows.entries()) {
        const expected = Array.from({ length: PEERS }, (_, peer) => {
          const matching = given.flatMap((each, number) => {
            const [first, last] = each.ports ?? [0, PORT_CLASSES - 1];
            return first <= port && port <= last && (each.peers === 'every' || each.peers.includes(peer)) ? [number] : [];
          });
          return fold.decide(matching);
        });
        expect(fold.decisionsOf(row, PEERS)).toEqual(expected);
      }
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

const at = (rule: number, peers: readonly number[], ports?: EntryByHand['ports']): EntryByHand => {
  return { rule, peers: Uint32Array.from(peers), ...(ports === undefined ? {} : { ports }) };
};

/** The work of a fold under tiers of policies of one rule each, and a tier in which every match counts. */
function workOf(tiers: readonly (readonly Action[])[], entries: readonly EntryByHand[]) {
  const policySet: PolicySet = {
    tiers: [
      ...tiers.flatMap((actions, t) => inOneTier(actions.map((action, i) => policyOf(`${t}-${i}`, [ruleOf(action)]))).tiers),
      { name: 'last', match: 'all', policies: [] },
    ],
    onUnmatched: 'allow',
  };
  const fold = new FoldByHand(policySet, PEERS, entries, false);
  const decide = vi.spyOn(fold.judge, 'decide');
  const derive = vi.spyOn(fold.rows, 'derive');
  const after = vi.spyOn(FoldNodes.prototype, 'after');
  fold.run();
  const work = { decided: decide.mock.calls.length, rows: derive.mock.calls.length, moved: after.mock.calls.length };
  after.mockRestore();
  return work;
}

const all = Array.from({ length: PEERS }, (_, peer) => peer);
const own = (first: number) => all.map((peer) => at(first + peer, [peer]));
const passes = (count: number): Action[] => Array.from({ length: count }, () => 'pass');

test('what a segment meets before all else is decided once for all peers', () => {
  // One for each peer, and what the segment says. Nobody meets nothing, so that is not decided.
  expect(workOf([passes(PEERS + 1)], [at(0, all, [1, 1]), ...own(1)])).toMatchObject({ decided: PEERS + 1, rows: 2 });
});

test('what a segment meets after all else makes no row', () => {
  expect(workOf([passes(PEERS + 1)], [...own(0), at(PEERS, all, [1, 1])])).toMatchObject({ decided: PEERS, rows: 1 });
});

test('so it is in a later tier, behind one that passes everything on, and before one', () => {
  const tiers = [passes(1), passes(PEERS + 1), passes(1)];
  const [first, last] = [at(0, all), at(PEERS + 2, all)];
  expect(workOf(tiers, [first, at(1, all, [1, 1]), ...own(2), last])).toMatchObject({ decided: PEERS + 1, rows: 2 });
  expect(workOf(tiers, [first, ...own(1), at(PEERS + 1, all, [1, 1]), last])).toMatchObject({ decided: PEERS, rows: 1 });
});

test('a set of peers is not moved by what an atom hides that it was moved by before', () => {
  const entry = (rule: number) => ({ ...at(rule, all), set: 0 });
  expect(workOf([passes(3)], [entry(0), entry(1), entry(2)])).toEqual({ decided: 1, rows: 1, moved: PEERS });
});

test('peers that stand alike are made to stand without what is hidden once', () => {
  const tiers = [passes(2), ...Array.from({ length: 4 }, () => passes(1))];
  const everywhere = [1, 2, 3, 4, 5].map((rule) => at(rule, all));
  // All peers meet five atoms, and in the segment one that hides the first of them: four and that one are met again by one peer.
  expect(workOf(tiers, [at(0, all, [1, 1]), ...everywhere])).toMatchObject({ decided: 2, moved: 5 * PEERS + PEERS + 5 });
});
