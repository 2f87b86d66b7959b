/**
 * The order of administrators' policies of one tier, under each way in which a data plane orders equal priorities, whatever the order they are given in.
 */
import { describe, expect, test } from 'vitest';
import { inOrder, type Placed } from '../../../src/dialects/admin-order.ts';
import type { Action, Policy, Rule } from '../../../src/model/policy.ts';
import type { CniProfile } from '../../../src/model/profile.ts';

type EqualPriority = CniProfile['equalPriority'];

const origin = { file: 'cnp.yaml', line: 1, column: 1 };
const rule = (action: Action, index: number, reason?: string): Rule => ({
  direction: 'ingress',
  action,
  peers: 'any',
  ports: 'any',
  index,
  origin,
  ...(reason === undefined ? {} : { reason }),
});
const placed = (name: string, priority: number, rules: readonly Rule[] = [rule('allow', 0)], kind = 'ClusterNetworkPolicy'): Placed => {
  const policy: Policy = {
    ref: { kind, name },
    origin,
    subject: { kind: 'pods', namespaces: { selector: [] }, pods: [] },
    isolates: { ingress: false, egress: false },
    rules,
  };
  return { policy, priority };
};
const unreadable = (name: string, priority: number, reason: string, kind?: string) =>
  placed(name, priority, [rule('unknown', -1, reason)], kind);

/** Name, kind where it is no ClusterNetworkPolicy, and what is wrong with it, for the given order and the reverse. */
function orderOf(given: readonly Placed[], equalPriority: EqualPriority): string[] {
  const words = (policies: readonly Placed[]) =>
    inOrder(policies, equalPriority).map(({ ref, rules }) =>
      [ref.name, ref.kind === 'ClusterNetworkPolicy' ? '' : ref.kind, rules[0]?.reason ?? ''].filter((word) => word !== '').join(' '),
    );
  expect(words(given.toReversed())).toEqual(words(given));
  return words(given);
}

const WAYS: readonly EqualPriority[] = ['undefined', 'name', 'calico', 'cilium'];

describe.each(WAYS)('policies under %s', (way) => {
  test('stand by priority as a number first, Infinity last and its negative first', () => {
    const { POSITIVE_INFINITY: last, NEGATIVE_INFINITY: first } = Number;
    const given = [placed('e', first), placed('d', 2), placed('c', 10), placed('b', last), placed('a', last)];
    expect(orderOf(given, way)).toEqual(['e', 'd', 'c', 'a', 'b']);
  });

  test('of one name stand by kind, then by what is wrong with them', () => {
    const given = [
      unreadable('x', 1, 'Bad'),
      unreadable('x', 1, 'also bad'),
      unreadable('x', 1, 'Bad', 'AdminNetworkPolicy'),
      unreadable('x', 1, 'bad'),
    ];
    expect(orderOf(given, way)).toEqual(['x AdminNetworkPolicy Bad', 'x Bad', 'x also bad', 'x bad']);
  });

  test('have a rank where their order is not defined only', () => {
    const ranks = inOrder([placed('b', 2), placed('a', 1), placed('c', 2)], way).map(({ rank }) => rank);
    expect(ranks).toEqual(way === 'undefined' ? [1, 2, 2] : [undefined, undefined, undefined]);
  });
});

describe('equal priorities', () => {
  const names = [placed('a-b', 1), placed('a', 1), placed('a.b', 1), placed('a0', 1), placed('B', 1)];

  test.each<EqualPriority>(['undefined', 'name', 'cilium'])('are in the order of names under %s', (way) => {
    expect(orderOf(names, way)).toEqual(['B', 'a', 'a-b', 'a.b', 'a0']);
  });

  test('are in the order of `name//kind` under calico, in which `-` and `.` come before the end of a name', () => {
    expect(orderOf(names, 'calico')).toEqual(['B', 'a-b', 'a.b', 'a', 'a0']);
  });

  test('of one name put the policy that was not read before one that was, whatever its first rule gives as a reason', () => {
    for (const way of ['undefined', 'name', 'calico'] as const) {
      const read = [placed('a', 1), placed('a', 1, [{ ...rule('allow', 0), reason: 'A name stands for addresses that are not known' }])];
      for (const each of read) {
        const given = [each, unreadable('a', 1, 'A value is missing')];
        for (const order of [given, given.toReversed()]) expect(orderOf(order, way)[0]).toBe('a A value is missing');
      }
    }
  });

  test('put what cannot be read first, then deny, pass and allow, under cilium only', () => {
    const given = [
      placed('a', 1, [rule('allow', 0)]),
      placed('b', 1, [rule('pass', 0)]),
      placed('c', 1, [rule('deny', 0)]),
      unreadable('d', 1, ''),
      placed('e', 1, [rule('deny', 0)]),
    ];
    expect(orderOf(given, 'cilium')).toEqual(['d', 'c', 'e', 'b', 'a']);
    expect(orderOf(given, 'name')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('rules under cilium', () => {
  const rulesOf = (given: readonly Placed[]) =>
    inOrder(given, 'cilium').map(({ ref, rules }) => [ref.name, ...rules.map(({ action, index }) => `${action} ${index}`)]);

  test('are placed one by one: rule i of a policy has its priority and i hundredths', () => {
    const a = placed('a', 1, [rule('allow', 0), rule('deny', 1), rule('allow', 99), rule('deny', 100)]);
    const b = placed('b', 2, [rule('allow', 0), rule('allow', 1)]);
    const c = placed('c', 1, [rule('allow', 1)]);
    const sorted = [
      ['a', 'allow 0'],
      ['a', 'deny 1'],
      ['c', 'allow 1'],
      ['a', 'allow 99'],
      ['a', 'deny 100'],
      ['b', 'allow 0'],
      ['b', 'allow 1'],
    ];
    expect(rulesOf([a, b, c])).toEqual(sorted);
    expect(rulesOf([c, b, a])).toEqual(sorted);
  });

  test('of a policy that could not be read have its priority', () => {
    expect(rulesOf([placed('a', 1, [rule('deny', 0)]), unreadable('b', 1, 'broken')])).toEqual([
      ['b', 'unknown -1'],
      ['a', 'deny 0'],
    ]);
  });
});
