/**
 * A policy that cannot be read makes unknown what it could change, and nothing else; the engine and the reference agree on what that is.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Verdict } from '../../src/model/decision.ts';
import { reference } from '../../src/reference/reference.ts';

const pod = (namespace: string, name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}\n`;
const namespace = (name: string, labels = ''): string => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n${labels}`;
const policy = (name: string, spec: string, metadata = 'namespace: shop'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, ${metadata}}\nspec: ${spec}\n`;

const PODS = [pod('shop', 'web'), pod('shop', 'db'), pod('bank', 'till')];
const NAMES = ['shop/web', 'shop/db', 'bank/till'];

/** The verdicts that are not `allow`, by flow; TCP port 80 between every two pods. */
function notAllowed(...documents: readonly string[]): Record<string, Verdict> {
  const manifests = parseManifests([...PODS, ...documents].join('---\n'), { file: 'x.yaml' });
  const engine = compile(manifests);
  const definition = reference(manifests);
  const found: Record<string, Verdict> = {};
  for (const from of NAMES) {
    for (const to of NAMES) {
      if (from === to) continue;
      const flow = { from, to, protocol: 'TCP', port: 80 } as const;
      const { unknown: _, ...decision } = engine.canReach(flow);
      const { unknown: __, ...expected } = definition.canReach(flow);
      expect(decision).toEqual(expected);
      expect(engine.verdict(flow)).toBe(decision.verdict);
      if (decision.verdict !== 'allow') found[`${from} ${to}`] = decision.verdict;
      if (decision.verdict === 'unknown') {
        const reasons = [...decision.egress.reasons, ...decision.ingress.reasons].filter(({ action }) => action === 'unknown');
        expect(reasons.length).toBeGreaterThan(0);
        for (const { rule, because = '', origin } of reasons) {
          expect(rule).toBe(-1);
          expect(because).not.toBe('');
          expect(origin.file).toBe('x.yaml');
        }
      }
    }
  }
  return found;
}

const unknown = (...flows: readonly string[]): Record<string, Verdict> => Object.fromEntries(flows.map((flow) => [flow, 'unknown']));

describe('the scope of an unreadable policy', () => {
  it('It is the pods that the policy selects, in the direction that it has.', () => {
    expect(notAllowed(policy('p', '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{}]}]}'))).toEqual(
      unknown('shop/web shop/db', 'bank/till shop/db'),
    );
    expect(notAllowed(policy('p', '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {}}]}]}'))).toEqual({
      'bank/till shop/db': 'deny',
    });
  });

  it('It is egress where the policy says so.', () => {
    expect(notAllowed(policy('p', '{podSelector: {matchLabels: {app: db}}, policyTypes: [Egress], egress: [{to: [{}]}]}'))).toEqual(
      unknown('shop/db shop/web', 'shop/db bank/till'),
    );
    expect(
      notAllowed(policy('p', '{podSelector: {matchLabels: {app: db}}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}]}')),
    ).toEqual({ 'shop/db bank/till': 'deny' });
  });

  it('It is both directions where the policy types cannot be read.', () => {
    expect(notAllowed(policy('p', '{podSelector: {matchLabels: {app: db}}, policyTypes: [egress]}'))).toEqual(
      unknown('shop/web shop/db', 'bank/till shop/db', 'shop/db shop/web', 'shop/db bank/till'),
    );
  });

  it('It is both directions where a field is mistyped.', () => {
    const found = notAllowed(policy('p', '{podSelector: {matchLabels: {app: db}}, egres: []}'));
    expect(found).toEqual(unknown('shop/web shop/db', 'bank/till shop/db', 'shop/db shop/web', 'shop/db bank/till'));
  });

  it('It is every pod of the namespace where the selector cannot be read.', () => {
    expect(notAllowed(policy('p', '{podSelector: {matchLabels: {app: on}}}'))).toEqual(
      unknown('shop/web shop/db', 'shop/db shop/web', 'bank/till shop/web', 'bank/till shop/db'),
    );
  });

  it('It is every pod where the namespace cannot be read.', () => {
    const found = notAllowed(policy('p', '{podSelector: {matchLabels: {app: till}}}', 'namespace: On_line'));
    expect(found).toEqual(unknown('shop/web bank/till', 'shop/db bank/till'));
  });

  it('It is everything where the file cannot be read.', () => {
    const manifests = parseManifests(`${PODS.join('---\n')}---\n${policy('p', '{podSelector: {}')}`);
    expect(manifests.unreadable).toMatchObject([{ kind: '(unreadable)' }]);
    expect(manifests.pods).toEqual([]);
  });

  it('It is every direction of the namespace where the version is not supported.', () => {
    const found = notAllowed(policy('p', '{podSelector: {matchLabels: {app: db}}}').replace('/v1', '/v2'));
    expect(Object.keys(found)).toHaveLength(6);
    expect(new Set(Object.values(found))).toEqual(new Set(['unknown']));
    expect(notAllowed(policy('p', '{podSelector: {}}', 'namespace: empty').replace('/v1', '/v2'))).toEqual({});
  });
});

