/**
 * Row 126 of the catalogue: names that JavaScript gives a meaning to. A cluster is judged with neutral names, then with each hostile name in each role, and in all roles
 * at once; an injective renaming changes no verdict and no reason. Where the grammar of the API has such a name, the cluster goes through YAML, JSON and objects; where it has
 * not, the text must be refused, and manifests that nobody checked must still be judged alike. The tables also go over the wire, and the names through the reports.
 */
import { dump } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { lower } from '../../src/dialects/lower.ts';
import { compile, type Engine, engineFromTables } from '../../src/engine/engine.ts';
import { type ManifestObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Decision, DirectionDecision } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { ObjectRef } from '../../src/model/origin.ts';
import type { Manifests, NetworkPolicySpec, PodObject } from '../../src/model/resource.ts';
import { type Reference, reference } from '../../src/reference/reference.ts';
import { compileDocument, formatCompilation } from '../../src/report/compile-report.ts';
import { formatReachability, reachabilityDocument } from '../../src/report/decision.ts';
import { formatJson } from '../../src/report/json.ts';
import { policyPlaces } from '../../src/report/policy-places.ts';
import { decodeCluster, encodeCluster } from '../../src/wire/cluster.ts';
import { decodePolicySet, encodePolicySet } from '../../src/wire/policy.ts';
import { decodeTables, encodeTables } from '../../src/wire/tables.ts';
import { ndjson } from '../input/bad-case.ts';
import { withPlainLabels } from '../support/plain-labels.ts';

const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'isPrototypeOf',
  'then',
  'toJSON',
  'length',
  '0',
];

/** What a name stands for, with the name that means nothing and the grammar of the API. */
const ROLES = {
  /** The name is also the value of a label. */
  namespace: { neutral: 'shop', grammar: /^[a-z0-9]+$/, code: 'invalid-name invalid-label-value' },
  pod: { neutral: 'web', grammar: /^[a-z0-9]+$/, code: 'invalid-name' },
  policy: { neutral: 'rules', grammar: /^[a-z0-9]+$/, code: 'invalid-name' },
  labelKey: { neutral: 'tier', grammar: /^[A-Za-z0-9]+$/, code: 'invalid-label-key' },
  labelValue: { neutral: 'front', grammar: /^[A-Za-z0-9]+$/, code: 'invalid-label-value' },
  port: { neutral: 'http', grammar: /^(?=.*[a-z])[a-z0-9]+$/, code: 'invalid-port' },
  workload: { neutral: 'web-set', grammar: /./, code: '' },
  workloadKind: { neutral: 'Gadget', grammar: /./, code: '' },
  node: { neutral: 'n1', grammar: /./, code: '' },
} as const;
type Role = keyof typeof ROLES;
type Names = Readonly<Record<Role, string>>;
const ROLE_NAMES = Object.keys(ROLES) as Role[];
const NEUTRAL = Object.fromEntries(ROLE_NAMES.map((role) => [role, ROLES[role].neutral])) as Names;

const labels = (...entries: readonly (readonly [string, string])[]): Record<string, string> => Object.fromEntries(entries);

