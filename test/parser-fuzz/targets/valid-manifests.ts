/**
 * Manifests that are read without an error, a few small objects each, from generated clusters; and the many ways to write them down, as JSON and as YAML.
 */
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { PRESETS, type World, world } from '../../../src/fuzz/fuzz.ts';
import type { Random } from '../../../src/fuzz/random.ts';

const SETTINGS = [
  PRESETS.mixed,
  PRESETS.addresses,
  PRESETS.ports,
  // A label key cannot begin with an underscore.
  { ...PRESETS.selectors, labelKeys: ['app', 'k8s.io/tier', 'constructor', 'kubernetes.io/metadata.name'] },
].map((each) => ({ ...each, maxPods: 5, maxPolicies: 5 }));
const WORLDS = 256;
const worlds = new Map<number, World>();

/** One of a fixed number of generated clusters without unreadable policies: each is made once, on the same input in every process. */
export function someWorld(random: Random): World {
  const number = random.below(WORLDS);
  let found = worlds.get(number);
  if (found === undefined) {
    const settings = SETTINGS[number % SETTINGS.length] as (typeof SETTINGS)[number];
    const drawn = fc.sample(world(settings), { seed: 1001 + number, numRuns: 1 })[0] as World;
    found = { ...drawn, networkPolicies: drawn.networkPolicies.map(named), unreadable: [], unreadableEnds: [] };
    worlds.set(number, found);
  }
  return found;
}

/** Some generated policies have names that objects of a live cluster cannot have. */
function named<T extends { readonly metadata: { readonly name: string } }>(policy: T): T {
  const name = policy.metadata.name.toLowerCase().replaceAll('\u00e9', 'e');
  return { ...policy, metadata: { ...policy.metadata, name } };
}

/** At most `most` of the items, in their order. */
export function someOf<T>(random: Random, items: readonly T[], most: number): T[] {
  const first = random.below(items.length + 1);
  return items.slice(first, first + random.below(most + 1));
}

/** One to four objects of one cluster. */
export function validObjects(random: Random): object[] {
  const { namespaces, pods, nodes, services, networkPolicies } = someWorld(random);
  const core = [...someOf(random, namespaces, 1), ...someOf(random, pods, 1), ...someOf(random, nodes, 1), ...someOf(random, services, 1)];
  const objects: object[] = [
    ...core.map((object) => ofCore(random, object as CoreObject)),
    ...someOf(random, networkPolicies, 2).map((object) => ({ apiVersion: 'networking.k8s.io/v1', ...object })),
  ].slice(0, 4);
  if (objects.length === 0) objects.push({ apiVersion: 'networking.k8s.io/v1', ...random.pick(networkPolicies) });
  // Small inputs are many inputs.
  if (random.chance(0.6)) objects.splice(0, objects.length, random.pick(objects));
  return objects.map((object) => (random.chance(0.15) ? withMore(random, object) : object));
}

interface CoreObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | null; readonly labels?: object | null };
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** The object, or a workload with the pod as its template. */
function ofCore(random: Random, { kind, metadata, spec, status }: CoreObject): object {
  if (kind !== 'Pod' || !random.chance(0.3))
    return { apiVersion: 'v1', kind, metadata, ...(spec !== undefined && { spec }), ...(status !== undefined && { status }) };
  const { labels, ...named } = metadata;
  const template = { metadata: { labels }, spec };
  const selector = { matchLabels: labels ?? {} };
  switch (random.below(4)) {
    case 0:
      return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: named, spec: { replicas: random.below(4), selector, template } };
    case 1:
      return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { ...named, labels }, spec: { selector, template } };
    case 2:
      return { apiVersion: 'batch/v1', kind: 'Job', metadata: named, spec: { template } };
    default:
      return {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: named,
        spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
      };
  }
}

/** What objects of a live cluster have and nobody reads. */
function withMore(random: Random, object: object): object {
  const { metadata, ...rest } = object as { metadata: object };
  const annotations = {
    'a.b/note': random.pick(['', '--- not a document\n', '{"kind":"Pod"}', '"', "it's", '\u00e9\ud83d\ude00', 'a: b\n  c: d\n']),
  };
  const managed = { creationTimestamp: null, uid: `u-${random.below(1000)}`, generation: random.below(9), annotations };
  return random.chance(0.5) ? { ...rest, metadata: { ...managed, ...metadata } } : { ...rest, metadata: { ...metadata, ...managed } };
}

/** One value that holds the objects: a list of some kind, or the only object. */
function oneValue(random: Random, objects: readonly object[]): unknown {
  const [only, ...others] = objects;
  if (others.length === 0 && random.chance(0.7)) return only;
  const [first, rest] = [objects.slice(0, 1), objects.slice(1)];
  switch (random.below(4)) {
    case 0:
      return { items: objects, kind: 'List', apiVersion: 'v1' };
    case 1:
      return {
        apiVersion: 'v1',
        kind: 'List',
        metadata: { resourceVersion: '' },
        items: [...first, { apiVersion: 'v1', kind: 'List', items: rest }],
      };
    default:
      return { apiVersion: 'v1', kind: 'List', items: objects };
  }
}

