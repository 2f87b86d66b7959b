/**
 * The words about policies that a data plane does not enforce, and how many of them are listed.
 */
import { describe, expect, test } from 'vitest';
import { notEnforced } from '../../../src/dialects/not-enforced.ts';

const because = 'it has no engine';
const origin = (line: number) => ({ file: 'policies.yaml', line, column: 1 });
const policies = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ref: { kind: 'NetworkPolicy', namespace: 'shop', name: `np-${i}` },
    origin: origin(i),
    because,
    forbids: true,
  }));
const open = 'and the pods that it means to protect are open to what it forbids';

describe('policies that are not enforced', () => {
  test('are each a warning, with namespace where the kind has one', () => {
    const namespaced = { kind: 'NetworkPolicy', namespace: 'shop', name: 'np' };
    const clusterWide = { kind: 'AdminNetworkPolicy', name: 'guard\u001b' };
    expect(
      notEnforced(
        [
          { ref: namespaced, origin: origin(1), because, forbids: true },
          { ref: clusterWide, origin: origin(2), because, forbids: false },
        ],
        'flannel',
      ),
    ).toEqual([
      {
        code: 'policy-not-enforced',
        severity: 'warning',
        message: `NetworkPolicy \`shop/np\` is not enforced under \`flannel\`, ${open}: it has no engine`,
        origin: origin(1),
        object: namespaced,
      },
      {
        code: 'policy-not-enforced',
        severity: 'warning',
        message: `AdminNetworkPolicy \`guard\\u{1b}\` is not enforced under \`flannel\`, and what it allows other policies may deny: it has no engine`,
        origin: origin(2),
        object: clusterWide,
      },
    ]);
    expect(notEnforced([], 'flannel')).toEqual([]);
  });

  test.each([
    [21, '1 more policy is not enforced under `flannel` for the same reason'],
    [22, '2 more policies are not enforced under `flannel` for the same reason'],
  ])('are twenty in the list, and of %i the rest is counted at the place of its first', (count, message) => {
    const found = notEnforced(policies(count), 'flannel');
    expect(found).toHaveLength(21);
    expect(found[20]).toEqual({ code: 'policy-not-enforced', severity: 'warning', message, origin: origin(20) });
    expect(notEnforced(policies(20), 'flannel')).toHaveLength(20);
  });
});