/** A cluster in which every role decides about some flow. */
function cluster(names: Names): Required<Pick<ManifestObjects, 'namespaces' | 'pods' | 'networkPolicies'>> {
  const { namespace, labelKey, labelValue } = names;
  const front = labels([labelKey, labelValue]);
  const pod = (ns: string, name: string, podLabels: Record<string, string>, ip: string, more: object = {}): PodObject => ({
    kind: 'Pod',
    metadata: {
      name,
      namespace: ns,
      labels: podLabels,
      ...(podLabels === front ? { ownerReferences: [{ kind: names.workloadKind, name: names.workload, controller: true }] } : {}),
    },
    spec: {
      nodeName: names.node,
      containers: [
        {
          ports: [
            { name: names.port, containerPort: 80 },
            { name: 'other', containerPort: 8080 },
          ],
        },
      ],
      ...more,
    },
    status: { podIP: ip, hostIP: '192.168.0.1' },
  });
  const policy = (ns: string, name: string, written: NetworkPolicySpec) => ({
    kind: 'NetworkPolicy' as const,
    metadata: { name, namespace: ns },
    spec: written,
  });
  return {
    namespaces: [
      { kind: 'Namespace', metadata: { name: namespace, labels: front } },
      { kind: 'Namespace', metadata: { name: 'bank', labels: labels([labelKey, 'back']) } },
      { kind: 'Namespace', metadata: { name: 'lab' } },
    ],
    pods: [
      pod(namespace, names.pod, front, '10.0.0.1'),
      pod(namespace, 'db', labels([labelKey, 'back'], ['more', labelValue]), '10.0.0.2'),
      pod(namespace, 'plain', {}, '10.0.0.3'),
      pod('bank', names.pod, labels(['more', labelValue]), '10.0.0.4'),
      pod('lab', 'db', labels([labelKey, '']), '10.0.0.5'),
    ],
    networkPolicies: [
      policy(namespace, names.policy, {
        podSelector: { matchLabels: front },
        ingress: [
          { from: [{ podSelector: { matchExpressions: [{ key: labelKey, operator: 'DoesNotExist' }] } }], ports: [{ port: names.port }] },
          {
            from: [{ namespaceSelector: { matchLabels: labels([labelKey, 'back']) } }, { ipBlock: { cidr: '203.0.113.0/24' } }],
            ports: [{ port: 8080 }],
          },
        ],
      }),
      policy(namespace, 'second', {
        podSelector: { matchExpressions: [{ key: labelKey, operator: 'NotIn', values: [labelValue] }] },
        policyTypes: ['Egress', 'Ingress'],
        egress: [
          {
            to: [
              { podSelector: { matchLabels: front } },
              { namespaceSelector: { matchLabels: labels(['kubernetes.io/metadata.name', 'lab']) } },
            ],
            ports: [{ port: names.port }],
          },
        ],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: labels(['kubernetes.io/metadata.name', namespace]) },
                podSelector: { matchExpressions: [{ key: labelKey, operator: 'Exists' }] },
              },
            ],
          },
        ],
      }),
      policy('bank', names.policy, { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: front } }] }] }),
    ],
  };
}

/** As reading would have made them, without anybody having looked at the names. */
function byHand(names: Names): Manifests {
  const objects = cluster(names);
  return toManifests({
    ...objects,
    pods: objects.pods.map((pod) => {
      const [owner] = pod.metadata.ownerReferences ?? [];
      return owner === undefined ? pod : { ...pod, workload: { kind: owner.kind, name: owner.name } };
    }),
  });
}

/** The same flows for every naming, in the same order. */
function flows(names: Names): FlowQuery[] {
  const ends = [
    `${names.namespace}/${names.pod}`,
    { pod: `${names.namespace}/db` },
    `${names.namespace}/plain`,
    `bank/pod/${names.pod}`,
    'lab/db',
    { workload: `${names.namespace}/${names.workloadKind}/${names.workload}` },
    '10.0.0.4',
    '203.0.113.9',
    '192.168.0.1',
  ];
  const asked = [
    { protocol: 'TCP', port: 80 },
    { protocol: 'TCP', port: 8080 },
    { protocol: 'UDP', port: 80 },
  ] as const;
  return ends.flatMap((from) => ends.flatMap((to) => asked.map((one) => ({ from, to, ...one }))));
}

/** What was decided, and by what, with policies by number: the order of reasons follows names. */
function tableOf(judge: Pick<Engine | Reference, 'canReach'>, names: Names): string[] {
  const policies = cluster(names).networkPolicies.map(({ metadata }) => JSON.stringify([metadata.namespace, metadata.name]));
  const numberOf = ({ namespace = '', name }: ObjectRef): number => policies.indexOf(JSON.stringify([namespace, name]));
  const half = ({ verdict, isolated, isolatedBy, reasons, default: reason }: DirectionDecision): unknown[] => [
    verdict,
    isolated,
    isolatedBy.map(numberOf).sort(),
    reasons.map(({ policy, rule, peer, port }) => `${numberOf(policy)} ${rule} ${peer} ${port}`).sort(),
    reason,
  ];
  const sketch = ({ verdict, egress, ingress, unknown }: Decision): string =>
    JSON.stringify([verdict, half(egress), half(ingress), unknown?.cause]);
  return flows(names).map((flow) => sketch(judge.canReach(flow)));
}

