/**
 * Policy sets from letters. A set of letters is spread over policies in up to two ways: each letter in a policy of its own, and those together in one policy
 * that have one subject and can share policy types: equal ones as they are written (also none, which are then inferred from all rules), or the union where
 * each names just what it needs. The order of policies and of rules means nothing (a law of its own among the laws), so sets are unordered, and a set holds no letter twice.
 */
import type { NetworkPolicyObject } from '../../src/model/resource.ts';
import type { Letter, PolicyType } from './alphabet.ts';

/** All sets of exactly `size` letters, in the order of the alphabet. */
export function* setsOf(letters: readonly Letter[], size: number, from = 0): Generator<readonly Letter[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= letters.length - size; first++) {
    for (const rest of setsOf(letters, size - 1, first + 1)) yield [letters[first] as Letter, ...rest];
  }
}

/** All pairs of one letter of each, the same letter twice left out. */
export function* pairsOf(some: readonly Letter[], others: readonly Letter[]): Generator<readonly Letter[]> {
  for (const first of some) for (const second of others) if (first.name !== second.name) yield [first, second];
}

/** The ways in which the letters are spread over policies. */
export function spreads(letters: readonly Letter[]): NetworkPolicyObject[][] {
  const apart = letters.map((letter) => [letter]);
  const together: Letter[][] = [];
  for (const letter of letters) {
    const group = together.find((others) => others.every((other) => canShare(other, letter)));
    if (group === undefined) together.push([letter]);
    else group.push(letter);
  }
  return (together.length < letters.length ? [apart, together] : [apart]).map((groups) => groups.map(policyOf));
}

function canShare(a: Letter, b: Letter): boolean {
  return a.subject === b.subject && (sameTypes(a, b) || (isPlain(a) && isPlain(b)));
}

/** As they are written: missing is not null. */
function sameTypes(a: Letter, b: Letter): boolean {
  return JSON.stringify(a.policyTypes) === JSON.stringify(b.policyTypes);
}

/** Does it name just the policy types that it needs, so that further ones change nothing for its rules? */
function isPlain({ rules, policyTypes }: Letter): boolean {
  if (!policyTypes || policyTypes.length === 0) return false;
  const directions = rules.map(({ direction }) => direction);
  return (
    directions.every((each) => policyTypes.includes(each)) && (rules.length === 0 || policyTypes.every((each) => directions.includes(each)))
  );
}

function policyOf(letters: readonly Letter[], index: number): NetworkPolicyObject {
  const [first] = letters as readonly [Letter];
  const { subject, policyTypes } = first;
  const types = letters.every((each) => sameTypes(each, first))
    ? policyTypes
    : (['Ingress', 'Egress'] as const).filter((type) => letters.some((each) => each.policyTypes?.includes(type)));
  return {
    kind: 'NetworkPolicy',
    metadata: { namespace: subject.namespace, name: `p${index}` },
    spec: {
      ...optional('podSelector', subject.podSelector),
      ...optional('policyTypes', types),
      ...optional('ingress', rulesOf(letters, 'Ingress')),
      ...optional('egress', rulesOf(letters, 'Egress')),
    },
  };
}

/** Where there is no rule: the list as the first letter writes it that says something of it. */
function rulesOf(letters: readonly Letter[], wanted: PolicyType) {
  const found = letters.flatMap(({ rules }) => rules.filter(({ direction }) => direction === wanted));
  if (found.length === 0) return letters.map(({ withoutRule }) => withoutRule[wanted]).find((each) => each !== undefined);
  const key = wanted === 'Ingress' ? 'from' : 'to';
  return found.map(({ peers, ports }) => ({ ...optional(key, peers), ...optional('ports', ports) }));
}

/** The field, unless it is missing. */
function optional<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };
}
