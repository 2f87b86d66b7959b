/**
 * Where things stand: every object's origin and every field's place, in each form of text. The expected places are found in the text by marks of their own.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Origin } from '../../src/model/origin.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { listYaml, ndjson, policyObject } from './bad-case.ts';

/** Port numbers and label values that occur once each mark the places. */
function policyText(name: string, mark: number): string {
  return `# a comment
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: v${mark}

  ingress:
  - from:
    - podSelector: {matchLabels: {a: "w${mark}"}}
    -   namespaceSelector:
          matchExpressions:
          - key: k${mark}
            operator: In
            values: [x${mark}, 'y${mark}']
    ports:
    - port: ${mark}
      protocol: TCP
  - ports: [{port: ${mark + 1}}, {port: ${mark + 2}, endPort: ${mark + 3}}]
  egress:
  -
    to:
      - ipBlock:
          cidr: 10.${mark % 256}.0.0/16
`;
}

/** A path, and what stands there (the key, or the item), with a mark behind it. */
function marksOf(mark: number): readonly (readonly [path: string, text: RegExp])[] {
  return [
    ['spec.podSelector.matchLabels[app.kubernetes.io/name]', new RegExp(`"?app.kubernetes.io/name"?: *"?v${mark}`)],
    ['spec.ingress[0].from[1].namespaceSelector.matchExpressions[0].key', new RegExp(`"?key"?: *"?k${mark}`)],
    ['spec.ingress[0].from[1].namespaceSelector.matchExpressions[0].values[0]', new RegExp(`["']?x${mark}`)],
    ['spec.ingress[0].from[1].namespaceSelector.matchExpressions[0].values[1]', new RegExp(`["']?y${mark}`)],
    ['spec.ingress[0].ports[0].port', new RegExp(`"?port"?: *${mark}\\b`)],
    ['spec.ingress[1].ports[0].port', new RegExp(`"?port"?: *${mark + 1}\\b`)],
    ['spec.ingress[1].ports[1].endPort', new RegExp(`"?endPort"?: *${mark + 3}\\b`)],
    ['spec.egress[0].to[0].ipBlock.cidr', new RegExp(`"?cidr"?: *"?10\\.${mark % 256}\\.`)],
  ];
}

