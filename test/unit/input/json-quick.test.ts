/**
 * The quick reading of JSON objects against the exact one: the same value, or none.
 */
import { describe, expect, it } from 'vitest';
import { readJsonQuickly } from '../../../src/input/json-quick.ts';
import { JsonText } from '../../../src/input/json-text.ts';
import { JsonTokens } from '../../../src/input/json-tokens.ts';
import { pod } from '../../../src/input/schemas/core.ts';
import { networkPolicy } from '../../../src/input/schemas/network-policy.ts';
import type { ObjectShape } from '../../../src/input/shape.ts';
import { IGNORE_ANNOTATION } from '../../../src/model/resource.ts';

const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'x', uid: 'u', annotations: { note: 'a "b": \\"c\\": {' } },
  spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }, {}] },
};

function jsonOf(text: string): JsonText {
  const json = new JsonText();
  json.advance(0, text, undefined);
  return json;
}

function quickly(text: string, shape: ObjectShape = networkPolicy): unknown {
  return readJsonQuickly(shape, jsonOf(text), 0)?.value;
}

function exactly(text: string, shape: ObjectShape = networkPolicy): unknown {
  return new JsonTokens(jsonOf(text)).readValue(shape, 1);
}

describe('reading quickly', () => {
  const plain = { ...policy, metadata: { name: 'p', namespace: 'x', uid: 'u', annotations: { note: 'a: b' } } };
  it.each([
    ['one line', JSON.stringify(plain)],
    ['one line and more', `${JSON.stringify(plain)},\r\n{"x":1}`],
    ['many lines', `${JSON.stringify(plain, null, 2)}\n`],
    ['lines in no order', JSON.stringify(plain, null, 1).replaceAll('\n ', '\r\n\t').replaceAll('":', '"\n:')],
    ['something behind it', `${JSON.stringify(plain)}}`],
    ['a text that ends with a backslash', JSON.stringify({ ...plain, metadata: { ...plain.metadata, annotations: { 'a\\': 'x": {\\' } } })],
    ['escaped quotes', JSON.stringify({ ...plain, metadata: { ...plain.metadata, annotations: { a: 'x "y": z' } } })],
  ])('gives what reading exactly gives: %s', (_, text) => {
    const { apiVersion: __, metadata, ...rest } = exactly(text) as { apiVersion?: string; metadata: object };
    expect(quickly(text)).toEqual({ ...rest, metadata });
    expect(metadata).toEqual({ name: 'p', namespace: 'x' });
  });

  it('counts the lines, wherever the object begins and however far its fields are to the right', () => {
    for (let indent = 0; indent <= 10; indent++) {
      const text = JSON.stringify(plain, null, indent).replace('"kind"', ' \n\n     "kind"');
      for (let start = 0; start < 8; start++) {
        const before = ' '.repeat(start);
        const found = readJsonQuickly(networkPolicy, jsonOf(`${before}${text}\n    `), start)!;
        expect(found.end).toBe(start + text.length);
        expect(found.newlines).toBe(text.split('\n').length - 1);
        expect(found.lineStart).toBe(start + text.lastIndexOf('\n') + 1);
        expect(found.value).toEqual(quickly(JSON.stringify(plain)));
      }
    }
  });

  const text = JSON.stringify(plain);
  it.each([
    ['a key twice', text.replace('"port":80', '"port":80,"port":81')],
    ['a key twice, one with a space', text.replace('"port":80', '"port" :80,"port":81')],
    ['a key twice where nothing is read', text.replace('"uid":"u"', '"uid":"u","uid":"v"')],
    ['a key twice beside a text that looks like a key', text.replace('"port":80', '"port" :80,"x":"\\\\":1')],
    ['a rounded number', text.replace('80', '9007199254740993')],
    ['a number that is not plain', text.replace('80', '8e1')],
    ['80.0', text.replace('80', '80.0')],
    ['-0', text.replace('80', '-0')],
    ['half a character', text.replace('"u"', '"\\ud800"')],
    ['a cut end', text.slice(0, -1)],
    ['depth', text.replace('{}', `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`)],
    ['a key twice beside a text that ends with a backslash', text.replace('"port":80', '"port":80,"x":"\\\\","port":81')],
    ['a number in a list that is not plain', text.replace('"ingress":[', '"ingress":[1.0,')],
    ['too many digits', text.replace('80', '1000000000000000')],
    ['an object of more than 64 K', text.replace('"u"', `"${'u'.repeat(64 * 1024)}"`)],
    ['a bracket in the place of a brace', text.replace('{"port":80}', '{"port":80]')],
  ])('leaves to exact reading: %s', (_, odd) => {
    expect(odd).not.toBe(text);
    expect(quickly(odd)).toBeUndefined();
  });

  const metadata = { name: 'a', labels: { app: 'x' }, ownerReferences: [{ kind: 'Job', name: 'j', uid: 'u' }] };
  const container = { name: 'c', image: 'i', ports: [{ name: 'http', containerPort: 80, x: {} }] };
  it.each([
    ['fields that are not read', { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [container], dnsPolicy: 'x' } }],
    ['nulls', { kind: 'Pod', metadata: { ...metadata, labels: null, annotations: null }, spec: null, status: { podIPs: null } }],
    ['nothing that is not read', { kind: 'Pod', metadata: { name: 'a' }, status: { podIPs: [{ ip: 'y' }] } }],
    ['what is not read behind what is', { metadata, status: { podIPs: [{ ip: 'y', x: 1 }, { ip: 'z' }], podIP: 'y', qosClass: {} } }],
    ['annotations that are not read', { metadata: { ...metadata, annotations: { a: 'x' } } }],
    ['annotations that are read', { metadata: { ...metadata, annotations: { a: 'x', [IGNORE_ANNOTATION]: 'y' } } }],
    ['names that every object has', { metadata, spec: { toString: 1, constructor: {} }, status: { hasOwnProperty: [] } }],
    ['labels with such names', { metadata: { ...metadata, labels: { constructor: 'x', a: null, toString: '' } } }],
  ])('cuts a pod as reading exactly does: %s', (_, object) => {
    const text = JSON.stringify(object);
    const read = quickly(text, pod);
    expect(read).toEqual(exactly(text, pod));
    expect(JSON.stringify(read)).toBe(JSON.stringify(exactly(text, pod)));
  });

  const wrong: readonly (readonly [string, object])[] = [
    ['no metadata', { spec: {} }],
    ['null where something must be', { metadata: null }],
    ['metadata without a name', { metadata: { labels: {} } }],
    ['a list where an object should be', { metadata: [metadata] }],
    ['an object where a list should be', { metadata, spec: { containers: { a: container } } }],
    ['a field that has another name', { metadata: { ...metadata, lables: {} } }],
    ['a field more at the top', { metadata, specs: {} }],
    ['null in a list', { metadata, status: { podIPs: [null] } }],
    ['a list in a list', { metadata, status: { podIPs: [[{ ip: 'y' }]] } }],
    ['a text in a list of objects', { metadata, status: { podIPs: ['y'] } }],
    ['a number for a text', { metadata: { name: 1 } }],
    ['a text for a number', { metadata, spec: { containers: [{ ports: [{ containerPort: '80' }] }] } }],
    ['a text for a boolean', { metadata, spec: { hostNetwork: 'true' } }],
    ['an unknown name of a phase', { metadata, status: { phase: 'running' } }],
    ['a text that is too long', { metadata, spec: { nodeName: 'n'.repeat(1025) } }],
    ['a template', { metadata, spec: { nodeName: '{{ x }}' } }],
    ['a template as a label', { metadata: { ...metadata, labels: { '{{ x }}': 'y' } } }],
    ['a template as the value of a label', { metadata: { ...metadata, labels: { x: '{{ y }}' } } }],
    ['a number as a label', { metadata: { ...metadata, labels: { x: 1 } } }],
    ['labels in a list', { metadata: { ...metadata, labels: ['x'] } }],
    ['annotations that are no object', { metadata: { ...metadata, annotations: 'x' } }],
  ];
  it.each(wrong)('leaves to exact reading what is not as its shape: %s', (_, object) => {
    expect(quickly(JSON.stringify(object), pod)).toBeUndefined();
    expect(exactly(JSON.stringify(object), pod)).toBeDefined();
  });

  it('leaves pods with many fields to exact reading', () => {
    const podOf = (count: number): string =>
      JSON.stringify({ metadata: { name: 'a' }, spec: Object.fromEntries(Array.from({ length: count - 3 }, (_, i) => [`f${i}`, i])) });
    expect(quickly(podOf(48), pod)).toEqual({ metadata: { name: 'a' }, spec: {} });
    expect(quickly(podOf(49), pod)).toBeUndefined();
  });
});
