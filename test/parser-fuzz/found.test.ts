/**
 * What the parser fuzzer found, one named case each; the inputs themselves are in the corpus.
 */
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/input/fault.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { parseYaml } from '../../src/input/yaml-parse.ts';

const skippedOf = (text: string): readonly string[] => [...parseManifests(text).skipped.keys()];

describe('found by fuzzing parsers', () => {
  it('a kind that goes on on the next line is not the kind of its first line', () => {
    const object = (rest: string): string => `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\n${rest}metadata:\n  name: c\n`;
    expect(skippedOf(object(' null c\n'))).toEqual(['CiliumNetworkPolicy null c']);
    expect(skippedOf(object(''))).toEqual(['CiliumNetworkPolicy']);
    expect(skippedOf(object('  # a comment\n'))).toEqual(['CiliumNetworkPolicy']);
  });

  it('a version in quotes with text below it is not YAML, also in an object that is not read', () => {
    const object = (rest: string): string => `apiVersion: "v1"\n${rest}kind: ConfigMap\nmetadata:\n  name: c\n`;
    expect(parseManifests(object(' x\n')).diagnostics.map(({ code }) => code)).toEqual(['yaml-syntax']);
    expect(parseManifests(object('')).diagnostics).toEqual([]);
  });

  it('a traffic mix of several YAML documents is refused as such', () => {
    expect(() => parseYaml('kind: TrafficMix\n---\nkind: TrafficMix\n', 1)).toThrow(Fault);
    expect(() => parseYaml('kind: TrafficMix\n---\nkind: TrafficMix\n', 1)).toThrow('the text holds several documents, expected one');
    expect(parseYaml('---\nkind: TrafficMix\n', 1)).toEqual({ kind: 'TrafficMix' });
  });
});
