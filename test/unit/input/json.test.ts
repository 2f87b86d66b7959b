/**
 * JSON and NDJSON: the same objects as YAML, strict, with places.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { findings, findingsOf } from './helpers.ts';

const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'x', annotations: { note: '{"a": "}' }, labels: { constructor: 'a' } },
  spec: {
    podSelector: { matchLabels: { app: 'web', tier: null } },
    ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8', except: [] } }], ports: [{ port: 80 }, { port: 'http' }] }],
  },
};
const pod = (name: string, extra: object = {}): object => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'x' }, ...extra });
const HTTP = { containers: [{ ports: [{ name: 'http', containerPort: 80 }] }] };

describe('JSON', () => {
  it('reads the same objects in every form', () => {
    const expected = [policy];
    const forms = [
      JSON.stringify(policy),
      JSON.stringify(policy, null, 2),
      JSON.stringify(policy, null, '\t').replaceAll('\n', '\r\n'),
      `\ufeff${JSON.stringify(policy)}`,
      JSON.stringify([policy]),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [policy] }, null, 4),
      JSON.stringify({ apiVersion: 'v1', items: [policy], kind: 'List', metadata: { resourceVersion: '' } }),
      JSON.stringify({
        items: [{ ...policy, kind: undefined, apiVersion: undefined }],
        kind: 'NetworkPolicyList',
        apiVersion: 'networking.k8s.io/v1',
      }),
      JSON.stringify({
        kind: 'NetworkPolicyList',
        apiVersion: 'networking.k8s.io/v1',
        items: [{ ...policy, kind: undefined, apiVersion: undefined }],
      }),
      JSON.stringify({ kind: 'List', items: [{ kind: 'List', items: [{ items: [policy], kind: 'List' }] }] }),
      JSON.stringify({ spec: policy.spec, metadata: policy.metadata, kind: policy.kind, apiVersion: policy.apiVersion }),
      `---\n${JSON.stringify(policy, null, 2)}\n`,
      JSON.stringify(policy).replace('"Net', '"\\u004eet'),
    ];
    for (const text of forms) {
      const manifests = parseManifests(text);
      expect(findings(manifests), text).toEqual([]);
      expect(manifests.networkPolicies, text).toHaveLength(1);
      const { annotations: _, ...metadata } = policy.metadata;
      expect(manifests.networkPolicies[0]!.object, text).toEqual({ kind: 'NetworkPolicy', metadata, spec: expected[0]!.spec });
    }
  });

  it('reads objects in a row, one a line or not, with and without a last line end', () => {
    for (const between of ['\n', '\r\n', '\n\n  \n', '', ' ', '\n---\n']) {
      for (const end of ['', '\n']) {
        const manifests = parseManifests(
          JSON.stringify(pod('a')) + between + JSON.stringify(pod('b', { spec: HTTP })) + between + JSON.stringify(policy) + end,
        );
        expect(findings(manifests)).toEqual([]);
        expect(manifests.pods.map(({ object }) => object.metadata.name)).toEqual(['a', 'b']);
        expect(manifests.networkPolicies).toHaveLength(1);
      }
    }
  });

  it('goes on with YAML after a mark', () => {
    const manifests = parseManifests(
      `${JSON.stringify(pod('a'))}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  namespace: [x]\n---\n${JSON.stringify(pod('c'))}\n`,
    );
    expect(findings(manifests)).toEqual(['7:3 error wrong-type metadata.namespace']);
    expect(manifests.pods.map(({ object, origin }) => [object.metadata.name, origin.line])).toEqual([
      ['a', 1],
      ['c', 9],
    ]);
  });

  it('keeps U+2028 inside a text', () => {
    const manifests = parseManifests(
      `${JSON.stringify(pod('a', { metadata: { name: 'a', annotations: { x: '\u2028' } } }))}\n${JSON.stringify(pod('b'))}`,
    );
    expect(manifests.pods.map(({ origin }) => origin.line)).toEqual([1, 2]);
  });

  it('knows the column of an object that begins on the last line of the one before', () => {
    const text = [pod('a'), pod('b'), pod('c')].map((object) => JSON.stringify(object, null, 3)).join(', ');
    const lines = JSON.stringify(pod('a'), null, 3).split('\n').length - 1;
    const { pods, diagnostics } = parseManifests(`[ ${text} ]`);
    expect(diagnostics).toEqual([]);
    expect(pods.map(({ origin: { line, column } }) => [line, column])).toEqual([
      [1, 3],
      [lines + 1, 4],
      [lines * 2 + 1, 4],
    ]);
  });

  it('tells places beside half a character in a name that nobody reads', () => {
    const skipped = '"managedFields":[{"a\\ud800":"x"}],';
    const text = JSON.stringify(policy, null, 1).replace('"metadata": {', `"metadata": {${skipped}`);
    const [read] = parseManifests(text).networkPolicies;
    const [plain] = parseManifests(text.replace(skipped, '')).networkPolicies;
    const path = 'spec.ingress[0].ports[1]';
    expect(read!.locate(path)).toEqual(plain!.locate(path));
    expect(read!.locate(path).line).toBeGreaterThan(10);
  });

  const head = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"x"},';
  it.each([
    ['a key twice', `${head}\n "spec":{"nodeName":"a",\n "nodeName":"b"}}`, '3:2 error duplicate-key'],
    ['a label twice', '{"apiVersion":"v1","kind":"Pod","metadata":{"labels":{"a":"b","a":"c"}}}', '1:63 error duplicate-key'],
    ['items twice', '{"kind":"List","items":[],"items":[]}', '1:27 error duplicate-key'],
    ['a comma before a bracket', `${head}"spec":{"a":[1,2,]}}`, '1:90 error json-syntax'],
    ['a comma before a brace', `${head}"status":{},}`, '1:85 error json-syntax'],
    ['a comment', `${head}\n// x\n"spec":{}}`, '2:1 error json-syntax'],
    ['NaN', `${head}"spec":{"a":NaN}}`, '1:85 error json-syntax'],
    ['a number with a zero in front', `${head}"spec":{"a":01}}`, '1:85 error json-syntax'],
    ['single quotes', `${head}'spec':{}}`, '1:73 error json-syntax'],
    ['a raw line end in a text', `${head}"spec":{"a":"b\nc"}}`, '1:87 error control-character'],
    ['an escape that is none', `${head}"spec":{"a":"\\x"}}`, '1:86 error json-syntax'],
    ['half a character', `${head}"spec":{"nodeName":"\\ud800"}}`, '1:92 error invalid-text'],
    ['depth', `${head}"spec":${'['.repeat(100_000)}`, '1:143 error too-deep'],
    ['a cut end', `${head}"spec":{"a":"b`, '1:87 error truncated'],
    ['a cut last line', `${JSON.stringify(pod('a'))}\n{"apiVersion":"v1","ki`, '2:23 error truncated'],
    ['a cut list', `{"kind":"List","items":[${JSON.stringify(pod('a'))},`, '1:98 error truncated'],
    ['a cut list of nothing', '{"kind":"List","items":[', '1:25 error truncated'],
    ['something behind', `${JSON.stringify(pod('a'))} x`, '1:74 error json-syntax'],
    ['a template', '{"kind": "Pod", "metadata": {{ .Values.m }}}', '1:29 error unrendered-template'],
    ['a list of texts', '["a"]', '1:2 error not-an-object'],
    ['items of no list', `{"items":[${JSON.stringify(pod('a'))}],"kind":"Pod"}`, '1:84 error not-a-list'],
    [
      'lists four deep',
      '{"kind":"List","items":[{"kind":"List","items":[{"kind":"List","items":[{"kind":"List","items":[]}]}]}]}',
      '1:73 error list-too-deep',
    ],
  ])('refuses %s', (_, text, expected) => {
    const manifests = parseManifests(text, { file: 'x.json' });
    expect(findings(manifests)).toEqual([expected]);
    expect(manifests.pods).toEqual([]);
    expect(manifests.unreadable).toHaveLength(1);
  });

  it('names both places of a key that is written twice', () => {
    const [diagnostic] = parseManifests(`${head}\n "spec":{"nodeName":"a",\n "nodeName":"b"}}`).diagnostics;
    expect(diagnostic?.message).toContain('first at 2:10');
  });

  it('rounds no number', () => {
    const column = JSON.stringify(policy).indexOf('"port":80') + 1;
    const port = (text: string): string[] => findingsOf(JSON.stringify(policy).replace('"port":80', `"port":${text}`));
    expect(port('80')).toEqual([]);
    for (const text of ['9007199254740993', '80.0', '8e1', '1e400']) {
      expect(port(text), text).toEqual([`1:${column} error ambiguous-value spec.ingress[0].ports[0].port`]);
    }
    expect(port('80.5')).toEqual([`1:${column} error wrong-type spec.ingress[0].ports[0].port`]);
    expect(port('-0')).toEqual([`1:${column} error ambiguous-value spec.ingress[0].ports[0].port`]);
    expect(port('0')).toEqual([`1:${column} error invalid-port spec.ingress[0].ports[0].port`]);
  });

  it('reports `__proto__` as an unknown field and changes no prototype', () => {
    expect(findingsOf(JSON.stringify(policy).replace('"spec":{', '"spec":{"__proto__":{"polluted":1},'))).toEqual([
      `1:${JSON.stringify(policy).indexOf('"spec":{') + 9} error unknown-field spec.__proto__`,
    ]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('does not mind a key twice where nothing is read', () => {
    expect(findingsOf(`${head}"spec":{"volumes":{"a":1,"a":2}}}`)).toEqual([]);
  });
});
