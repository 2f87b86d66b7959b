/**
 * Policy sets from letters. A set of letters is spread over policies in up to two ways: each letter in a policy of its own, and, where letters have one subject
 * and name just what they need as policy types, those together in one policy. The order of policies and of rules means nothing (a law of its own among the
 * laws), so sets are unordered, and a set holds no letter twice.
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

/** The ways in which the letters are spread over policies. */
export function spreads(letters: readonly Letter[]): NetworkPolicyObject[][] {
  const apart = letters.map((letter) => [letter]);
  const together: Letter[][] = [];
  for (const letter of letters) {
    const group = isPlain(letter)
      ? together.find(([first]) => first !== undefined && isPlain(first) && first.subject === letter.subject)
      : undefined;
    if (group === undefined) together.push([letter]);
    else group.push(letter);
  }
  return (together.length < letters.length ? [apart, together] : [apart]).map((groups) => groups.map(policyOf));
}

/** Can it share a policy with others without changing their meaning or its own? */
function isPlain({ rule, policyTypes }: Letter): boolean {
  return rule === undefined || (policyTypes?.length === 1 && policyTypes[0] === rule.direction);
}

function policyOf(letters: readonly Letter[], index: number): NetworkPolicyObject {
  const [{ subject, policyTypes }] = letters as readonly [Letter];
  const types =
    letters.length === 1
      ? policyTypes
      : (['Ingress', 'Egress'] as const).filter((type) => letters.some((each) => each.policyTypes?.includes(type)));
  const ingress = rulesOf(letters, 'Ingress').map(({ peers, ports }) => ({ ...optional('from', peers), ...optional('ports', ports) }));
  const egress = rulesOf(letters, 'Egress').map(({ peers, ports }) => ({ ...optional('to', peers), ...optional('ports', ports) }));
  return {
    kind: 'NetworkPolicy',
    metadata: { namespace: subject.namespace, name: `p${index}` },
    spec: {
      ...optional('podSelector', subject.podSelector),
      ...optional('policyTypes', types),
      ...optional('ingress', ingress.length > 0 ? ingress : undefined),
      ...optional('egress', egress.length > 0 ? egress : undefined),
    },
  };
}

function rulesOf(letters: readonly Letter[], wanted: PolicyType) {
  return letters.flatMap(({ rule }) => (rule?.direction === wanted ? [rule] : []));
}

/** The field, unless it is missing. */
function optional<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };
}
