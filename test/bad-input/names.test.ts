/**
 * Rows 126 to 133 of the catalogue: names that attack the program. They are names like any other, or refused, and in every message they are text.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { reference } from '../../src/reference/reference.ts';
import { ndjson, podObject, policyObject, policyYaml } from '../input/bad-case.ts';
import { badInput, CANARY, covers, type Row, span } from './row.ts';

const FILE = 'input.json';
const GOOD = JSON.stringify(policyObject({ podSelector: {} }));

/** As messages show it. */
const shown = (text: string): string =>
  text.replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);

/** A text where each name can stand, and what is said of it there. */
function refused(row: number, title: string, text: string): Row[] {
  const cut = text.length > 63 ? `${text.slice(0, 63)}…` : text;
  const inTicks = `\`${shown(cut)}\``;
  const one = (place: string, object: object, says: Row['says']): Row => ({
    row,
    title: `${title} as ${place}`,
    files: { [FILE]: JSON.stringify(object) },
    exit: 2,
    ...(says === undefined ? {} : { says }),
    mended: { [FILE]: GOOD },
  });
  const spec = { podSelector: {} };
  return [
    one('a policy', policyObject(spec, { name: text }), inTicks),
    one('a namespace', policyObject(spec, { namespace: text }), inTicks),
    one('a pod', podObject({}, { name: text }), inTicks),
    one('a Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: text } }, inTicks),
    one('a port', policyObject({ podSelector: {}, ingress: [{ ports: [{ port: text }] }] }), inTicks),
    one(
      'a protocol',
      policyObject({ podSelector: {}, ingress: [{ ports: [{ protocol: text }] }] }),
      `\`${shown(text.length > 200 ? `${text.slice(0, 200)}…` : text)}\``,
    ),
    one(
      'a range',
      policyObject({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: text } }] }] }),
      `\`${shown(text.length > 200 ? `${text.slice(0, 200)}…` : text)}\``,
    ),
    one(
      'an unknown field',
      policyObject({ podSelector: {}, [text]: {} }),
      `the field \`${shown(text.length > 200 ? `${text.slice(0, 200)}…` : text)}\` is unknown`,
    ),
  ];
}

function refusedLabels(row: number, title: string, text: string): Row[] {
  const says = text.length > 63 ? `\`${shown(text.slice(0, 63))}…\`` : `\`${shown(text)}\``;
  const one = (place: string, matchLabels: object, message: string): Row => ({
    row,
    title: `${title} as ${place}`,
    files: { [FILE]: JSON.stringify(policyObject({ podSelector: { matchLabels } })) },
    exit: 2,
    says: [message, says],
    mended: { [FILE]: GOOD },
  });
  return [one('a label value', { a: text }, 'label value'), one('a label key', Object.fromEntries([[text, 'x']]), 'label key')];
}

const everywhere = (row: number, title: string, text: string): Row[] => [...refused(row, title, text), ...refusedLabels(row, title, text)];

const web = podObject({}, { name: 'me-x-ns1', namespace: 'deny' });
const twin = podObject({}, { name: 'ns1', namespace: 'deny-me-x' });
const client = podObject({}, { name: 'client', namespace: 'zone' });
const pair = (row: number, from: string, to: string, verdict: 'ALLOW' | 'DENY'): Row => ({
  row,
  title: `the pods deny/me-x-ns1 and deny-me-x/ns1, of which a policy selects the first: ${from} to ${to} is ${verdict}, and this`,
  files: { [FILE]: ndjson(web, twin, client, policyObject({ podSelector: {} }, { name: 'p', namespace: 'deny' })) },
  args: ['can-reach', from, to, '--port', '80', '-f', FILE],
  exit: 0,
  stdout: new RegExp(`^.* TCP/80: ${verdict}`),
});

const otherKind = (kind: string): Readonly<Record<string, string>> => ({
  [FILE]: ndjson(JSON.parse(GOOD), { apiVersion: 'example.com/v1', kind, metadata: { name: 'a' } }),
});

