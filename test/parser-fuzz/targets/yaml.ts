/**
 * YAML manifests. The whole way of a file: bytes, strict UTF-8, pieces, reader. An accepted text read again says the same; read whole or in small pieces, the same; and its
 * document written as JSON holds the same objects.
 */
import { dump } from 'js-yaml';
import { createByteDecoder } from '../../../src/input/byte-decoder.ts';
import { createCollector } from '../../../src/input/collector.ts';
import { Fault } from '../../../src/input/fault.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { readInto } from '../../../src/input/text-reader.ts';
import { parseYaml } from '../../../src/input/yaml-parse.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { accepted, bytesOf, expectThat, refused, type Target, textOf } from '../target.ts';
import { checkReading, contentsOf, everythingOf, hasErrors, hasObjects } from './manifest-contents.ts';
import { manifestObjects } from './manifest-texts.ts';
import { validObjects, yamlText } from './valid-manifests.ts';

const FILE = '<text>';

export const yaml: Target = {
  name: 'yaml',
  dictionary: [
    '---\n', '...\n', '- ', ': ', '? ', '&a ', '*a', '<<: *a', '!!str ', '!!binary ', '!<x> ', '|\n', '>-\n', '# ', '{', '}', '[', ']', ',', '"', "'", '\n', '  ', '\t',
    'y', 'on', 'no', 'null', '~', 'true', '2001-01-01', '%YAML 1.1\n', '{{ .Values.x }}',
    'apiVersion: v1\n', 'kind: Pod\n', 'kind: List\n', 'kind: Secret\n', 'items:\n', 'metadata:\n', 'spec:\n', 'podSelector: {}\n', 'ingress:\n', 'egress: []\n', 'from:\n',
    'ports:\n', 'ipBlock:\n', 'cidr: ', 'except:\n', 'matchLabels:\n', 'matchExpressions:\n', 'operator: In\n', 'endPort: 1\n', 'name: ', 'namespace: ',
  ], // biome-ignore format: a list of words
  seeds: () => [
    ...manifestObjects().map((objects) => bytesOf(objects.map((object) => dump(object)).join('---\n'))),
    ...HAND_WRITTEN.map(bytesOf),
  ],
  generate: (random) => bytesOf(yamlText(random, validObjects(random))),
  run(bytes) {
    const manifests = readBytewise(bytes, bytes.length);
    const signature = checkReading(manifests, bytes.filter((byte) => byte === 10 || byte === 13).length + 1);
    const text = textOf(bytes);
    if (text === undefined) {
      expectThat(hasErrors(manifests), 'a text that is not UTF-8 was accepted');
      return refused(signature);
    }
    const everything = everythingOf(manifests);
    expectThat(everythingOf(parseManifests(text)) === everything || bytes.includes(0), 'text and bytes are read differently');
    if (hasErrors(manifests)) return refused(signature);
    if (bytes.length % 4 === 0) expectThat(everythingOf(readBytewise(bytes, 7)) === everything, 'small pieces are read differently');
    checkAgainstJson(text, manifests);
    return hasObjects(manifests) ? accepted(signature) : refused(signature);
  },
};

/** A text of one document: its value as JSON is the same document. */
function checkAgainstJson(text: string, manifests: Manifests): void {
  if (/^(?:---|\.\.\.|%|\ufeff)/m.test(text) || /[\r\u0085\u2028\u2029]/.test(text)) return;
  let value: unknown;
  try {
    value = parseYaml(text, 1);
  } catch (error) {
    // Objects that are skipped are never parsed.
    if (error instanceof Fault) return;
    throw error;
  }
  const json = JSON.stringify(value);
  if (json === undefined || json.includes('"raw":') || json.includes('\\u0001')) return;
  const other = parseManifests(json);
  // An object with `items` and without kind: in JSON a list whose kind does not come, in YAML an object that is left out with a warning.
  if (other.diagnostics.some(({ code }) => code === 'not-a-list')) return;
  expectThat(
    contentsOf(other) === contentsOf(manifests),
    'YAML and the same as JSON differ',
    () => `\n${contentsOf(manifests)}\n${contentsOf(other)}`,
  );
}

/** Reads bytes as files are read, so many at a time. */
export function readBytewise(bytes: Uint8Array, piece: number): Manifests {
  const collector = createCollector({});
  const file = collector.openFile(FILE);
  const reader = readInto(FILE, file);
  const decoder = createByteDecoder();
  try {
    for (let at = 0; at < bytes.length && !file.isRefused(); at += piece) {
      const { text, bytes: whole } = decoder.push(bytes.slice(at, at + piece));
      reader.push(text, whole);
    }
    if (!file.isRefused()) {
      decoder.end();
      reader.end();
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    file.refuseFault(error, FILE);
  }
  file.end();
  return collector.finish();
}

const HAND_WRITTEN: readonly string[] = [
  '',
  '# nothing\n---\n---\nnull\n...\n',
  '\ufeffapiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: a\r\n',
  'apiVersion: v1\nkind: Namespace\nmetadata: &m {name: a, labels: {"x": "y"}}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  labels: &l\n    a: "1"\n  annotations: *l\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n  podSelector: {}\n  ingress:\n  - ports:\n    - port: 0100\n    - {port: 0x50}\n    - port: !!str 80\n',
  '{"apiVersion": "v1", "kind": "Namespace", metadata: {name: a}}\n',
  '- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: a\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: >-\n      b\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  text: |\n    --- not a document\n    {{ nor }} this\n',
  'a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: *c\n',
];
