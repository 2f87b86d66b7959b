/**
 * Plain scalars as Kubernetes reads them (sigs.k8s.io/yaml, goyaml.v2 resolve.go), seen through fields of each type.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { labelYaml } from './bad-case.ts';

const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const NULL = ['~', 'null', 'Null', 'NULL'];
const INTEGERS: readonly (readonly [text: string, value: number])[] = [
  ['0', 0],
  ['80', 80],
  ['+80', 80],
  ['-80', -80],
  ['017', 15],
  ['0o17', 15],
  ['0O17', 15],
  ['-017', -15],
  ['0x1F', 31],
  ['0X1f', 31],
  ['+0x1f', 31],
  ['0b101', 5],
  ['0B101', 5],
  ['-0b11', -3],
  ['1_000', 1000],
  ['1__0', 10],
  ['1_', 1],
  ['0_7', 7],
  ['0x_1f', 31],
];
const FLOATS = [
  '1.10',
  '1.',
  '.5',
  '-.5',
  '+.5',
  '80.0',
  '80.5',
  '1e3',
  '1E3',
  '1e+3',
  '1_000.5',
  '089',
  '08',
  '.inf',
  '-.inf',
  '+.Inf',
  '.NaN',
  '99999999999999999999',
];
const TEXTS = [
  '2001-01-01',
  '2001-1-1',
  '12:30',
  '12:30:45',
  '1.2.3',
  '0x',
  '0b102',
  '0o8',
  '1e',
  '_1',
  '.5_0',
  'tRue',
  'oN',
  'yEs',
  'nan',
  'Infinity',
  '-Infinity',
  '.infinity',
  '0x1p3',
  '10.0.0.1',
  '1-2',
  '+',
  '=',
  'y1',
  'offf',
  'nulll',
  'a: b'.slice(0, 1),
];

/** Fields of a boolean, a whole number and a text that nothing but their type is asked of. */
function podWith(field: 'hostNetwork' | 'nodeName', value: string): Manifests {
  return parseManifests(`apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec:\n  ${field}: ${value}\n`);
}

function portWith(value: string): Manifests {
  return parseManifests(`apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec:\n  ports:\n  - port: ${value}\n`);
}

describe('booleans', () => {
  it.each(TRUE)('%s is true.', (text) => expect(podWith('hostNetwork', text).pods[0]?.object.spec?.hostNetwork).toBe(true));
  it.each(FALSE)('%s is false.', (text) => expect(podWith('hostNetwork', text).pods[0]?.object.spec?.hostNetwork).toBe(false));
  it.each([...TRUE, ...FALSE])('%s is no text, and in quotes it is.', (text) => {
    expect(onlyError(podWith('nodeName', text))).toContain('boolean');
    expect(podWith('nodeName', `"${text}"`).pods[0]?.object.spec?.nodeName).toBe(text);
    expect(onlyError(podWith('hostNetwork', `"${text}"`))).toContain('expected a boolean');
  });
  it.each(['tRue', 'oN', '1', '0', 'yess'])('%s is no boolean.', (text) =>
    expect(onlyError(podWith('hostNetwork', text))).toContain('expected a boolean'),
  );
});

describe('null', () => {
  it.each(NULL)('%s is no value.', (text) => {
    const { pods, diagnostics } = podWith('nodeName', text);
    expect([pods[0]?.object.spec?.nodeName, diagnostics]).toEqual([null, []]);
  });
  it('A value that is not written is none.', () => expect(podWith('nodeName', '').pods[0]?.object.spec?.nodeName).toBe(null));
});

describe('numbers', () => {
  it.each(INTEGERS)('%s is no text, and as a number Kubernetes reads %i.', (text, value) => {
    expect(onlyError(podWith('nodeName', text))).toContain('number');
    const manifests = portWith(text);
    if (/^-?(?:0|[1-9]\d*)$/.test(text)) {
      // Spelled as every reader has it; whether it is a port is another question.
      expect(manifests.services[0]?.object.spec?.ports?.[0]?.port ?? value).toBe(value);
      return;
    }
    expect(onlyError(manifests)).toContain(`\`${text}\``);
    expect(manifests.diagnostics[0]).toMatchObject({
      code: 'ambiguous-value',
      ...(value < 0 ? {} : { hint: expect.stringContaining(`reads it as ${value}:`) }),
    });
  });
  it.each(FLOATS)('%s is a number, and no text.', (text) => {
    expect(onlyError(podWith('nodeName', text))).toContain('number');
    expect(onlyError(portWith(text))).toContain(`\`${text}\``);
    expect(podWith('nodeName', `'${text}'`).pods[0]?.object.spec?.nodeName).toBe(text);
  });
});

describe('text', () => {
  it.each(TEXTS)('%s is text.', (text) => {
    const { pods, diagnostics } = podWith('nodeName', text);
    expect([pods[0]?.object.spec?.nodeName, diagnostics]).toEqual([text, []]);
  });
});

describe('labels', () => {
  const odd = [...TRUE, ...FALSE, ...NULL, '1', '1.10', '017', '0x1f', '2001-01-01'];
  it.each(odd)('%s as a label value has to be quoted.', (text) => {
    const bad = parseManifests(labelYaml(`env: ${text}`));
    expect(onlyError(bad)).toContain('quote it');
    expect(bad.diagnostics[0]).toMatchObject({
      hint: `write \`"${text}"\``,
      origin: { line: 9, column: 7 },
      field: 'spec.podSelector.matchLabels.env',
    });
    expect(bad.unreadable).toHaveLength(1);
    if (text === '~') return;
    const good = parseManifests(labelYaml(`env: "${text}"`));
    expect([good.networkPolicies[0]?.object.spec?.podSelector, good.diagnostics]).toEqual([{ matchLabels: { env: text } }, []]);
  });
  it.each(['y', 'on', 'no', 'null', '~', '017', '1.5', '2001-01-01'])('%s as a label key has to be quoted.', (text) => {
    const bad = parseManifests(labelYaml(`${text}: x`));
    expect(onlyError(bad)).toContain('quote it');
    expect(bad.diagnostics[0]).toMatchObject({ hint: `write \`"${text}"\``, origin: { line: 9, column: 7 } });
    if (text !== '~') expect(parseManifests(labelYaml(`"${text}": x`)).networkPolicies).toHaveLength(1);
  });
  it('A label value that is not written is empty.', () => {
    const { networkPolicies, diagnostics } = parseManifests(labelYaml('env:'));
    expect([networkPolicies[0]?.object.spec?.podSelector?.matchLabels?.env ?? '', diagnostics]).toEqual(['', []]);
  });
});

describe('merge keys', () => {
  it('A merge key adds what the mapping does not have.', () => {
    const { pods } = parseManifests(
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: b\n  labels:\n    <<: {app: merged, tier: back}\n    app: own\n',
    );
    expect(pods[0]?.object.metadata.labels).toEqual({ app: 'own', tier: 'back' });
  });
});

/** The message of the one error. */
function onlyError({ diagnostics }: Manifests): string {
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
  return diagnostics[0]?.message ?? '';
}
