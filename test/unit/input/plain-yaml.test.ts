/**
 * YAML documents that are no manifests: a traffic mix in YAML says what the same mix in JSON says.
 */
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseTrafficMix } from '../../../src/flows/mix.ts';
import { parsePlainYaml } from '../../../src/input/plain-yaml.ts';

const mix = {
  apiVersion: 'netpolsim/v1',
  kind: 'TrafficMix',
  shares: { aimed: 0.5, mix: 1e3, uniform: 0 },
  entries: [
    { from: 'shop/web', to: 'shop/cart', port: 80, weight: 0.5, zipf: 1.1, protocol: null },
    { from: '*', to: 'shop/*', ports: [80, '8000-8010'], weight: 20 },
  ],
};

describe('a document in YAML', () => {
  test('is the same as in JSON, decimals and nulls too', () => {
    expect(parsePlainYaml(dump(mix), 1)).toEqual(mix);
    expect(parseTrafficMix(parsePlainYaml(dump(mix), 1))).toEqual(parseTrafficMix(mix));
  });

  test('is the same in an odd spelling', () => {
    expect(parsePlainYaml('{ a: 1.50, b: ~, c: yes, d: 0x10, e: [1e2] }', 1)).toEqual({ a: 1.5, b: null, c: true, d: 16, e: [100] });
  });
});
