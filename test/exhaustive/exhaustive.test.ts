/**
 * Bounded-exhaustive comparison: NetworkPolicy sets of one, two and three letters of an alphabet of policies, every flow of a tiny universe, engine against reference:
 * verdicts of all flows, whole decisions of every 40th.
 * The counts are asserted as numbers: an enumeration that shrinks unseen would prove less without failing. All triples of the alphabet: `npm run soak -- --exhaustive`.
 */
import { describe, expect, test } from 'vitest';
import { ALPHABET, type Letter, SINGLES, SPELLINGS, SUB_ALPHABET, TRIPLES } from './alphabet.ts';
import { compareAll, type Tally } from './compare-set.ts';
import { pairsOf, setsOf, spreads } from './policy-sets.ts';
import { FLOWS } from './universe.ts';

interface Step extends Tally {
  readonly what: string;
  readonly letters: () => Iterable<readonly Letter[]>;
}

const PLAN: readonly Step[] = [
  { what: 'no policy', letters: () => setsOf(ALPHABET, 0), sets: 1, flows: 360, allowed: 360 },
  { what: 'one letter', letters: () => setsOf(SINGLES, 1), sets: 4150, flows: 1_494_000, allowed: 1_169_663 },
  { what: 'two letters of the alphabet', letters: () => setsOf(ALPHABET, 2), sets: 8227, flows: 2_961_720, allowed: 1_692_229 },
  {
    what: 'a spelling and a letter of the small alphabet',
    letters: () => pairsOf(SPELLINGS, SUB_ALPHABET),
    sets: 487,
    flows: 175_320,
    allowed: 93_544,
  },
  { what: 'three letters of the small alphabet', letters: () => setsOf(SUB_ALPHABET, 3), sets: 892, flows: 321_120, allowed: 154_814 },
];

describe('engine and reference agree on every flow of the tiny universe', () => {
  test('which has 360 flows, 4,150 single letters, an alphabet of 101, 24 spellings and a small alphabet of 17', () => {
    expect([FLOWS.length, SINGLES.length, ALPHABET.length, SPELLINGS.length, SUB_ALPHABET.length]).toEqual([360, 4150, 101, 24, 17]);
  });

  test.each(PLAN)('under every policy set of $what', { timeout: 900_000 }, ({ what, letters, sets, flows, allowed }) => {
    const done = compareAll(letters());
    console.info(`${what}: ${done.sets} policy sets, ${done.flows} flows compared, ${done.allowed} allowed`);
    expect(done).toEqual({ sets, flows, allowed });
  });

  test(`and three letters of the alphabet, which the soak run compares, make ${TRIPLES.policySets} policy sets`, () => {
    const count = { letterSets: 0, policySets: 0 };
    for (const set of setsOf(ALPHABET, 3)) {
      count.letterSets++;
      count.policySets += spreads(set).length;
    }
    expect(count).toEqual(TRIPLES);
  });
});

describe('the alphabet', () => {
  const policies = [...SINGLES, ...ALPHABET, ...SPELLINGS].flatMap((letter) => spreads([letter]).flat());
  const text = policies.map(({ spec }) => JSON.stringify(spec));

  test.each<[string, RegExp]>([
    ['policy types left out, and no rule', /^\{"podSelector":\{\}\}$/],
    ['empty lists of rules', /"ingress":\[\],"egress":\[\]/],
    ['null for lists of rules', /"ingress":null,"egress":null/],
    ['two rules, policy types left out', /^(?!.*policyTypes).*"ingress":\[\{.*"egress":\[\{/],
    ['a live rule beside a dead one', /"policyTypes":\["Ingress"\],"ingress":\[\{.*"egress":\[\{/],
    ['null for the subject', /"podSelector":null,"policyTypes"/],
    ['null for peers', /"from":null/],
    ['null for the peers of egress', /"to":null/],
    ['null for ports', /"ports":null/],
    ['null for policy types', /"policyTypes":null/],
    ['null for the selectors of a peer', /"namespaceSelector":\{[^}]*\}\},"podSelector":null/],
    ['a namespaceSelector with NotIn', /"namespaceSelector":\{"matchExpressions":\[\{"key":"env","operator":"NotIn"/],
    ['a namespaceSelector with DoesNotExist', /"namespaceSelector":\{"matchExpressions":\[\{"key":"env","operator":"DoesNotExist"/],
    [
      'a namespaceSelector with Exists for a key that is nowhere',
      /"namespaceSelector":\{"matchExpressions":\[\{"key":"zone","operator":"Exists"/,
    ],
    ['two requirements in one selector', /"matchExpressions":\[\{[^}]*\},\{[^}]*\}\]/],
    ['two blocks in one rule', /"ipBlock":\{[^}]*\}\},\{"ipBlock"/],
  ])('has %s', (_, form) => {
    expect(text.filter((each) => form.test(each)).length).toBeGreaterThan(0);
  });
});
