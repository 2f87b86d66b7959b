/**
 * The bundled traffic mixes are read without a complaint, and name pods and workloads that their clusters have.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { parseTrafficMix } from '../../src/flows/mix.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import type { FlowEnd } from '../../src/model/flow.ts';

const DATASETS = join(import.meta.dirname, '../../datasets');
const ANYWHERE: FlowEnd = { ip: '192.0.2.1' };
const ANYWHERE_6: FlowEnd = { ip: '2001:db8::1' };

describe.each(readdirSync(join(DATASETS, 'mixes')))('mix %s', (file) => {
  const mix = parseTrafficMix(JSON.parse(readFileSync(join(DATASETS, 'mixes', file), 'utf8')));

  it('names pods and workloads that the cluster of the same name has', async () => {
    const engine = compile(await loadManifests([join(DATASETS, 'clusters', file.replace('.json', ''))]));
    const ends = mix.entries.flatMap(({ from, to }) => [...from, ...to]).flatMap((end) => ('end' in end ? [end.end] : []));
    for (const end of ends) {
      expect(() => engine.verdict({ from: end, to: ANYWHERE, protocol: 'TCP', port: 443 })).not.toThrow();
      expect(() => engine.verdict({ from: ANYWHERE_6, to: end, protocol: 'TCP', port: 443 })).not.toThrow();
    }
    expect(ends.length).toBeGreaterThan(20);
  });

  it('carries allowed and denied traffic, and leaves rules alone that it has no traffic for', async () => {
    const engine = compile(await loadManifests([join(DATASETS, 'clusters', file.replace('.json', ''))]));
    const verdicts = mix.entries.flatMap(({ from, to, protocol, ports }) =>
      from.flatMap((source) =>
        to.flatMap((destination) =>
          'end' in source && 'end' in destination
            ? [engine.verdict({ from: source.end, to: destination.end, protocol, port: ports[0]!.first })]
            : [],
        ),
      ),
    );
    expect(new Set(verdicts)).toEqual(new Set(['allow', 'deny']));
    expect(verdicts.filter((verdict) => verdict === 'deny').length).toBeGreaterThanOrEqual(5);
    expect(mix.shares?.aimed).toBe(0);
  });
});
