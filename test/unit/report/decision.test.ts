/**
 * Decisions as text and as documents, from the engine and made by hand.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { Decision, UnknownCause } from '../../../src/model/decision.ts';
import type { NetworkPolicyObject, PodObject } from '../../../src/model/resource.ts';
import { formatReachability, reachabilityDocument } from '../../../src/report/decision.ts';
import { formatJson } from '../../../src/report/json.ts';
import { policyPlaces } from '../../../src/report/policy-places.ts';
import { validatorOf } from '../../support/schemas.ts';

const pod = (name: string): PodObject => ({ kind: 'Pod', metadata: { namespace: 'shop', name, labels: { app: name } } });
const policies: NetworkPolicyObject[] = [
  { kind: 'NetworkPolicy', metadata: { namespace: 'shop', name: 'default-deny' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } },
  {
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', name: 'cart' },
    spec: {
      podSelector: { matchLabels: { app: 'cart' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80 }, { port: 7070 }] }],
    },
  },
];
const engine = compile(toManifests({ pods: [pod('web'), pod('cart'), pod('ads')], networkPolicies: policies }));
const policyOrigin = policyPlaces(engine.tables);

function ask(from: string, to: string, port = 7070) {
  const query = { from, to, protocol: 'TCP' as const, port };
  return { query, decision: engine.canReach(query), profile: engine.profileName, policyOrigin };
}

describe('a decision for people', () => {
  it('names the rule that allows, with its indices and its place', () => {
    expect(formatReachability(ask('shop/web', 'shop/cart'))).toBe(
      [
        'shop/web → shop/cart TCP/7070: ALLOW',
        '  egress of shop/web: allow — not isolated',
        '  ingress of shop/cart: allow — isolated by 2 policies',
        '    NetworkPolicy shop/cart (generated.yaml:5001:1) isolates it',
        '    NetworkPolicy shop/default-deny (generated.yaml:4001:1) isolates it',
        '    NetworkPolicy shop/cart ingress[0] (from[0], ports[1]) allows it (generated.yaml:5100:1)',
        '',
      ].join('\n'),
    );
  });

  it('says by what a pod is isolated when no rule matches', () => {
    const text = formatReachability(ask('shop/cart', 'shop/ads'));
    expect(text).toContain('shop/cart → shop/ads TCP/7070: DENY');
    expect(text).toContain(
      'ingress of shop/ads: deny — isolated by NetworkPolicy shop/default-deny (generated.yaml:4001:1), no rule matches\n',
    );
  });

  it('says that an expectation was not met, and nothing when it was', () => {
    expect(formatReachability({ ...ask('shop/ads', 'shop/cart'), expected: 'allow' })).toContain('expected allow, got deny');
    expect(formatReachability({ ...ask('shop/ads', 'shop/cart'), expected: 'deny' })).not.toContain('expected');
  });

  it('gives the reason of an unknown verdict', () => {
    const half: Decision['egress'] = { verdict: 'unknown', isolated: false, isolatedBy: [], passes: [], reasons: [], default: null };
    const decision: Decision = {
      verdict: 'unknown',
      egress: half,
      ingress: half,
      unknown: { cause: 'no-common-family', message: 'no family\u001b[2J' },
    };
    const text = formatReachability({
      query: { from: { ip: '203.0.113.9' }, to: { pod: 'shop/x' }, protocol: 'UDP', port: 53, family: 6 },
      decision,
      profile: 'spec',
    });
    expect(text).toContain('203.0.113.9 → shop/x UDP/53 IPv6: UNKNOWN\n  no family\\u{1b}[2J\n');
  });
});

describe('a decision as a document', () => {
  const validate = validatorOf('reachability-decision');

  it.each([
    ['shop/web', 'shop/cart'],
    ['shop/ads', 'shop/cart'],
    ['shop/cart', '203.0.113.9'],
    ['shop/cart', 'shop/cart'],
  ])('of %s to %s keeps to its schema', (from, to) => {
    expect(validate(JSON.parse(formatJson(reachabilityDocument(ask(from, to)))))).toEqual([]);
  });

  it.each<UnknownCause>([
    'ends-differ',
    'no-common-family',
    'service-address',
    'unreadable-end',
    'protocol-not-judged',
    'address-ambiguous',
  ])('that is unknown for the cause %s keeps to its schema', (cause) => {
    const asked = ask('shop/web', 'shop/cart');
    const decision = { ...asked.decision, verdict: 'unknown' as const, unknown: { cause, message: 'why' } };
    expect(validate(JSON.parse(formatJson(reachabilityDocument({ ...asked, decision }))))).toEqual([]);
  });

  it('is refused by the schema when something is missing or too much', () => {
    const document = reachabilityDocument(ask('shop/web', 'shop/cart'));
    const { verdict: _, ...less } = document;
    expect(validate(less)).not.toEqual([]);
    expect(validate({ ...document, more: 1 })).not.toEqual([]);
  });

  it('holds every reason', () => {
    const { ingress, verdict } = reachabilityDocument(ask('shop/web', 'shop/cart'));
    expect(verdict).toBe('allow');
    expect(ingress.reasons).toEqual([
      {
        policy: { kind: 'NetworkPolicy', namespace: 'shop', name: 'cart' },
        tier: 'NetworkPolicy',
        direction: 'ingress',
        action: 'allow',
        rule: 0,
        peer: 0,
        port: 1,
        origin: { file: 'generated.yaml', line: 5100, column: 1 },
        because: null,
      },
    ]);
    expect(ingress.isolatedBy[0]).toEqual({
      kind: 'NetworkPolicy',
      namespace: 'shop',
      name: 'cart',
      origin: { file: 'generated.yaml', line: 5001, column: 1 },
    });
  });
});