describe('an unreadable policy beside others', () => {
  const BROKEN = policy('broken', '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{}]}]}');

  it('What another policy allows stays allowed, because policies only add.', () => {
    const allowWeb = policy(
      'allow',
      '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}',
    );
    expect(notAllowed(BROKEN, allowWeb)).toEqual(unknown('bank/till shop/db'));
    expect(notAllowed(allowWeb)).toEqual({ 'bank/till shop/db': 'deny' });
  });

  it('A denial becomes unknown, because the policy might allow.', () => {
    expect(notAllowed(BROKEN, policy('deny', '{podSelector: {}}'))).toEqual({
      ...unknown('shop/web shop/db', 'bank/till shop/db'),
      'shop/db shop/web': 'deny',
      'bank/till shop/web': 'deny',
    });
  });

  it('A denial at the other end stays a denial.', () => {
    const closeTill = policy('close', '{podSelector: {}, policyTypes: [Egress]}', 'namespace: bank');
    expect(notAllowed(BROKEN, closeTill)).toEqual({
      'shop/web shop/db': 'unknown',
      'bank/till shop/db': 'deny',
      'bank/till shop/web': 'deny',
    });
  });

  it('Two policies of one name make unknown what either could change.', () => {
    const one = policy('same', '{podSelector: {matchLabels: {app: db}}}');
    const other = policy('same', '{podSelector: {matchLabels: {app: web}}}');
    expect(notAllowed(one, other)).toEqual(unknown('shop/web shop/db', 'shop/db shop/web', 'bank/till shop/web', 'bank/till shop/db'));
    expect(notAllowed(one, one)).toEqual({ 'shop/web shop/db': 'deny', 'bank/till shop/db': 'deny' });
  });
});

describe('a namespace whose labels cannot be read', () => {
  const selects = policy(
    'p',
    '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: money}}}]}]}',
  );
  const selectsByName = selects.replace('team: money', 'kubernetes.io/metadata.name: bank');

  it('A policy that selects namespaces by label is unknown; by name, it is not.', () => {
    const bad = namespace('bank', '  labels: {team: money, "a b": x}\n');
    expect(notAllowed(bad, selects)).toEqual(unknown('shop/web shop/db', 'bank/till shop/db'));
    expect(notAllowed(bad, selectsByName)).toEqual({ 'shop/web shop/db': 'deny' });
    expect(notAllowed(namespace('bank', '  labels: {team: money}\n'), selects)).toEqual({ 'shop/web shop/db': 'deny' });
  });

  it('Two namespaces of one name with different labels are such a namespace.', () => {
    const found = notAllowed(namespace('bank', '  labels: {team: money}\n'), namespace('bank', '  labels: {team: other}\n'), selects);
    expect(found).toEqual(unknown('shop/web shop/db', 'bank/till shop/db'));
  });
});