function placeOf(text: string, pattern: RegExp | number): { line: number; column: number } {
  const offset = typeof pattern === 'number' ? pattern : text.search(pattern);
  if (offset < 0) throw new Error(`${pattern} is not in the text`);
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

const plain = ({ line, column }: Origin): { line: number; column: number } => ({ line, column });

function checkPlaces(text: string, marks: readonly number[], manifests: Manifests = parseManifests(text, { file: 'dir/x.yaml' })): void {
  expect(manifests.diagnostics).toEqual([]);
  expect(manifests.networkPolicies).toHaveLength(marks.length);
  for (const [i, mark] of marks.entries()) {
    const policy = manifests.networkPolicies[i]!;
    expect(policy.origin.file).toBe('dir/x.yaml');
    for (const [path, pattern] of marksOf(mark)) {
      expect([path, plain(policy.locate(path))]).toEqual([path, placeOf(text, pattern)]);
    }
    // What is not there has the nearest place that is.
    expect(policy.locate('spec.ingress[0].ports[0].endPort').line).toBeGreaterThanOrEqual(policy.locate('spec.ingress').line);
    expect(policy.locate('spec.ingress[1].from[3].podSelector')).toEqual(policy.locate('spec.ingress[1]'));
  }
}

const MARKS = [1000, 2000, 3000];
const TEXTS = MARKS.map((mark) => policyText(`p${mark}`, mark));
const OBJECTS = parseManifests(TEXTS.join('---\n')).networkPolicies.map(({ object }) => ({
  apiVersion: 'networking.k8s.io/v1',
  ...object,
}));
const LIST = { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items: OBJECTS };

const forms: readonly (readonly [title: string, text: string])[] = [
  ['YAML of several documents', TEXTS.join('---\n')],
  ['YAML that begins with marks and comments', `%YAML 1.2\n---\n# first\n\n${TEXTS.join('...\n# between\n---\n---\n')}`],
  ['YAML with CRLF', TEXTS.join('---\n').replaceAll('\n', '\r\n')],
  ['a YAML list', listYaml(...TEXTS)],
  ['a YAML list with CRLF', listYaml(...TEXTS).replaceAll('\n', '\r\n')],
  ['a YAML list whose items are indented', listYaml(...TEXTS).replaceAll(/^(- | {2})/gm, '  $1')],
  ['a YAML list whose kind comes last', `${listYaml(...TEXTS).replace('kind: List\n', '')}kind: List\nmetadata: {}\n`],
  ['a YAML list in a list', listYaml(listYaml(TEXTS[0]!), listYaml(...TEXTS.slice(1)))],
  ['a bare YAML list', listYaml(...TEXTS).split('items:\n')[1]!],
  ['a JSON list', JSON.stringify(LIST)],
  ['a JSON list over lines', JSON.stringify(LIST, null, 4)],
  ['a JSON list over lines with CRLF', JSON.stringify(LIST, null, 2).replaceAll('\n', '\r\n')],
  ['a JSON array with tabs', JSON.stringify(OBJECTS, null, '\t')],
  ['a JSON list whose kind comes last', JSON.stringify({ items: OBJECTS, apiVersion: 'v1', kind: 'List' }, null, 1)],
  ['a JSON list in a list', JSON.stringify({ ...LIST, items: [{ ...LIST, items: OBJECTS.slice(0, 2) }, OBJECTS[2]] }, null, 2)],
  [
    'a list of policies that do not say what they are',
    JSON.stringify(
      { items: OBJECTS.map(({ metadata, spec }) => ({ metadata, spec })), kind: 'NetworkPolicyList', apiVersion: 'networking.k8s.io/v1' },
      null,
      2,
    ),
  ],
  ['NDJSON', ndjson(...OBJECTS)],
  ['NDJSON with CRLF and empty lines', `\r\n${ndjson(...OBJECTS).replaceAll('\n', '\r\n\r\n')}\r\n`],
  ['JSON objects over lines', OBJECTS.map((each) => JSON.stringify(each, null, 2)).join('\n')],
  ['JSON between the documents of YAML', `${TEXTS[0]}---\n${JSON.stringify(OBJECTS[1], null, 2)}\n---\n${TEXTS[2]}`],
];

describe('the places of fields', () => {
  it.each(forms)('They are right in %s.', (_title, text) => checkPlaces(text, MARKS));
});

describe('the places of objects', () => {
  it('A document begins at its first key, behind comments and empty lines.', () => {
    const text = TEXTS.map((each) => `\n${each}`).join('---\n');
    const found = parseManifests(text).networkPolicies.map(({ origin }) => plain(origin));
    expect(found).toEqual([...text.matchAll(/apiVersion/g)].map(({ index }) => placeOf(text, index)));
  });

  it('An item of a YAML list begins behind its dash.', () => {
    const text = listYaml(...TEXTS.map((each) => each.slice(each.indexOf('\n') + 1)));
    const found = parseManifests(text).networkPolicies.map(({ origin }) => plain(origin));
    expect(found).toEqual([...text.matchAll(/apiVersion: networking/g)].map(({ index }) => placeOf(text, index)));
  });

  it('An item of a JSON list begins at its brace.', () => {
    const text = JSON.stringify(LIST, null, 2);
    const found = parseManifests(text).networkPolicies.map(({ origin }) => plain(origin));
    expect(found).toEqual([...text.matchAll(/\{\s*"apiVersion": "networking/g)].map(({ index }) => placeOf(text, index)));
  });

  it('Objects of the caller have none.', () => {
    const { networkPolicies, diagnostics } = manifestsFromObjects([OBJECTS[0], policyObject({ podSelector: 5 })]);
    expect(networkPolicies[0]?.locate('spec.ingress[0]')).toEqual({ file: '<objects>', line: 0, column: 0 });
    expect(diagnostics.map(({ origin, field }) => [origin, field])).toEqual([
      [{ file: '<objects>', line: 0, column: 0 }, 'spec.podSelector'],
    ]);
  });
});

it('A decision names the line of its rule.', () => {
  const text = `${TEXTS[0]}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: q\n  namespace: shop\nspec:\n  podSelector: {}\n  ingress:\n  - ports: [{port: 1}]\n  - ports: [{port: 7777}]\n`;
  const pods = ['a', 'b'].map((name) => `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\n`).join('');
  const { ingress } = compile(parseManifests(text + pods, { file: 'x.yaml' })).canReach({
    from: 'shop/a',
    to: 'shop/b',
    protocol: 'TCP',
    port: 7777,
  });
  expect(ingress.reasons.map(({ rule, origin }) => [rule, origin])).toEqual([
    [1, { file: 'x.yaml', ...placeOf(text, /ports: \[\{port: 7777/) }],
  ]);
});
