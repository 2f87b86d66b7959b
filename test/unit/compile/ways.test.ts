/**
 * The ways that a flow can go through tiers where matches are open or policies of one rank disagree, worked out by hand; the evaluator of the internal form agrees.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compileTables } from '../../../src/compile/compile.ts';
import { engineFromTables } from '../../../src/engine/engine.ts';
import type { Action, PolicySet, Rule, Tier } from '../../../src/model/policy.ts';
import { decide } from '../../../src/reference/decide.ts';
import { address, clusterOf, nodeOf, podOf, policyOf, prefix, ruleOf } from './forms.ts';

interface TierText {
  readonly match: Tier['match'];
  readonly isolates: boolean;
  readonly groups: readonly string[];
}

/** Groups in order; in each, policies of one rank between bars; in each, the actions of its rules, with `?` where the match is open. */
const first = (...groups: readonly string[]): TierText => ({ match: 'first', isolates: false, groups });
const all = (...groups: readonly string[]): TierText => ({ match: 'all', isolates: false, groups });
const isolated = (tier: TierText): TierText => ({ ...tier, isolates: true });

const OPEN: Rule['peers'] = [{ kind: 'domainNames', known: [], names: ['a.example'] }];

/** Policies are called a, b, c through all tiers. */
function toPolicySet(tiers: readonly TierText[], onUnmatched: PolicySet['onUnmatched']): PolicySet {
  let policies = 0;
  const rulesOf = (text: string) =>
    text
      .trim()
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ruleOf(word.replace('?', '') as Action, word.endsWith('?') ? { peers: OPEN, reason: 'not resolved' } : {}));
  return {
    tiers: tiers.map(({ match, isolates, groups }, t) => ({
      name: `tier ${t}`,
      match,
      policies: groups.flatMap((group, rank) =>
        group.split('|').map((text) => {
          const name = String.fromCharCode(97 + policies++);
          return policyOf(name, rulesOf(text), { isolates: { ingress: false, egress: isolates }, ...(match === 'first' ? { rank } : {}) });
        }),
      ),
    })),
    onUnmatched,
  };
}

const PROFILE = { ...spec, name: 'by policy alone', ownNode: 'policy' } as const;
const pod = podOf('p', ['10.0.0.1']);

/** The verdict, and the rules or the default that decided: `deny a0` is the first rule of the first policy. */
function told(tiers: readonly TierText[], onUnmatched: PolicySet['onUnmatched'] = 'allow'): string {
  const policySet = toPolicySet(tiers, onUnmatched);
  const engine = engineFromTables(compileTables(clusterOf({ pods: [pod] }), policySet, PROFILE));
  const { egress } = engine.canReach({ from: 'a/p', to: '192.0.2.1', protocol: 'TCP', port: 80 });
  const ends = { source: { pod, ip: address('10.0.0.1') }, destination: { ip: address('192.0.2.1'), mayBeNode: true } };
  expect(egress).toEqual(decide(policySet, { ...ends, protocol: 'TCP', port: 80 }).egress);
  const rules = egress.reasons.map(({ policy: { name }, rule }) => `${name}${rule}`);
  return [egress.verdict, ...(egress.default === null ? rules : [egress.default])].join(' ');
}

describe('a way that perhaps passed the tier in which the main line ended', () => {
  const perhapsPassed = first('pass?', 'allow');

  test('ends where the next tier says so: otherwise than the main line, or alike', () => {
    expect(told([perhapsPassed, first('deny')], 'deny')).toBe('unknown a0');
    expect(told([perhapsPassed, first('allow')], 'deny')).toBe('allow b0');
    expect(told([perhapsPassed, first('allow'), first('deny')])).toBe('allow b0');
    expect(told([perhapsPassed, first('deny', 'allow')], 'deny')).toBe('unknown a0');
  });

  test('is passed on once more', () => {
    expect(told([perhapsPassed, first('pass', 'deny'), first('deny')])).toBe('unknown a0');
    expect(told([perhapsPassed, first('pass', 'deny'), first('allow')], 'deny')).toBe('allow b0');
  });

  test('is denied where the pod is isolated, allowed where a rule of a tier that matches all says so, and goes on otherwise', () => {
    expect(told([perhapsPassed, isolated(all(''))])).toBe('unknown a0');
    expect(told([perhapsPassed, isolated(all('allow'))], 'deny')).toBe('allow b0');
    expect(told([perhapsPassed, all('allow'), first('deny')])).toBe('allow b0');
    expect(told([perhapsPassed, all(''), first('deny')])).toBe('unknown a0');
    expect(told([perhapsPassed, all(''), first('allow')], 'deny')).toBe('allow b0');
  });

  test('is not in the tier any more, where isolation ends what has stayed', () => {
    expect(told([isolated(first('pass?')), first('allow')])).toBe('unknown a0');
    expect(told([isolated(first('pass?')), first('deny')])).toBe('deny isolated-no-rule-matches');
    expect(told([isolated(first('pass?', 'allow')), first('allow')], 'deny')).toBe('allow b0');
    expect(told([isolated(first('pass?', 'allow')), first('deny')])).toBe('unknown a0');
  });
});

describe('policies of one rank', () => {
  test('are no reason for doubt where they agree', () => {
    expect(told([first('allow?', 'deny | deny')])).toBe('unknown a0');
    expect(told([first('deny | deny')])).toBe('deny a0');
    expect(told([first('allow | deny')])).toBe('unknown a0 b0');
  });

  test('that may pass the tier and may not are asked in both', () => {
    expect(told([first('pass? allow?', 'allow'), first('deny')])).toBe('unknown a0 a1');
    expect(told([first('pass? allow?', 'allow'), first('allow')], 'deny')).toBe('allow b0');
    expect(told([first('deny | pass | allow'), first('deny')])).toBe('unknown a0 b0 c0');
  });
});

test('where the main line passes the tier, a way that perhaps did so before is the same one', () => {
  expect(told([first('pass?', 'pass', 'deny'), first('allow'), first('deny')])).toBe('allow d0');
  expect(told([first('pass?', 'pass'), first('deny?', 'allow')])).toBe('unknown a0 c0');
});

test('isolation ends a tier on the way to the own node where the first match decides, and not where all matches count', () => {
  const node = nodeOf('n', ['192.168.0.1']);
  const cluster = clusterOf({ pods: [podOf('p', ['10.0.0.1'], { node: 'n' })], nodes: [node] });
  const toNode: Rule['peers'] = [{ kind: 'networks', cidrs: [prefix('192.168.0.0/24')] }];
  const allowing = ruleOf('allow', { peers: toNode, ports: [{ kind: 'range', protocol: 'TCP', from: 80, to: 80 }] });
  const verdicts = (match: Tier['match']) => {
    const isolating = policyOf('isolating', match === 'all' ? [] : [allowing], { isolates: { ingress: false, egress: true } });
    const judging = { name: 'judging', match: 'first', policies: [policyOf('judging', [{ ...allowing, action: 'pass' }])] } as const;
    const policySet: PolicySet = { tiers: [judging, { name: 'tier', match, policies: [isolating] }], onUnmatched: 'allow' };
    const engine = engineFromTables(compileTables(cluster, policySet, spec));
    return [80, 81].map((port) => engine.canReach({ from: 'a/p', to: '192.168.0.1', protocol: 'TCP', port }).verdict);
  };
  expect(verdicts('first')).toEqual(['allow', 'deny']);
  expect(verdicts('all')).toEqual(['allow', 'allow']);
});
