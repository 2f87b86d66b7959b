/**
 * The internal policy form, sentence by sentence of model/policy.ts: tiers in order, `first` and `all`, pass, log, unknown, isolation, named ports.
 */
import { describe, expect, test } from 'vitest';
import type { Pod } from '../../../src/model/cluster.ts';
import type { Policy, PortMatch, Rule, Tier } from '../../../src/model/policy.ts';
import { decide, type FormFlow } from '../../../src/reference/decide.ts';

const origin = { file: 'p.yaml', line: 1, column: 1 };
const pod = (name: string, namedPorts: Pod['namedPorts'] = []): Pod => ({
  namespace: 'x',
  name,
  labels: new Map(),
  ips: [],
  namedPorts,
  hostNetwork: false,
  node: undefined,
  workload: undefined,
  origin,
});
const flow = (port = 80, destination = pod('b')): FormFlow => ({
  source: { pod: pod('a') },
  destination: { pod: destination },
  protocol: 'TCP',
  port,
});
const rule = (action: Rule['action'], more: Partial<Rule> = {}): Rule => ({
  direction: 'ingress',
  action,
  peers: 'any',
  ports: 'any',
  index: 0,
  origin,
  ...more,
});
const policy = (name: string, isolates: boolean, ...rules: readonly Rule[]): Policy => ({
  ref: { kind: 'P', name },
  origin,
  subject: { kind: 'pods', namespaces: { name: 'x' }, pods: [] },
  isolates: { ingress: isolates, egress: false },
  rules,
});
const tier = (name: string, match: Tier['match'], ...policies: readonly Policy[]): Tier => ({ name, match, policies });
const ingress = (tiers: readonly Tier[], asked = flow(), onUnmatched: 'allow' | 'deny' = 'allow') =>
  decide({ tiers, onUnmatched }, asked).ingress;
/** The verdict, then the policies and actions of its reasons. */
const brief = (...asked: Parameters<typeof ingress>) => {
  const { verdict, reasons, default: byDefault } = ingress(...asked);
  return [verdict, ...reasons.map(({ policy: { name }, action }) => `${name} ${action}`), ...(byDefault === null ? [] : [byDefault])];
};

describe('a tier in which the first rule decides', () => {
  test('takes the first that matches, whatever comes after it', () => {
    expect(brief([tier('t', 'first', policy('p', false, rule('deny')), policy('q', false, rule('allow')))])).toEqual(['deny', 'p deny']);
    expect(brief([tier('t', 'first', policy('p', false, rule('allow')), policy('q', false, rule('deny')))])).toEqual(['allow', 'p allow']);
    expect(brief([tier('t', 'first', policy('p', false, rule('unknown')), policy('q', false, rule('deny')))])).toEqual([
      'unknown',
      'p unknown',
    ]);
  });

  test('goes past a rule that only logs', () => {
    const log = policy('log', false, rule('log'));
    expect(brief([tier('t', 'first', log, policy('p', false, rule('deny')))])).toEqual(['deny', 'p deny']);
    expect(brief([tier('t', 'first', log, policy('p', false, rule('allow')))])).toEqual(['allow', 'p allow']);
    expect(brief([tier('t', 'first', log)])).toEqual(['allow', 'not-isolated']);
  });

  test('is left by pass, even where a policy of it isolates', () => {
    const next = (action: Rule['action']) => tier('next', 'first', policy('q', false, rule(action)));
    const passing = tier('t', 'first', policy('p', true, rule('pass'), rule('deny', { index: 1 })));
    expect(brief([passing, next('allow')])).toEqual(['allow', 'q allow']);
    expect(brief([passing, next('deny')])).toEqual(['deny', 'q deny']);
    expect(brief([passing])).toEqual(['allow', 'not-isolated']);
    expect(brief([passing], flow(), 'deny')).toEqual(['deny', 'unmatched']);
  });
});

describe('a tier in which all rules are reasons', () => {
  test('gives every allow, and unknown rules only where nothing allows', () => {
    const doubt = policy('doubt', false, rule('unknown'));
    const yes = policy('yes', false, rule('allow'), rule('allow', { index: 1 }));
    expect(brief([tier('t', 'all', doubt, yes)])).toEqual(['allow', 'yes allow', 'yes allow']);
    expect(brief([tier('t', 'all', yes, doubt)])).toEqual(['allow', 'yes allow', 'yes allow']);
    expect(brief([tier('t', 'all', doubt)])).toEqual(['unknown', 'doubt unknown']);
  });

  test('denies the isolated where no rule matches, and asks the next tier about others', () => {
    const closed = policy('closed', true, rule('allow', { ports: [] }));
    const open = policy('open', false, rule('allow', { ports: [] }));
    const next = tier('next', 'all', policy('yes', false, rule('allow')));
    expect(brief([tier('t', 'all', closed), next])).toEqual(['deny', 'isolated-no-rule-matches']);
    expect(brief([tier('t', 'all', open), next])).toEqual(['allow', 'yes allow']);
    expect(brief([tier('t', 'all', open)], flow(), 'deny')).toEqual(['deny', 'unmatched']);
  });
});

