/**
 * One cluster in every form that manifests come in: the same objects, and the same verdicts.
 */
import { dirname } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { ndjson, podObject, policyObject } from './bad-case.ts';

const ip = (podIP: string): object => ({ status: { podIP, podIPs: [{ ip: podIP }], phase: 'Running' } });
const PODS = [
  podObject(
    { ...ip('10.0.0.1'), spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] } },
    { name: 'web', labels: { app: 'web' } },
  ),
  podObject(ip('10.0.0.2'), { name: 'db', labels: { app: 'db' } }),
  podObject(ip('10.0.0.3'), { name: 'probe', namespace: 'ops' }),
];
const POLICIES = [
  policyObject(
    {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }],
    },
    { name: 'db' },
  ),
  policyObject(
    {
      podSelector: { matchLabels: { app: 'web' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'ops' } } }], ports: [{ port: 'http' }] }],
    },
    { name: 'web' },
  ),
];
const OTHERS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ops', labels: { team: 'ops' } } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { clusterIP: '10.96.0.1', ports: [{ port: 5432 }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'worker', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: {} } },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'shop' },
    data: { 'a.yaml': '---\nkind: NetworkPolicy\n- kind: Secret\n' },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' }, data: { a: 'YQ==' } },
];
const OBJECTS = [...OTHERS, ...PODS, ...POLICIES];

const ENDS = [
  'shop/web',
  'shop/db',
  'ops/probe',
  'shop/deployment/worker',
  { ip: '10.0.0.2' },
  { ip: '203.0.113.9' },
  { ip: '10.96.0.1' },
] as const;
const FLOWS: readonly FlowQuery[] = ENDS.flatMap((from) =>
  ENDS.flatMap((to) => [5432, 8080].map((port) => ({ from, to, protocol: 'TCP' as const, port }))),
);

/** Items of a typed list have their kind last. */
const byKey = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** What there is, and what follows from it, without places. */
function summary(manifests: Manifests): unknown {
  const { namespaces, pods, nodes, services, networkPolicies, unreadable, diagnostics, skipped, counts } = manifests;
  const sorted = <T>(list: readonly { readonly object: T }[]): string[] => list.map(({ object }) => JSON.stringify(object, byKey)).sort();
  const engine = compile(manifests);
  return {
    objects: [namespaces, pods, nodes, services, networkPolicies].map((list) => sorted<unknown>(list)),
    unreadable,
    diagnostics,
    skipped: [...skipped].sort(),
    counts: [...counts].sort(),
    verdicts: FLOWS.map((flow) => engine.canReach(flow).verdict),
  };
}

const EXPECTED = summary(manifestsFromObjects(OBJECTS));

const yaml = (value: unknown): string => dump(value, { noRefs: true });
const documents = (objects: readonly unknown[]): string => objects.map(yaml).join('---\n');
const list = (kind: string, apiVersion: string, items: readonly unknown[]): object => ({
  apiVersion,
  items,
  kind,
  metadata: { resourceVersion: '' },
});
const LIST = list('List', 'v1', OBJECTS);
/** As `kubectl get --raw` prints them: the items do not say what they are. */
const nameless = (objects: readonly object[]): object[] => objects.map((object) => ({ ...object, apiVersion: undefined, kind: undefined }));
const typed = [list('PodList', 'v1', nameless(PODS)), list('NetworkPolicyList', 'networking.k8s.io/v1', nameless(POLICIES))].map(
  (each) => JSON.parse(JSON.stringify(each)) as object,
);

const FORMS: readonly (readonly [title: string, text: string])[] = [
  ['YAML of many documents', documents(OBJECTS)],
  ['YAML of many documents with CRLF', documents(OBJECTS).replaceAll('\n', '\r\n')],
  ['YAML in flow style', OBJECTS.map((each) => dump(each, { flowLevel: 0 })).join('---\n')],
  ['a YAML list', yaml(LIST)],
  ['a YAML list whose items are not indented', dump(LIST, { noRefs: true, noArrayIndent: true })],
  ['a YAML list of lists', yaml(list('List', 'v1', [list('List', 'v1', OBJECTS.slice(0, 4)), ...OBJECTS.slice(4)]))],
  ['YAML lists of one kind', documents([...OTHERS, ...typed])],
  ['a YAML array', yaml(OBJECTS)],
  ['a JSON list', JSON.stringify(LIST)],
  ['a JSON list over lines', JSON.stringify(LIST, null, 4)],
  ['JSON lists of one kind', ndjson(...OTHERS, ...typed)],
  ['a JSON array', JSON.stringify(OBJECTS, null, 2)],
  ['NDJSON', `${ndjson(...OBJECTS)}\n`],
  [
    'JSON documents between those of YAML',
    `${documents(OBJECTS.slice(0, 5))}---\n${OBJECTS.slice(5)
      .map((each) => JSON.stringify(each, null, 2))
      .join('\n---\n')}`,
  ],
  ['JSON and then YAML', `${ndjson(...OBJECTS.slice(0, 5))}\n---\n${documents(OBJECTS.slice(5))}`],
];

