/**
 * Plain YAML scalars as Kubernetes reads them: sigs.k8s.io/yaml goyaml.v2, resolve.go. `y`, `yes`, `on` and their opposites are booleans, integers have
 * the prefixes of Go (`017`, `0o17`, `0b1`, `0x1f`) and may hold `_`, there are no base-60 numbers, a date stays text, `<<` merges. What is not spelled in
 * the one way that every reader agrees on becomes an OddScalar.
 */
import { FAILSAFE_SCHEMA, Type } from 'js-yaml';
import { OddScalar } from './odd-scalar.ts';

const TRUE: readonly string[] = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE: readonly string[] = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const NULL: readonly string[] = ['~', 'null', 'Null', 'NULL'];

/** Words that are values. The plain spellings stand for themselves, the others for what they were. */
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...TRUE.map((word): [string, unknown] => [word, word === 'true' ? true : new OddScalar(word, true)]),
  ...FALSE.map((word): [string, unknown] => [word, word === 'false' ? false : new OddScalar(word, false)]),
  ...NULL.map((word): [string, unknown] => [word, new OddScalar(word, null)]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, unknown] => [word, new OddScalar(word, Number.NaN)]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, unknown] => [word, new OddScalar(word, Infinity)]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, unknown] => [word, new OddScalar(word, -Infinity)]),
]);

const LONGEST_WORD = 5;

/** First characters of scalars that may be something other than text. */
const HINTS = new Uint8Array(128);
for (const character of '0123456789+-.') HINTS[character.charCodeAt(0)] = 1;
for (const word of WORDS.keys()) HINTS[word.charCodeAt(0)] ||= 2;

const PLAIN_INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;
const DATE =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?)?$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;

/** The value of a plain (unquoted) scalar; undefined when it is text. */
export function resolvePlain(text: string): unknown {
  const first = text.charCodeAt(0);
  const hint = first < 128 ? HINTS[first]! : 0;
  if (hint === 0) return undefined;
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  return hint === 1 ? resolveNumber(text) : undefined;
}

function resolveNumber(text: string): unknown {
  if (PLAIN_INTEGER.test(text)) return Number(text);
  // Addresses and versions, nearly always.
  if (text.includes('/') || text.indexOf('.') !== text.lastIndexOf('.')) return undefined;
  if (DATE.test(text)) return new OddScalar(text, text);
  // Go's ParseFloat decides about `.5`, without underscores.
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  const integer = INTEGER.exec(digits);
  if (integer !== null) return new OddScalar(text, integerValue(integer));
  return FLOAT.test(digits) ? new OddScalar(text, Number(digits)) : undefined;
}

function integerValue([, sign, hex, binary, octal, oldOctal, decimal]: RegExpExecArray): number {
  const magnitude =
    hex !== undefined
      ? Number(`0x${hex}`)
      : binary !== undefined
        ? Number(`0b${binary}`)
        : decimal !== undefined
          ? Number(decimal)
          : Number(`0o${octal ?? oldOctal}`);
  return sign === '-' ? -magnitude : magnitude;
}

const mergeKey = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: string) => text === '<<' });

/** js-yaml asks first and constructs next, always in this order: the answer is kept in between. */
let resolved: unknown;

const plainScalar = new Type('tag:netpolsim,2026:plain', {
  kind: 'scalar',
  resolve: (text: string) => {
    resolved = resolvePlain(text);
    return resolved !== undefined;
  },
  construct: () => resolved,
});

/** A tag that is written out, such as `!!int "80"`: the text must be such a value. */
function tagged(name: string, isSuch: (value: unknown) => boolean): Type {
  const readTagged = (text: unknown): unknown => {
    const value = typeof text === 'string' ? resolvePlain(text) : undefined;
    return value instanceof OddScalar ? value.value : value;
  };
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: unknown) => isSuch(readTagged(text)),
    construct: readTagged,
  });
}

export const kubernetesYaml = FAILSAFE_SCHEMA.extend({
  // One implicit type instead of one for each kind of value: measured, the parser asks each of them about every plain scalar.
  implicit: [mergeKey, plainScalar],
  explicit: [
    tagged('null', (value) => value === null),
    tagged('bool', (value) => typeof value === 'boolean'),
    tagged('int', (value) => typeof value === 'number' && Number.isInteger(value)),
    tagged('float', (value) => typeof value === 'number'),
  ],
});
