/**
 * Secrets stay where they are: nothing of them, nor of other objects' fields that are not read, is in what is kept or in what is said.
 */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Manifests } from '../../src/model/resource.ts';

const CANARY = 'c4n4ry-3f9a';

function everything(manifests: Manifests): string {
  return `${JSON.stringify(manifests)}${JSON.stringify([...manifests.skipped, ...manifests.counts])}${inspect(manifests, { depth: 12, showHidden: true })}`;
}

const secret = (body: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations:\n    note: ${CANARY}\n${body}`;

const sound: readonly (readonly [title: string, text: string, skipped: Record<string, number>])[] = [
  ['data of a Secret', secret(`data:\n  a: ${CANARY}\nstringData:\n  b: ${CANARY}\n`), { Secret: 1 }],
  ['a Secret in JSON', JSON.stringify({ stringData: { [CANARY]: CANARY }, apiVersion: 'v1', kind: 'Secret' }), { Secret: 1 }],
  ['a Secret in flow style', `{apiVersion: v1, stringData: {a: ${CANARY}}, kind: Secret}`, { Secret: 1 }],
  ['a ConfigMap', `apiVersion: v1\ndata:\n  a: |\n    kind: Pod\n    password: ${CANARY}\nkind: ConfigMap\n`, { ConfigMap: 1 }],
  [
    'a list of Secrets',
    `apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: a}\n  data: {a: ${CANARY}}\n- metadata: {name: b}\n  data: {a: ${CANARY}}\n`,
    { Secret: 2 },
  ],
  ['a Secret in a list', `apiVersion: v1\nitems:\n- apiVersion: v1\n  data: {a: ${CANARY}}\n  kind: Secret\nkind: List\n`, { Secret: 1 }],
  ['a mistyped Secret', `apiVersion: v1\nkind: Secrt\nstringData: {x: ${CANARY}}\n`, { Secrt: 1 }],
];

const container = `[{env: [{name: A, value: ${CANARY}}], command: [${CANARY}], image: ${CANARY}, ports: [{containerPort: 80}]}]`;
const annotations = `annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"x":"${CANARY}"}'}, managedFields: [{manager: ${CANARY}}]`;
const kept: readonly (readonly [title: string, text: string])[] = [
  [
    'a Pod',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b, ${annotations}}\nspec: {containers: ${container}, serviceAccountName: ${CANARY}}\n`,
  ],
  [
    'a Deployment',
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: b, ${annotations}}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}, annotations: {x: ${CANARY}}}, spec: {containers: ${container}}}}\n`,
  ],
  [
    'a NetworkPolicy',
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: b, ${annotations}}\nspec: {podSelector: {}}\n`,
  ],
  ['a Namespace', `apiVersion: v1\nkind: Namespace\nmetadata: {name: b, ${annotations}}\n`],
  ['a Service', `apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b, ${annotations}}\nspec: {sessionAffinity: ${CANARY}}\n`],
];

/** Broken so that a parser complains right beside the canary. */
const broken: readonly (readonly [title: string, text: string])[] = [
  ['a quote that is not closed', secret(`stringData:\n  b: "${CANARY}\n`)],
  ['a quote that is not closed before the kind', `apiVersion: v1\nstringData:\n  b: "${CANARY}\nkind: Secret\n`],
  ['a quote that is not closed in brackets', `{apiVersion: v1, kind: Secret, stringData: {b: "${CANARY}}}`],
  ['a key twice', secret(`stringData:\n  ${CANARY}: a\n  ${CANARY}: b\n`)],
  ['a key twice in brackets', `{apiVersion: v1, kind: Secret, stringData: {${CANARY}: a, ${CANARY}: b}}`],
  ['an alias of nothing', `{apiVersion: v1, kind: Secret, stringData: {a: *${CANARY}}}`],
  ['a tag that is not supported', `{apiVersion: v1, kind: Secret, stringData: {a: !${CANARY} x}}`],
  ['an escape that is none', `{apiVersion: v1, kind: Secret, stringData: {a: "\\${CANARY}"}}`],
  ['a control character', `{apiVersion: v1, kind: Secret, stringData: {a: "${CANARY}\u0001"}}`],
  ['a tab', `kind: [Secret]\nstringData:\n\t${CANARY}: x\n`],
  ['JSON that is cut', `{"apiVersion":"v1","kind":"Secret","stringData":{"a":"${CANARY}`],
  ['JSON with a word too many', `{"apiVersion":"v1","kind":"Secret","stringData":{"a":"${CANARY}" ${CANARY}}}`],
  ['JSON with a bare word', `{"apiVersion":"v1","kind":"Secret","stringData":{"a":${CANARY}}}`],
  ['JSON with a bad escape', `{"apiVersion":"v1","kind":"Secret","stringData":{"a":"\\q${CANARY}"}}`],
  ['NDJSON with a bad line', `{"apiVersion":"v1","kind":"Secret","data":{}}\n${CANARY}\n`],
  ['a text that is no object', CANARY],
  ['a missing kind', `apiVersion: v1\nmetadata: {name: a}\nspec: {}\nstringData: {x: ${CANARY}}\n`],
  [
    'broken Secrets in a list',
    `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  data: {a: ${CANARY}, b: [}\n- apiVersion: v1\n  data: {a: "${CANARY}}\n  kind: Secret\n`,
  ],
  [
    'a Pod with a bad port',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a, ${annotations}}\nspec: {containers: [{env: [{value: ${CANARY}}], ports: [{containerPort: 0}]}]}\n`,
  ],
  ['a Pod with data', `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstringData: {x: ${CANARY}}\n`],
  [
    'a NetworkPolicy with a bad selector',
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, ${annotations}}\nspec: {podSelector: 5}\n`,
  ],
];

describe('objects that are not read', () => {
  it.each(sound)('Nothing is kept of %s.', (_title, text, skipped) => {
    const manifests = parseManifests(text);
    expect(Object.fromEntries(manifests.skipped)).toEqual(skipped);
    expect(everything(manifests)).not.toContain(CANARY);
  });

  it('Nothing is asked of a Secret of the caller but what it is.', () => {
    const data = {
      get data(): never {
        throw new Error(CANARY);
      },
    };
    const manifests = manifestsFromObjects([
      Object.defineProperties({ apiVersion: 'v1', kind: 'Secret' }, Object.getOwnPropertyDescriptors(data)),
    ]);
    expect([...manifests.skipped]).toEqual([['Secret', 1]]);
  });
});

describe('objects that are read', () => {
  it.each(kept)('Only what is judged is kept of %s.', (_title, text) => {
    const manifests = parseManifests(text);
    expect(manifests.diagnostics).toEqual([]);
    expect(manifests.counts.size).toBe(1);
    expect(everything(manifests)).not.toContain(CANARY);
  });
});

describe('what is said about broken text', () => {
  it.each(broken)('It quotes nothing of %s.', (_title, text) => {
    const manifests = parseManifests(text);
    expect(manifests.diagnostics.length + manifests.skipped.size).toBeGreaterThan(0);
    expect(everything(manifests)).not.toContain(CANARY);
  });
});