function apiObjects(names: Names): object[] {
  const { namespaces, pods, networkPolicies } = cluster(names);
  return [
    ...[...namespaces, ...pods].map((each) => ({ apiVersion: 'v1', ...each })),
    ...networkPolicies.map((each) => ({ apiVersion: 'networking.k8s.io/v1', ...each })),
  ];
}

const yamlOf = (objects: readonly object[]): string => objects.map((each) => dump(each)).join('---\n');
const fits = (role: Role, name: string): boolean => ROLES[role].grammar.test(name);

/** Every way in which the engine and the reference can get this cluster. */
function waysIn(names: Names): Record<string, Manifests> {
  const objects = apiObjects(names);
  return {
    YAML: parseManifests(yamlOf(objects)),
    NDJSON: parseManifests(ndjson(...objects)),
    'a JSON list': parseManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)),
    objects: manifestsFromObjects(objects),
  };
}

function overTheWire(manifests: Manifests): Engine {
  const policySet = lower(manifests, spec).policySet;
  expect(decodePolicySet(encodePolicySet(policySet))).toEqual(policySet);
  const { cluster: built } = buildCluster(manifests, spec);
  expect(withPlainLabels(decodeCluster(encodeCluster(built)))).toEqual(withPlainLabels(built));
  return engineFromTables(decodeTables(encodeTables(compile(manifests, { shared: false }).tables)));
}

const expected = tableOf(compile(byHand(NEUTRAL), { shared: false }), NEUTRAL);
const before = describePrototype();

function describePrototype(): unknown {
  return Reflect.ownKeys(Object.prototype).map((key) => [String(key), Object.getOwnPropertyDescriptor(Object.prototype, key)]);
}

afterAll(() => expect(describePrototype()).toEqual(before));

describe('126: the cluster with neutral names', () => {
  it('has flows of every verdict that a cluster without mistakes has, and each rule decides about some', () => {
    const verdicts = new Map<string, number>();
    for (const line of expected) {
      const [verdict] = JSON.parse(line) as string[];
      verdicts.set(verdict!, (verdicts.get(verdict!) ?? 0) + 1);
    }
    expect(verdicts.get('allow')).toBeGreaterThan(30);
    expect(verdicts.get('deny')).toBeGreaterThan(30);
    for (const reason of ['0 0 0 0', '0 1 0 0', '0 1 1 0', '1 0 0 0', '1 0 1 0', '1 0 0 null', '2 0 0 null'])
      expect(expected.some((line) => line.includes(`"${reason}"`))).toBe(true);
  });

  it('gives the same through every way in, in the reference, and after the wire', () => {
    for (const [way, manifests] of Object.entries({ ...waysIn(NEUTRAL), 'manifests made by hand': byHand(NEUTRAL) })) {
      expect(manifests.diagnostics, way).toEqual([]);
      expect(tableOf(compile(manifests, { shared: false }), NEUTRAL), way).toEqual(expected);
      expect(tableOf(reference(manifests), NEUTRAL), way).toEqual(expected);
      expect(tableOf(overTheWire(manifests), NEUTRAL), way).toEqual(expected);
    }
  });

  it('gives something else when a name is that of another', () => {
    // Two pods of different namespaces may share a name; two label values may not become one.
    const confused = { ...NEUTRAL, labelValue: 'back' };
    expect(tableOf(compile(byHand(confused), { shared: false }), confused)).not.toEqual(expected);
  });
});

