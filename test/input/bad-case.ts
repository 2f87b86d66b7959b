/**
 * The form of the bad-input tables: an input with one mistake, what must be said about it, what becomes of it, and beside it the mended input,
 * which must be read without complaint.
 */
import { expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Diagnostic, Severity } from '../../src/model/diagnostic.ts';
import type { Manifests } from '../../src/model/resource.ts';

export interface BadCase {
  /** A sentence. */
  readonly title: string;
  readonly text: string;
  readonly mended: string;
  readonly code: string;
  /** A part of the message, or of the hint. */
  readonly says?: string;
  /** `line:column`. */
  readonly at?: string;
  readonly field?: string;
  /** `error` when left out. */
  readonly severity?: Severity;
  /**
   * `policy`: the policy `p` is unreadable and the rest is kept. `file`: nothing of the file is kept. `object`: the object is left out, and is no policy.
   * `kept`: it is used as it stands.
   */
  readonly outcome: 'policy' | 'file' | 'object' | 'kept';
  /** The mended input holds nothing to keep. */
  readonly nothingToKeep?: boolean;
  /** What the product does wrong at present; the test then expects its own failure. */
  readonly defect?: string;
}

export function badCases(cases: readonly BadCase[]): void {
  for (const each of cases) {
    (each.defect === undefined ? it : it.fails)(each.title, () => checkBad(each));
    it(`${each.title}: mended, it is read`, () => checkMended(each));
  }
}

function checkBad({ text, code, says = '', at, field, severity = 'error', outcome }: BadCase): void {
  const manifests = parseManifests(text, { file: 'bad.yaml' });
  const diagnostic = manifests.diagnostics.find((one) => one.code === code && one.severity === severity);
  if (diagnostic === undefined) throw new Error(`no ${severity} ${code} among ${JSON.stringify(manifests.diagnostics)}`);
  expect(`${diagnostic.message}; ${diagnostic.hint ?? ''}`).toContain(says);
  expect(diagnostic.origin.file).toBe('bad.yaml');
  if (at !== undefined) expect(`${diagnostic.origin.line}:${diagnostic.origin.column}`).toBe(at);
  if (field !== undefined) expect(diagnostic.field).toBe(field);
  for (const one of manifests.diagnostics) checkWording(one);
  checkOutcome(manifests, outcome);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

/** One line, lower case or a quoted name first, no full stop, no byte that a terminal acts on, nothing of the parser's own. */
function checkWording({ message, hint = '', origin }: Diagnostic): void {
  expect(message).toMatch(/^[a-z`0-9]|^(?:JSON|YAML)/);
  expect(message).not.toMatch(/\.$/);
  expect(`${message}${hint}`).not.toMatch(/\p{Cc}|\p{Bidi_C}|YAMLException|\bat .*\.[jt]s:/u);
  expect(origin.line).toBeGreaterThan(0);
  expect(origin.column).toBeGreaterThan(0);
}

function checkOutcome(manifests: Manifests, outcome: BadCase['outcome']): void {
  const { unreadable, networkPolicies, counts } = manifests;
  switch (outcome) {
    case 'policy':
      expect(unreadable.length).toBeGreaterThan(0);
      for (const { kind } of unreadable) expect(kind).not.toBe('(unreadable)');
      expect(networkPolicies.map(({ object }) => object.metadata.name)).not.toContain('p');
      break;
    case 'file':
      expect(unreadable.map(({ kind }) => kind)).toEqual(['(unreadable)']);
      expect([...counts]).toEqual([]);
      break;
    case 'object':
      expect(unreadable).toEqual([]);
      expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(0);
      break;
    case 'kept':
      expect(unreadable).toEqual([]);
      expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  }
}

function checkMended({ mended, code, nothingToKeep = false }: BadCase): void {
  const { diagnostics, unreadable, counts } = parseManifests(mended, { file: 'mended.yaml' });
  expect(diagnostics.filter((one) => one.severity === 'error' || one.code === code)).toEqual([]);
  expect(unreadable).toEqual([]);
  if (!nothingToKeep) expect(counts.size).toBeGreaterThan(0);
}

const POLICY_HEAD = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: shop\n';

/** The policy shop/p; `spec` holds whole lines, and begins on line 6. */
export function policyYaml(spec = 'spec:\n  podSelector: {}\n'): string {
  return POLICY_HEAD + spec;
}

/** The policy shop/p with one ingress rule, whose lines begin on line 9 at column 5. */
export function ruleYaml(lines: string): string {
  return policyYaml(`spec:\n  podSelector: {}\n  ingress:\n  - ${lines.replaceAll('\n', '\n    ')}\n`);
}

/** The policy shop/p whose selector has a label of its own, on line 8 at column 7. */
export function labelYaml(label: string): string {
  return policyYaml(`spec:\n  podSelector:\n    matchLabels:\n      ${label}\n`);
}

export function policyObject(spec: unknown, metadata: object = {}): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'shop', ...metadata }, spec };
}

export function podObject(rest: object = {}, metadata: object = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop', ...metadata }, ...rest };
}

/** One line each. */
export function ndjson(...objects: readonly object[]): string {
  return objects.map((each) => JSON.stringify(each)).join('\n');
}

/** A YAML `kind: List` of YAML objects. */
export function listYaml(...items: readonly string[]): string {
  return `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`;
}
