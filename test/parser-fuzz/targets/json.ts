/**
 * JSON manifests: one value, NDJSON, lists. What is accepted is what `JSON.parse` accepts and means the same; spelled so that the quick reader must leave it to the exact one,
 * or on one line so that it need not, it is the same.
 */

import type { Random } from '../../../src/fuzz/random.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { mutateBytes } from '../mutate.ts';
import { accepted, bytesOf, expectThat, refused, type Target, textOf } from '../target.ts';
import { checkReading, contentsOf, everythingOf, hasErrors, hasObjects } from './manifest-contents.ts';
import { manifestObjects } from './manifest-texts.ts';
import { escapeLetters, jsonText, spell, validObjects } from './valid-manifests.ts';
import { readBytewise } from './yaml.ts';

export const json: Target = {
  name: 'json',
  dictionary: [
    '{', '}', '[', ']', ',', ':', '"', '\\', '\\"', '\\u0041', '\\ud800', '\\udc00\\ud800', '\\u0000', '\n', ' ', '\t', 'null', 'true', 'false', '""', '{}', '[]', '[null]', '-', '.', 'e1',
    '/* */', '//', 'NaN', "'", '"__proto__":1,', '"a":1,"a":2', '}\n{', '},{', '"apiVersion":"v1",', '"kind":"List",', '"kind":"Pod",', '"items":[', '"metadata":{"name":"a"},',
    '"spec":{', '"podSelector":{},', '"ingress":[{}],', '"from":[', '"ports":[{"port":80}]', '"ipBlock":{"cidr":"10.0.0.0/8"}', '"matchLabels":{"a":"b"}', '"endPort":1,', '"port" : 80', '"\\u006bind":"Pod",', '"k\\u0069nd":"List",', '"api\\u0056ersion":"v1",', '"\\u0069tems":[', '"m\\u0065tadata":{', '"\\u0070odSelector":{}',
  ], // biome-ignore format: a list of words
  seeds: () => {
    const lists = manifestObjects();
    return [
      ...lists.map((objects) => bytesOf(objects.map((object) => JSON.stringify(object)).join('\n'))),
      ...lists.map((objects) => bytesOf(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2))),
      ...lists.slice(0, 4).map((objects) => bytesOf(JSON.stringify(objects, null, 1))),
      ...lists.slice(-7).map(([object]) => bytesOf(JSON.stringify(object, null, 4))),
    ];
  },
  generate: (random) => bytesOf(jsonText(random, validObjects(random))),
  mutate: escapeKeys,
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
    if (bytes.length % 4 === 0) expectThat(everythingOf(readBytewise(bytes, 11)) === everything, 'small pieces are read differently');
    checkAgainstJsonParse(text, manifests);
    return hasObjects(manifests) ? accepted(signature) : refused(signature);
  },
};

function checkAgainstJsonParse(text: string, manifests: Manifests): void {
  const values = valuesOf(text.startsWith('\ufeff') ? text.slice(1) : text);
  if (values === undefined) return;
  const contents = contentsOf(manifests);
  const agrees = (other: Manifests, how: string): void => {
    expectThat(contentsOf(other) === contents, `it differs from ${how}`, () => `\n${contents}\n${contentsOf(other)}`);
  };
  agrees(manifestsFromObjects(values.flatMap((value) => (Array.isArray(value) ? value : [value])) as object[]), 'what JSON.parse reads');
  const written = (colon: string, comma: string, keyOf: (key: string) => string): Manifests =>
    parseManifests(values.map((value) => spell(value, colon, comma, keyOf)).join('\n'));
  // One of three spellings: without anything to look at, and two that only the exact reader takes.
  const spelling = text.length % 3;
  if (spelling === 0) agrees(parseManifests(values.map((value) => JSON.stringify(value)).join('\n')), 'the same on one line');
  else if (spelling === 1) agrees(written(' : ', ' , ', String), 'the same with a space before each colon');
  else
    agrees(
      written(':', ',', (key) => escapeLetters(key)),
      'the same with every key escaped',
    );
}

/** The values of one JSON text or of NDJSON; undefined when it is neither. */
function valuesOf(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    try {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      return lines.map((line): unknown => JSON.parse(line));
    } catch {
      return undefined;
    }
  }
}

/** The same with letters of a few keys escaped; or other bytes. */
function escapeKeys(bytes: Uint8Array, random: Random): Uint8Array {
  const text = random.chance(0.15) ? textOf(bytes) : undefined;
  if (text === undefined) return mutateBytes(bytes, { random, dictionary: json.dictionary, other: bytes, largest: 16384 });
  return bytesOf(text.replace(/"(?:[^"\\]|\\.)*"(?=\s*:)/g, (key) => (random.chance(0.15) ? escapeLetters(key, random) : key)));
}
