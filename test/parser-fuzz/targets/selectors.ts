/**
 * Label selectors, as JSON objects: through validation, and then through lowering, the compiler and the reference, which must agree on which pods they select. A selector is
 * accepted when a second reading of the API's rules, written here, accepts it.
 */
import { lowerSelector } from '../../../src/dialects/label-selector.ts';
import { compile } from '../../../src/engine/engine.ts';
import type { Random } from '../../../src/fuzz/random.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { Requirement } from '../../../src/model/selector.ts';
import { reference } from '../../../src/reference/reference.ts';
import { accepted, bytesOf, expectThat, type Outcome, refused, shapeOf, type Target, textOf } from '../target.ts';

const KEYS = ['app', 'tier', 'constructor', 'toString', 'hasOwnProperty', 'k8s.io/name', 'a.b/c', 'A_b.c-d', 'x'.repeat(63)];
const BAD_KEYS = [
  '__proto__',
  '',
  '/',
  'a/',
  '/a',
  'a/b/c',
  '-a',
  'a-',
  'A.b/c',
  'x'.repeat(64),
  `${'y'.repeat(254)}/a`,
  'a b',
  '\u0001on',
  '\u00e9',
];
const VALUES = ['', 'web', 'db', 'x', 'hasOwnProperty', '0', 'true', 'V'.repeat(63)];
const BAD_VALUES = ['__proto__', '-', 'a b', '.a', 'W'.repeat(64), '\u001b[2J', 'a/b'];
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Pods that selectors may tell apart. */
const PODS = [
  {},
  { app: 'web' },
  { app: 'db', tier: '' },
  { tier: 'x', 'k8s.io/name': 'web' },
  { constructor: 'x', hasOwnProperty: 'web' },
  { app: '', toString: '0' },
].map((labels: object, i) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${i}`, namespace: 'default', labels }, spec: {} }));

export const selectors: Target = {
  name: 'selectors',
  dictionary: [...KEYS, ...BAD_KEYS, ...VALUES, ...BAD_VALUES, ...OPERATORS].map((text) => JSON.stringify(text)).concat([
    '{}', '[]', 'null', '{', '}', '[', ']', ',', ':', '"matchLabels":', '"matchExpressions":', '"key":', '"operator":', '"values":', '"in"', '1', 'true',
  ]), // biome-ignore format: a list of words
  seeds: () =>
    [
      '{}',
      'null',
      '{"matchLabels":{"app":"web"}}',
      '{"matchExpressions":[{"key":"app","operator":"In","values":["web","db"]}]}',
      '{"matchLabels":{"app":null}}',
    ].map(bytesOf),
  generate: (random) => bytesOf(JSON.stringify(anySelector(random))),
  run(bytes) {
    const text = textOf(bytes);
    let selector: unknown;
    try {
      selector = JSON.parse(text ?? '');
    } catch {
      return refused('no JSON');
    }
    return checkSelector(selector, bytes.length % 4 === 0);
  },
};

function anySelector(random: Random): object {
  // Most are good; the others have one thing or another that is not.
  const strange = random.chance(0.25);
  const key = (): string => random.pick(strange && random.chance(0.2) ? BAD_KEYS : KEYS);
  const value = (): string => random.pick(strange && random.chance(0.1) ? BAD_VALUES : VALUES);
  const list = <T>(most: number, item: () => T): T[] => Array.from({ length: random.below(most + 1) }, item);
  const matchLabels = Object.fromEntries(list(3, () => [key(), random.chance(0.1) ? null : value()]));
  const matchExpressions = list(3, () => {
    const operator = random.pick(OPERATORS);
    const takesValues = operator.endsWith('In') !== (strange && random.chance(0.1));
    return {
      key: key(),
      operator,
      ...(takesValues
        ? { values: [...(strange ? [] : [value()]), ...list(2, value)] }
        : random.chance(0.2)
          ? { values: random.pick([[], null]) }
          : {}),
    };
  });
  return { ...(random.chance(0.6) && { matchLabels }), ...(random.chance(0.7) && { matchExpressions }) };
}

function checkSelector(selector: unknown, alsoCompile: boolean): Outcome {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'default' },
    spec: { podSelector: selector, policyTypes: ['Ingress'] },
  };
  const manifests = manifestsFromObjects([...PODS, policy]);
  const policyRead = manifests.networkPolicies[0];
  expectThat((policyRead === undefined) === (manifests.unreadable.length === 1), 'a policy is both read and unreadable, or neither');
  const expected = isValid(selector);
  expectThat((policyRead !== undefined) === expected, `a selector was ${expected ? 'refused' : 'accepted'}`, () =>
    JSON.stringify(selector),
  );
  if (policyRead === undefined) {
    const said = new Set(manifests.diagnostics.map(({ code, message }) => `${code} ${shapeOf(message)}`));
    return refused([...said].sort().slice(0, 3).join('; '));
  }

  const requirements = lowerSelector(policyRead.object.spec?.podSelector);
  const definition = reference(manifests);
  const engine = alsoCompile ? compile(manifests, { shared: false }) : undefined;
  const selected = PODS.map(({ metadata }) => {
    const labels = new Map(Object.entries(metadata.labels as Record<string, string>));
    const query = { from: '192.0.2.1', to: `default/${metadata.name}`, protocol: 'TCP', port: 80 } as const;
    const isolated = definition.canReach(query).ingress.isolated;
    expectThat(
      requirements.every((each) => holds(each, labels)) === isolated,
      'lowering and the reference differ',
      () => `${JSON.stringify(selector)} for ${metadata.name}`,
    );
    if (engine !== undefined) {
      expectThat(
        engine.canReach(query).ingress.isolated === isolated,
        'the engine and the reference differ',
        () => `${JSON.stringify(selector)} for ${metadata.name}`,
      );
    }
    return isolated ? 1 : 0;
  });
  return accepted(`${requirements.length} ${selected.join('')} ${[...new Set(requirements.map(({ operator }) => operator))].join()}`);
}

function holds({ key, operator, values }: Requirement, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(key);
  if (operator === 'exists' || operator === 'doesNotExist') return (value !== undefined) === (operator === 'exists');
  return (value !== undefined && values.includes(value)) === (operator === 'in');
}

/** ValidateLabelSelector and the types of its fields, once more. */
function isValid(selector: unknown): boolean {
  if (selector === null) return true;
  if (!isObject(selector) || !Object.keys(selector).every((name) => name === 'matchLabels' || name === 'matchExpressions')) return false;
  const { matchLabels, matchExpressions } = Object.fromEntries(Object.entries(selector)) as Record<string, unknown>;
  const labels = matchLabels ?? {};
  const expressions = matchExpressions ?? [];
  if (!isObject(labels) || !Array.isArray(expressions)) return false;
  return (
    Object.entries(labels).every(([key, value]) => isKey(key) && (value === null || isValue(value))) && expressions.every(isRequirement)
  );
}

function isRequirement(requirement: unknown): boolean {
  if (!isObject(requirement) || !Object.keys(requirement).every((name) => ['key', 'operator', 'values'].includes(name))) return false;
  const { key, operator, values } = requirement as Record<string, unknown>;
  const list = values ?? [];
  if (!isKey(key) || !Array.isArray(list) || !list.every(isValue)) return false;
  return operator === 'In' || operator === 'NotIn'
    ? list.length > 0
    : (operator === 'Exists' || operator === 'DoesNotExist') && list.length === 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const DOMAIN_PART = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

function isKey(key: unknown): boolean {
  if (typeof key !== 'string') return false;
  const parts = key.split('/');
  const [prefix, name] = parts.length === 2 ? parts : [undefined, parts[0]];
  if (parts.length > 2 || name === undefined || !NAME.test(name)) return false;
  return prefix === undefined || (prefix.length <= 253 && prefix.split('.').every((part) => DOMAIN_PART.test(part)));
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || NAME.test(value));
}