const NEWLINES = ['\n', '\n', '\n', '\n\n', '\r\n', '\n \n'];

/** One object a line, or one value. */
export function jsonText(random: Random, objects: readonly object[]): string {
  if (random.chance(0.35)) return objects.map((object) => writeJson(random, object)).join(random.pick(NEWLINES));
  const value = random.chance(0.1) ? objects : oneValue(random, objects);
  return random.chance(0.4)
    ? writeJson(random, value)
    : JSON.stringify(value, null, random.pick([1, 2, 4, '\t'])) + random.pick(['', '\n']);
}

/** On one line, with or without what JSON leaves open. */
function writeJson(random: Random, value: unknown): string {
  if (random.chance(0.5)) return JSON.stringify(value);
  return spell(value, random.pick([':', ' :', ': ', '\t:  ']), random.pick([',', ', ', ' ,']), (key) =>
    random.chance(0.05) ? escapeLetters(key, random) : key,
  );
}

/** JSON with these separators and keys. */
export function spell(value: unknown, colon: string, comma: string, keyOf: (key: string) => string): string {
  if (Array.isArray(value)) return `[${value.map((each) => spell(each, colon, comma, keyOf)).join(comma)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${keyOf(JSON.stringify(key))}${colon}${spell(field, colon, comma, keyOf)}`)
    .join(comma)}}`;
}

/** A JSON text in quotes with its characters, or one of them, written as `\u` and four digits. Escapes that are there stay. */
export function escapeLetters(quoted: string, random?: Random): string {
  const letters = [...quoted.matchAll(/\\u[0-9a-fA-F]{4}|\\.|[^"\\]/gs)].filter(([text]) => !text.startsWith('\\'));
  if (letters.length === 0) return quoted;
  const chosen = random === undefined || random.chance(0.3) ? undefined : random.pick(letters);
  let result = quoted;
  for (const { 0: text, index } of letters.toReversed()) {
    if (chosen !== undefined && index !== chosen.index) continue;
    const code = text.charCodeAt(0).toString(16).padStart(4, '0');
    result = `${result.slice(0, index)}\\u${random?.chance(0.5) ? code.toUpperCase() : code}${result.slice(index + 1)}`;
  }
  return result;
}

/** Documents, a list, or objects in a sequence; block or flow style, with quotes, anchors, comments, line ends of either sort. */
export function yamlText(random: Random, objects: readonly object[]): string {
  const options = {
    flowLevel: random.chance(0.5) ? -1 : random.below(7),
    indent: random.pick([2, 2, 2, 4, 1]),
    noArrayIndent: random.chance(0.5),
    noRefs: random.chance(0.3),
    quotingType: random.pick(["'", '"'] as const),
    forceQuotes: random.chance(0.1),
    sortKeys: random.chance(0.1),
    lineWidth: random.pick([80, 20, -1]),
    condenseFlow: random.chance(0.1),
  };
  const labels = { app: random.pick(['web', 'true', '1', '0x1', 'a_b', '']), tier: random.pick(['x', '', 'null', '1e3']) };
  // The same object twice is written once, with an anchor.
  const shared = random.chance(0.25) ? objects.map((object) => withLabels(object, labels)) : objects;
  const whole = random.chance(0.3);
  const values: readonly unknown[] = whole ? [random.chance(0.2) ? shared : oneValue(random, shared)] : shared;
  const texts = values.map((value) => comment(random, dump(value, options)));
  const start = random.pick(['', '', '', '', '---\n', '# a comment\n---\n', '\ufeff', '--- # a document\n', '\n']);
  const between = random.pick(['---\n', '---\n', '---\n', '\n---\n# next\n', '...\n---\n', '---\n---\n']);
  const text = `${start}${texts.join(between)}${random.pick(['', '', '', '---\n', '...\n', '# the end'])}`;
  return random.chance(0.1) ? text.replaceAll('\n', '\r\n') : text;
}

function withLabels(object: object, labels: object): object {
  const { metadata, spec, ...rest } = object as { kind: string; metadata: object; spec?: object | null };
  const found = { ...rest, metadata: { ...metadata, labels } };
  if (spec === undefined || spec === null) return spec === undefined ? found : { ...found, spec };
  return { ...found, spec: rest.kind === 'NetworkPolicy' ? { ...spec, podSelector: { matchLabels: labels } } : spec };
}

/** Comments and white space where they mean nothing: after a line that ends with a colon, and before the first. */
function comment(random: Random, text: string): string {
  if (!random.chance(0.2)) return text;
  const written = text.replace(/^( *[a-zA-Z]+:)$/gm, (line) =>
    random.chance(0.3) ? `${line} # here` : random.chance(0.2) ? `${line}   ` : line,
  );
  return random.chance(0.5) ? `# before\n${written}` : written;
}
