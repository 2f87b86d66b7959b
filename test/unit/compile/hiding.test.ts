/**
 * Where the first match counts, a fold leaves out what can no longer matter: the decisions are those of all that matches, and few have to be made.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action, PolicySet } from '../../../src/model/policy.ts';
import { type EntryByHand, FoldByHand, PORT_CLASSES } from '../../support/fold-by-hand.ts';
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

test('decides as all that matches does, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(tier, { minLength: 1, maxLength: 3 }), policySize, fc.boolean(), (tiers, size, isolated) => {
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
  );
});

const at = (rule: number, peers: readonly number[], ports?: EntryByHand['ports']): EntryByHand => {
  return { rule, peers: Uint32Array.from(peers), ...(ports === undefined ? {} : { ports }) };
};

/** How many decisions a fold asks for, under policies of one rule each and a tier in which every match counts. */
function decidedIn(actions: readonly Action[], entries: readonly EntryByHand[]): number {
  const policies = actions.map((action, i) => policyOf(`${i}`, [ruleOf(action)]));
  const { tiers, onUnmatched } = inOneTier(policies);
  const policySet: PolicySet = { tiers: [...tiers, { name: 'last', match: 'all', policies: [] }], onUnmatched };
  const fold = new FoldByHand(policySet, PEERS, entries, false);
  let decided = 0;
  const { decide } = fold.judge;
  fold.judge.decide = (...given) => {
    decided++;
    return decide.call(fold.judge, ...given);
  };
  fold.run();
  return decided;
}

test('what hides all that was met before is decided once, and what is hidden not again', () => {
  const all = Array.from({ length: PEERS }, (_, peer) => peer);
  const own = (first: number) => all.map((peer) => at(first + peer, [peer]));
  const actions: Action[] = Array.from({ length: PEERS + 1 }, () => 'pass');
  // Nothing, one for each peer, and what a segment says, once for all.
  expect(decidedIn(actions, [at(0, all, [1, 1]), ...own(1)])).toBe(1 + PEERS + 1);
  expect(decidedIn(actions, [...own(0), at(PEERS, all, [1, 1])])).toBe(1 + PEERS);
});
