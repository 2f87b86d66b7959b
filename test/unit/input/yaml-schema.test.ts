/**
 * YAML scalars against the table of sigs.k8s.io/yaml goyaml.v2 (resolve.go, and its tests in resolve_test.go and decode_test.go).
 */
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { OddScalar, plainValue } from '../../../src/input/odd-scalar.ts';
import { kubernetesYaml, resolvePlain } from '../../../src/input/yaml-schema.ts';

function read(text: string): unknown {
  return plainValue(load(text, { schema: kubernetesYaml }));
}

const VALUES: readonly (readonly [text: string, value: unknown])[] = [
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((text) => [text, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((text) => [text, false] as const),
  ...['~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ['yEs', 'yEs'],
  ['nULL', 'nULL'],
  ['None', 'None'],
  ['0', 0],
  ['-0', -0],
  ['80', 80],
  ['+80', 80],
  ['-1', -1],
  ['017', 15],
  ['-017', -15],
  ['0o17', 15],
  ['0O17', 15],
  ['0b101', 5],
  ['0x1F', 31],
  ['0X1f', 31],
  ['1_000', 1000],
  ['0_1_7', 15],
  ['08', 8],
  ['1e3', 1000],
  ['1E+3', 1000],
  ['80.0', 80],
  ['1.10', 1.1],
  ['.5', 0.5],
  ['._5', '._5'],
  ['5.', 5],
  ['.', '.'],
  ['+', '+'],
  ['12:30', '12:30'],
  ['190:20:30', '190:20:30'],
  ['0x', '0x'],
  ['0b2', '0b2'],
  ['0o8', '0o8'],
  ['1.2.3', '1.2.3'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['2001-01-01', '2001-01-01'],
  ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['.NaN', Number.NaN],
  ['"on"', 'on'],
  ["'017'", '017'],
  ['!!str 80', '80'],
  ['!!int "80"', 80],
  ['!!bool "on"', true],
  ['text', 'text'],
];

describe('plain YAML scalars', () => {
  it.each(VALUES)('reads %s as Kubernetes does', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it('keeps spellings on which readers disagree, and only those', () => {
    for (const odd of ['on', 'y', 'True', '017', '0x1F', '1_000', '+80', '80.0', '1e3', '~', 'null', '2001-01-01', '-0']) {
      expect(resolvePlain(odd), odd).toBeInstanceOf(OddScalar);
    }
    for (const plain of ['true', 'false', '0', '80', '-1']) expect(resolvePlain(plain), plain).not.toBeInstanceOf(OddScalar);
    for (const text of ['web', '12:30', 'None', '10.0.0.1']) expect(resolvePlain(text), text).toBeUndefined();
  });

  it('merges with `<<`, and leaves prototypes alone', () => {
    expect(load('a: &a {x: 1}\nb: {<<: *a, z: 2}', { schema: kubernetesYaml })).toEqual({ a: { x: 1 }, b: { x: 1, z: 2 } });
    const polluted = load('a: &a {__proto__: {polluted: 1}}\nb: {<<: *a}', { schema: kubernetesYaml }) as { b: object };
    expect(Object.keys(polluted.b)).toEqual(['__proto__']);
    expect((polluted.b as { polluted?: number }).polluted).toBeUndefined();
  });
});