describe.each(HOSTILE)('126: `%s`', (hostile) => {
  it.each([...ROLE_NAMES, 'every role'] as const)('as the name of %s changes no verdict and no reason', (role) => {
    const roles = role === 'every role' ? ROLE_NAMES : [role];
    const raw = { ...NEUTRAL, ...Object.fromEntries(roles.map((each) => [each, hostile])) };
    // Nobody has checked these names.
    const unchecked = byHand(raw);
    for (const judge of [compile(unchecked, { shared: false }), reference(unchecked), overTheWire(unchecked)])
      expect(tableOf(judge, raw)).toEqual(expected);
    // And where the API has them, through all of the input.
    const names = { ...NEUTRAL, ...Object.fromEntries(roles.filter((each) => fits(each, hostile)).map((each) => [each, hostile])) };
    if (role !== 'every role' && !fits(role, hostile)) return;
    for (const [way, manifests] of Object.entries(waysIn(names))) {
      expect(manifests.diagnostics, way).toEqual([]);
      expect(tableOf(compile(manifests, { shared: false }), names), way).toEqual(expected);
      expect(tableOf(reference(manifests), names), way).toEqual(expected);
    }
  });

  it.each(ROLE_NAMES.filter((role) => !fits(role, hostile)))(
    'as the name of %s is refused by its field, and what it may change is unknown',
    (role) => {
      const objects = apiObjects({ ...NEUTRAL, [role]: hostile });
      for (const [way, manifests] of Object.entries({
        YAML: parseManifests(yamlOf(objects)),
        NDJSON: parseManifests(ndjson(...objects)),
        objects: manifestsFromObjects(objects),
      })) {
        // Of an object whose namespace is not known, nothing of its name is used in any namespace.
        const errors = manifests.diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'duplicate-object');
        expect(errors.length, way).toBeGreaterThan(0);
        for (const { code, message, field } of errors) {
          expect(ROLES[role].code.split(' '), way).toContain(code);
          expect(message).toContain(`\`${hostile}\``);
          expect(field).toMatch(/metadata|spec/);
        }
        // A key that is dropped on the way would be no error of its own.
        const fields = errors.map(({ field }) => field);
        if (role === 'labelKey') {
          for (const field of ['metadata.labels', 'spec.podSelector.matchLabels']) expect(fields, way).toContain(`${field}.${hostile}`);
        }
        if (role !== 'pod') expect(manifests.unreadable.length, way).toBeGreaterThan(0);
      }
    },
  );

  it('goes through every report as text', () => {
    const names = { ...NEUTRAL, ...Object.fromEntries(ROLE_NAMES.map((role) => [role, hostile])) };
    const engine = compile(byHand(names), { shared: false });
    const query = { from: `${hostile}/plain`, to: `${hostile}/${hostile}`, protocol: 'TCP', port: 80 } as const;
    const result = { query, decision: engine.canReach(query), profile: engine.profileName, policyOrigin: policyPlaces(engine.tables) };
    const document = reachabilityDocument(result);
    expect(JSON.parse(formatJson(document))).toEqual(document);
    expect(formatJson(document)).toContain(`"name": ${JSON.stringify(hostile)}`);
    expect(formatReachability(result)).toContain(`NetworkPolicy ${hostile}/${hostile}`);
    // Kinds of other tools are counted by a name that anybody may choose.
    const others = HOSTILE.map((kind) => ({ apiVersion: 'example.com/v1', kind, metadata: { name: hostile } }));
    const manifests = parseManifests(`${ndjson(...apiObjects(NEUTRAL), ...others)}\n---\n${yamlOf(others)}`);
    expect([...manifests.skipped]).toEqual(HOSTILE.map((kind) => [kind, 2]));
    const compiled = { manifests, tables: engine.tables, diagnostics: [], out: hostile, fileBytes: 1 };
    const read = JSON.parse(formatJson(compileDocument(compiled))) as ReturnType<typeof compileDocument>;
    expect(JSON.stringify(read)).toContain(`{"kind":${JSON.stringify(hostile)},"objects":2}`);
    expect(formatCompilation(compiled)).toContain(`2 ${hostile}`);
  });

  it('as a field of an object is unknown, and sets nothing', () => {
    const text = `{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"p","namespace":"n"},${JSON.stringify(hostile)}:{"spec":{}},"spec":{"podSelector":{},${JSON.stringify(hostile)}:{"ingress":[{}]}}}`;
    for (const manifests of [parseManifests(text), parseManifests(dump(JSON.parse(text))), manifestsFromObjects([JSON.parse(text)])]) {
      expect(manifests.diagnostics.map(({ code, field }) => [code, field])).toEqual(
        [[], ['spec']].map((path) => ['unknown-field', hostile === '0' ? `${path.join('')}[0]` : [...path, hostile].join('.')]),
      );
      expect(manifests.unreadable).toHaveLength(1);
    }
  });
});