const ROWS: readonly Row[] = [
  ...['__proto__', '__defineGetter__'].map(
    (name): Row => ({
      row: 126,
      title: `\`${name}\` as a label key`,
      files: { [FILE]: JSON.stringify(policyObject({ podSelector: { matchLabels: Object.fromEntries([[name, 'x']]) } })) },
      exit: 2,
      says: [`error: the label key \`${name}\` is not letters, digits`, `(NetworkPolicy shop/p, spec.podSelector.matchLabels.${name})`],
      mended: { [FILE]: GOOD },
    }),
  ),
  {
    row: 126,
    title: '`constructor` as every name',
    files: {
      [FILE]: ndjson(
        policyObject({ podSelector: { matchLabels: { constructor: 'constructor' } } }, { name: 'constructor', namespace: 'constructor' }),
      ),
    },
    exit: 0,
  },
  pair(127, 'zone/client', 'deny/me-x-ns1', 'DENY'),
  pair(127, 'zone/client', 'deny-me-x/ns1', 'ALLOW'),
  pair(127, 'deny-me-x/ns1', 'deny/me-x-ns1', 'DENY'),
  pair(127, 'deny/me-x-ns1', 'deny-me-x/ns1', 'ALLOW'),
  ...everywhere(128, 'an image tag', '<img src=x onerror=alert(1)>'),
  ...everywhere(128, 'the end of a script', '</script>'),
  ...everywhere(128, 'a script address', 'javascript:alert(1)'),
  // Annotations are not read, and what is not read cannot be shown.
  {
    row: 128,
    title: 'an image tag in an annotation',
    files: { [FILE]: JSON.stringify(policyObject({ podSelector: {} }, { annotations: { a: `<img src=x>${CANARY}</script>` } })) },
    exit: 0,
  },
  ...everywhere(129, 'ESC[2J', 'a\u001b[2Jb'),
  ...everywhere(129, 'a link of a terminal', '\u001b]8;;http://example.com\u0007x\u001b]8;;\u0007'),
  ...everywhere(129, 'a bidirectional override', 'a\u202eb\u2066c'),
  ...everywhere(129, 'BEL', 'a\u0007'),
  ...everywhere(129, 'a C1 control', 'a\u009b2Jb'),
  {
    row: 129,
    title: 'ESC[2J as a kind of another API',
    files: otherKind('a\u001b[2Jb'),
    exit: 0,
    says: 'left out kinds that are not read: 1 a\\u{1b}[2Jb',
  },
  {
    row: 129,
    title: 'ESC[2J as a version',
    files: { [FILE]: GOOD.replace('k8s.io/v1', 'k8s.io/\\u001b[2J') },
    exit: 2,
    says: 'the version `networking.k8s.io/\\u{1b}[2J` of NetworkPolicy is not supported',
  },
  { row: 129, title: 'ESC[2J in a comment of YAML', files: { [FILE]: `# \u001b[2J\n${policyYaml()}` }, exit: 0 },
  ...refused(130, 'a path', '../../etc'),
  ...refusedLabels(130, 'a path', '../../etc'),
  ...refused(130, 'a device of Windows', 'CON'),
  ...everywhere(130, '300 characters', 'a'.repeat(300)),
  ...refused(130, 'a name with a slash', 'a/b'),
  {
    row: 130,
    title: 'a device of Windows in lower case, which is a good name',
    files: { [FILE]: JSON.stringify(policyObject({ podSelector: {} }, { name: 'con', namespace: 'nul' })) },
    exit: 0,
  },
  // Nothing is written as CSV, DOT, SVG or Mermaid: such a name is refused, and literal in the message.
  ...everywhere(131, 'a formula', '=HYPERLINK("http://example.com","x")'),
  ...everywhere(131, 'a formula with @', "@SUM(1+1)*cmd|' /C calc'!A0"),
  ...everywhere(132, 'an edge of DOT', 'a"; b -> c [label="x"]; "'),
  ...everywhere(132, 'a node of Mermaid', 'a]-->|x|b{c}'),
  ...everywhere(133, 'a template of JavaScript', `\${process.exit(7)}`),
  ...everywhere(133, 'a format', '%s%n%d %o'),
  ...everywhere(133, 'a replacement', '$& $1 $$ $`'),
  ...everywhere(133, 'a newline', 'a\nb'),
  ...everywhere(133, 'a carriage return', 'a\rb'),
];

badInput('names', ROWS);
covers(ROWS, span(126, 133), {});

describe('127: names that join to the same text', () => {
  // Pairs of (namespace, pod), of (key, value) and of (name, protocol) that a separator could make one.
  const separators = ['-', '.'];
  it.each(separators)('are not confused where `%s` joins them', (mark) => {
    const pods = [
      podObject(
        { spec: { containers: [{ ports: [{ name: 'a', containerPort: 80 }] }] } },
        { namespace: 'a', name: `b${mark}c`, labels: { [`k${mark}v`]: 'w', x: '1' } },
      ),
      podObject(
        { spec: { containers: [{ ports: [{ name: 'a-a', containerPort: 80 }] }] } },
        { namespace: mark === '.' ? 'ab' : 'a-b', name: 'c', labels: { k: `v${mark}w`, x1: '' } },
      ),
    ];
    const [first, second] = [`a/b${mark}c`, mark === '.' ? 'ab/c' : 'a-b/c'];
    const cases: readonly (readonly [selector: object, firstIsSelected: boolean, secondIsSelected: boolean])[] = [
      [{ matchLabels: { [`k${mark}v`]: 'w' } }, true, false],
      [{ matchLabels: { k: `v${mark}w` } }, false, true],
      [{ matchExpressions: [{ key: 'k', operator: 'In', values: ['v', 'w', `v${mark}w`] }] }, false, true],
      [{ matchExpressions: [{ key: 'x', operator: 'Exists' }] }, true, false],
      [{ matchExpressions: [{ key: 'x1', operator: 'Exists' }] }, false, true],
    ];
    for (const [podSelector, ...selected] of cases) {
      const policies = ['a', mark === '.' ? 'ab' : 'a-b'].map((namespace) =>
        policyObject({ podSelector, ingress: [{ ports: [{ port: 'a' }] }] }, { namespace }),
      );
      const manifests = parseManifests(ndjson(...pods, ...policies));
      for (const judge of [compile(manifests), reference(manifests)]) {
        const ask = (to: string): string => judge.canReach({ from: '192.0.2.1', to, protocol: 'TCP', port: 80 }).verdict;
        // The first pod has the port that the policy names, the second has one of a longer name.
        expect([ask(first!), ask(second!)]).toEqual(['allow', selected[1] ? 'deny' : 'allow']);
        const other = (to: string): string => judge.canReach({ from: '192.0.2.1', to, protocol: 'TCP', port: 81 }).verdict;
        expect([other(first!), other(second!)]).toEqual(selected.map((is) => (is ? 'deny' : 'allow')));
      }
    }
  });
});