const folder = temporaryFolder();

describe('the form', () => {
  it('The cluster has flows of every verdict.', () => {
    expect(new Set((EXPECTED as { verdicts: string[] }).verdicts)).toEqual(new Set(['allow', 'deny', 'unknown']));
    expect(EXPECTED).toMatchObject({
      unreadable: [],
      diagnostics: [],
      skipped: [
        ['ConfigMap', 1],
        ['Secret', 1],
      ],
    });
  });

  it.each(FORMS)('%s gives the same as objects.', async (_title, text) => {
    expect(summary(parseManifests(text))).toEqual(EXPECTED);
    expect(summary(await loadManifests([writeText(folder, 'form.yaml', text)]))).toEqual(EXPECTED);
  });

  it('A directory of files, and folders in it, gives the same as objects.', async () => {
    const names = ['a.yaml', 'b.yml', 'sub/c.json', 'sub/d.ndjson', 'sub/deeper/e.jsonl', 'z.YAML'];
    let first = '';
    for (const [i, name] of names.entries()) {
      const part = OBJECTS.filter((_, k) => k % names.length === i);
      const path = writeText(folder, `cluster/${name}`, /ya?ml$/i.test(name) ? documents(part) : ndjson(...part));
      if (i === 0) first = path;
    }
    // What has another name, or is hidden, is not read.
    writeText(folder, 'cluster/README.md', '{{ not YAML');
    writeText(folder, 'cluster/.hidden.yaml', '{{ not YAML');
    const manifests = await loadManifests([dirname(first)]);
    expect(summary(manifests)).toEqual(EXPECTED);
    expect(new Set(manifests.networkPolicies.map(({ origin }) => origin.file.startsWith(dirname(first))))).toEqual(new Set([true]));
  });

  it('The order of files and of objects does not matter.', async () => {
    const pods = writeText(folder, 'pods.json', ndjson(...PODS));
    const rest = writeText(folder, 'rest.yaml', documents([...POLICIES, ...OTHERS].reverse()));
    expect(summary(await loadManifests([pods, rest]))).toEqual(EXPECTED);
    expect(summary(await loadManifests([rest, pods]))).toEqual(EXPECTED);
  });

  it('The same file twice is read once, and this is said.', async () => {
    const path = writeText(folder, 'twice.yaml', documents(OBJECTS));
    const { diagnostics, networkPolicies } = await loadManifests([path, path]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['file-given-twice', 'warning']]);
    expect(networkPolicies).toHaveLength(2);
  });
});

describe('standard input', () => {
  it.each(FORMS.filter(([title]) => /^(?:YAML of many documents|a YAML list|a JSON list over lines|NDJSON)$/.test(title)))(
    '%s gives the same verdicts.',
    async (_title, text) => {
      for (const [port, verdict] of [
        [5432, 'allow'],
        [5433, 'deny'],
      ] as const) {
        const args = ['can-reach', 'shop/web', 'shop/db', '--port', `${port}`, '-o', 'json', '-f'];
        const { code, stdout, stderr } = await runCli([...args, '-'], { stdin: text });
        expect([code, stderr.replaceAll(/^netpolsim: left out .*\n/gm, '')]).toEqual([0, '']);
        expect(stdout).toContain(`"verdict": "${verdict}"`);
        expect(stdout).toContain('<stdin>');
        const fromFile = await runCli([...args, writeText(folder, 'stdin.yaml', text)]);
        expect(stdout.replaceAll('<stdin>', 'FILE')).toBe(fromFile.stdout.replaceAll(/[^"]*stdin\.yaml/g, 'FILE'));
      }
    },
  );

  it('Text that is no manifest is refused by its place.', async () => {
    const { code, stdout, stderr } = await runCli(['can-reach', 'shop/web', 'shop/db', '--port', '80', '-f', '-'], { stdin: 'a: [\n' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^<stdin>:\d+:\d+: error: /);
  });
});
