/**
 * Names that attack the program: they are text, or refused, and never anything else.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Verdict } from '../../src/model/decision.ts';
import { reference } from '../../src/reference/reference.ts';
import { ndjson, podObject, policyObject } from './bad-case.ts';

const PROTOTYPE_NAMES = [
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
const isLabel = (name: string): boolean => !name.startsWith('_');
const isDnsName = (name: string): boolean => /^[a-z0-9]+$/.test(name);
const isPortName = (name: string): boolean => isDnsName(name) && /[a-z]/.test(name);

/** A world in which every name that can be is `name`, and one of its pods may be reached, the other not. */
function verdicts(name: string, neutral: string): Record<string, Verdict> {
  const label = isLabel(name) ? name : neutral;
  const dns = isDnsName(name) ? name : neutral;
  const port = isPortName(name) ? name : neutral;
  const labels = Object.fromEntries([[label, label]]);
  const pod = (podName: string, podLabels: object): object =>
    podObject(
      { spec: { containers: [{ ports: [{ name: port, containerPort: 80 }] }] } },
      { name: podName, namespace: dns, labels: podLabels },
    );
  const text = ndjson(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: dns, labels } },
    pod(dns, labels),
    pod('other', {}),
    policyObject(
      {
        podSelector: { matchLabels: labels },
        ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: label, operator: 'DoesNotExist' }] } }], ports: [{ port }] }],
      },
      { name: dns, namespace: dns },
    ),
  );
  const manifests = parseManifests(text);
  expect(manifests.diagnostics).toEqual([]);
  const answers: Record<string, Verdict> = {};
  for (const judge of [compile(manifests), reference(manifests)]) {
    for (const asked of [80, 81]) {
      const { verdict } = judge.canReach({ from: `${dns}/other`, to: `${dns}/${dns}`, protocol: 'TCP', port: asked });
      expect(answers[asked] ?? verdict).toBe(verdict);
      answers[asked] = verdict;
    }
  }
  return answers;
}

describe('names of JavaScript', () => {
  it.each(PROTOTYPE_NAMES)('`%s` as a name gives the verdicts of any other name.', (name) => {
    expect(verdicts(name, 'neutral')).toEqual({ 80: 'allow', 81: 'deny' });
    expect(verdicts('neutral', 'neutral')).toEqual({ 80: 'allow', 81: 'deny' });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each(['__proto__', '__defineGetter__'])('`%s` as a label key is refused, in text and in objects.', (name) => {
    const text = ndjson(policyObject({ podSelector: { matchLabels: Object.fromEntries([[name, 'x']]) } }));
    for (const manifests of [parseManifests(text), manifestsFromObjects([JSON.parse(text)])]) {
      expect(manifests.diagnostics.map(({ code }) => code)).toEqual(['invalid-label-key']);
      expect(manifests.unreadable).toHaveLength(1);
    }
  });
});

describe('names that are none', () => {
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '../../etc',
    'CON',
    'a'.repeat(300),
    'a/b',
    '=HYPERLINK("x")',
    '%s',
    `\${x}`,
    'a\nb',
    'a\u001b[2Jb',
    'a\u202eb',
    'a\u0007',
    'é',
  ];
  it.each(hostile.map((name) => [JSON.stringify(name), name]))('%s is no name of anything.', (_shown, name) => {
    const spec = { podSelector: {} };
    const objects = [
      policyObject(spec, { name }),
      policyObject(spec, { namespace: name }),
      policyObject({ podSelector: { matchLabels: { [name]: 'x' } } }),
      policyObject({ podSelector: { matchLabels: { x: name } } }),
      policyObject({ podSelector: {}, ingress: [{ ports: [{ port: name }] }] }),
      podObject({}, { name }),
      podObject({}, { namespace: name }),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    ];
    for (const object of objects) {
      const { diagnostics, unreadable, networkPolicies, pods, namespaces } = parseManifests(JSON.stringify(object));
      // Upper case and `a/b` are good labels.
      if (networkPolicies.length > 0 && /^(?:CON|a\/b)$/.test(name)) continue;
      expect([networkPolicies.length, pods.length, namespaces.length]).toEqual([0, 0, 0]);
      expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
      expect(unreadable).toHaveLength(JSON.stringify(object).includes('"NetworkPolicy"') ? 1 : 0);
      for (const { message, hint = '' } of diagnostics) expect(`${message}${hint}`).not.toMatch(/\p{Cc}|\p{Bidi_C}/u);
    }
  });

  it.each(['"a\\e[2Jb": x', 'on: x'])('The field and the reason hold no control characters: %s', (label) => {
    const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n  podSelector:\n    matchLabels:\n      ${label}\n`;
    const { diagnostics, unreadable } = parseManifests(text);
    expect(unreadable).toHaveLength(1);
    for (const { field } of diagnostics) expect(field).not.toMatch(/\p{Cc}/u);
    for (const { reason } of unreadable) expect(reason).not.toMatch(/\p{Cc}/u);
  });
});

it('Names that join to the same text are not confused.', () => {
  const manifests = parseManifests(
    ndjson(
      podObject({}, { name: 'b-c', namespace: 'a' }),
      podObject({}, { name: 'c', namespace: 'a-b' }),
      policyObject({ podSelector: {} }, { name: 'deny', namespace: 'a' }),
    ),
  );
  for (const judge of [compile(manifests), reference(manifests)]) {
    const ask = (from: string, to: string): Verdict => judge.canReach({ from, to, protocol: 'TCP', port: 80 }).verdict;
    expect([ask('a/b-c', 'a-b/c'), ask('a-b/c', 'a/b-c')]).toEqual(['allow', 'deny']);
  }
});