describe('a reason', () => {
  test('says where the rule stands, and why only for an unknown one', () => {
    const common = { policy: { kind: 'P', name: 'p' }, tier: 't', direction: 'ingress', rule: 3, peer: null, port: null, origin };
    const reasonsOf = (action: Rule['action'], more: Partial<Rule>) =>
      ingress([tier('t', 'first', policy('p', false, rule(action, { index: 3, ...more })))]).reasons;
    expect(reasonsOf('unknown', { reason: 'torn' })).toStrictEqual([{ ...common, action: 'unknown', because: 'torn' }]);
    expect(reasonsOf('unknown', {})).toStrictEqual([{ ...common, action: 'unknown' }]);
    expect(reasonsOf('allow', { reason: 'torn' })).toStrictEqual([{ ...common, action: 'allow' }]);
    expect(reasonsOf('deny', {})).toStrictEqual([{ ...common, action: 'deny' }]);
  });
});

describe('a named port', () => {
  const named = (name: string): readonly PortMatch[] => [{ kind: 'named', protocol: 'TCP', name }];
  const tiers = [tier('t', 'all', policy('p', true, rule('allow', { ports: named('http') })))];
  const server = pod('b', [
    { name: 'http', protocol: 'TCP', port: 80 },
    { name: 'http', protocol: 'TCP', port: 8080 },
    { name: 'http', protocol: 'UDP', port: 81 },
    { name: 'dns', protocol: 'TCP', port: 53 },
  ]);

  test.each([
    ['the number declared', 80, 'allow'],
    ['another number declared under the name', 8080, 'allow'],
    ['the number that another protocol has under the name', 81, 'deny'],
    ['the number of another name', 53, 'deny'],
    ['a number that nobody declares', 82, 'deny'],
  ] as const)('is resolved at the destination: %s', (_, port, verdict) => {
    expect(ingress(tiers, flow(port, server)).verdict).toBe(verdict);
  });

  test('matches nothing where the destination declares nothing', () => {
    expect(ingress(tiers, flow(80)).verdict).toBe('deny');
    expect(ingress(tiers, flow(80, server)).verdict).toBe('allow');
  });
});

describe('what is open', () => {
  const at = (rank: number, each: Policy): Policy => ({ ...each, rank });
  const perhaps = (action: Rule['action'], more: Partial<Rule> = {}): Rule =>
    rule(action, { peers: [{ kind: 'domainNames', known: [], names: ['a.test'] }], reason: 'no address', ...more });

  test('is the order of policies of one rank, and of no others', () => {
    const [yes, no] = [policy('yes', false, rule('allow')), policy('no', false, rule('deny'))];
    expect(brief([tier('t', 'first', at(1, yes), at(1, no))])).toEqual(['unknown', 'yes allow', 'no deny']);
    expect(brief([tier('t', 'first', at(1, yes), at(2, no))])).toEqual(['allow', 'yes allow']);
    expect(brief([tier('t', 'first', at(1, no), at(2, yes))])).toEqual(['deny', 'no deny']);
    expect(brief([tier('t', 'first', yes, no)])).toEqual(['allow', 'yes allow']);
  });

  test('is told when it changes the verdict, with the reason of an open match', () => {
    const open = tier('t', 'first', policy('p', false, perhaps('pass'), rule('allow', { index: 1 })));
    expect(brief([open])).toEqual(['allow', 'p allow']);
    const parted = ingress([open, tier('n', 'all', policy('q', true))]);
    expect(parted).toMatchObject({
      verdict: 'unknown',
      default: null,
      passes: [],
      reasons: [{ action: 'pass', because: 'no address' }, { action: 'allow' }],
    });
  });

  test.each([
    ['an address that is not known', { kind: 'networks', cidrs: [] }, { ipIsOpen: true }, 'unknown'],
    ['no address', { kind: 'networks', cidrs: [] }, {}, 'allow'],
    [
      'a node without known labels',
      { kind: 'nodes', nodes: [{ key: 'k', operator: 'exists', values: [] }] },
      { node: { labels: undefined } },
      'unknown',
    ],
    ['a node without known labels, where all are meant', { kind: 'nodes', nodes: [] }, { node: { labels: undefined } }, 'deny'],
    [
      'a node without the label',
      { kind: 'nodes', nodes: [{ key: 'k', operator: 'exists', values: [] }] },
      { node: { labels: new Map() } },
      'allow',
    ],
    ['no node', { kind: 'nodes', nodes: [] }, {}, 'allow'],
    ['a name that is not known', { kind: 'domainNames', known: [], names: ['a.test'] }, {}, 'unknown'],
    ['a name without address', { kind: 'domainNames', known: [], names: [] }, {}, 'allow'],
  ] as const)('%s', (_, peer, source, verdict) => {
    const tiers = [tier('t', 'first', policy('p', false, rule('deny', { peers: [peer] })))];
    expect(decide({ tiers, onUnmatched: 'allow' }, { ...flow(), source }).ingress.verdict).toBe(verdict);
  });

  test('the protocol of a named port may be any', () => {
    const named: PortMatch = { kind: 'named', protocol: 'any', name: 'dns' };
    const tiers = [tier('t', 'first', policy('p', false, rule('deny', { ports: [named] })))];
    const server = pod('b', [{ name: 'dns', protocol: 'UDP', port: 53 }]);
    expect(ingress(tiers, { ...flow(53, server), protocol: 'UDP' }).verdict).toBe('deny');
    expect(ingress(tiers, { ...flow(53, server), protocol: 'TCP' }).verdict).toBe('allow');
  });
});
