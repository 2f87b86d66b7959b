/**
 * A JSON key is what it says, not how it is written: escapes in it change nothing. And a label without value is not an absent one when two objects are compared.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'a', labels: { app: 'x' } },
  status: { phase: 'Running', podIP: '10.0.0.1' },
};
const POLICY = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'np', namespace: 'a' },
  spec: {
    podSelector: { matchLabels: { app: 'x' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 80 }] }],
  },
};
const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [POD, POLICY] });
const verdicts = (source: string) => {
  const manifests = parseManifests(source, { file: 'in.json' });
  const engine = compile(manifests);
  const flows = [
    ['192.0.2.1', 80],
    ['192.0.2.1', 81],
    ['198.51.100.1', 80],
  ] as const;
  return flows.map(([from, port]) => engine.verdict({ from, to: '10.0.0.1', protocol: 'TCP', port }));
};

describe('keys of JSON', () => {
  test.each([
    'labels',
    'podIP',
    'podSelector',
    'matchLabels',
    'policyTypes',
    'ingress',
    'from',
    'ipBlock',
    'cidr',
    'ports',
    'port',
    'status',
    'spec',
  ])('`%s` means the same with an escape in it', (key) => {
    const escaped = `\\u${key.charCodeAt(1).toString(16).padStart(4, '0')}`;
    const source = text.replaceAll(`"${key}":`, `"${key[0]}${escaped}${key.slice(2)}":`);
    expect(source).not.toBe(text);
    expect(verdicts(text)).toEqual(['allow', 'deny', 'deny']);
    expect(verdicts(source)).toEqual(['allow', 'deny', 'deny']);
  });

  test('written twice, once with an escape, are refused', () => {
    const source = text.replace('"port":80', '"port":80,"p\\u006frt":443');
    expect(parseManifests(source, { file: 'in.json' }).diagnostics.map(({ code }) => code)).toContain('duplicate-key');
  });
});

test('a selector with an empty value and one without are two contents, in any order', () => {
  const select = (matchLabels: object) => JSON.stringify({ ...POLICY, spec: { ...POLICY.spec, podSelector: { matchLabels } } });
  for (const lines of [
    [select({ app: null }), select({})],
    [select({}), select({ app: null })],
  ]) {
    expect(parseManifests(lines.join('\n'), { file: 'in.json' }).diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toContain(
      'error duplicate-object',
    );
  }
  const same = [select({ app: null }), select({ app: '' })].join('\n');
  expect(parseManifests(same, { file: 'in.json' }).diagnostics.filter(({ code }) => code === 'duplicate-object')).toMatchObject([
    { severity: 'warning' },
  ]);
});
