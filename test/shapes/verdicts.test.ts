/**
 * A small cluster of every bundled shape is read without a word, compiles, and the engine says of it what the reference says: on flows between pods, to themselves, and from and to
 * the addresses that blocks begin at, on ports that rules name and the ones after. Both verdicts occur.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import type { Decision, Verdict } from '../../src/model/decision.ts';
import type { FlowEnd, FlowQuery } from '../../src/model/flow.ts';
import { reference } from '../../src/reference/reference.ts';
import { loadShape, shapeNames } from '../../src/shapes/load-shape.ts';
import type { KubernetesObject } from '../../src/shapes/objects.ts';
import { createRandom, type Random } from '../../src/shapes/random.ts';
import { parseShape, type Shape, shapeObjects } from '../../src/shapes/shape.ts';
import { describeDifference } from '../support/compare.ts';

/** Small enough to ask the reference; a tenth where it is not said. */
const SCALES: Readonly<Record<string, number>> = {
  'antrea-cluster-scoped': 0.01,
  'antrea-large': 0.01,
  'antrea-one-namespace': 0.01,
  'antrea-policy-per-pod': 0.02,
  'antrea-small': 0.005,
  'calico-netsets-10k': 0.01,
  'calico-netsets-1k': 0.02,
  'calico-production': 0.01,
  'calico-snapshot': 0.01,
  'calico-tenants-100k': 0.002,
  'calico-tenants-10k': 0.02,
  'cidr-heavy': 0.02,
  'cilium-netpol-1000': 0.02,
  'cluster-load': 0.005,
  'kube-burner-example': 1,
  'kube-burner-ocp': 1,
  'kube-burner-ocp-large': 0.04,
  'kubernetes-maximum': 0.0015,
};
const FLOWS = 400;

describe('a small cluster of', () => {
  it.each(shapeNames())('%s', (name) => {
    const counts = compareVerdicts(loadShape(name), SCALES[name] ?? 0.1);
    expect(counts.allow).toBeGreaterThan(0);
    expect(counts.deny).toBeGreaterThan(0);
    expect(counts.unknown).toBe(0);
  });

  it('cilium-netpol with its domain names, whose addresses nobody knows: what is not allowed otherwise is unknown', () => {
    const file = new URL('../../datasets/shapes/cilium-netpol-100.json', import.meta.url);
    const document = JSON.parse(readFileSync(file, 'utf8')) as { assumed: object };
    const shape = parseShape({ ...document, assumed: { ...document.assumed, domainNames: 'cluster-network-policy' } });
    const counts = compareVerdicts(shape, 0.05);
    expect(counts.allow).toBeGreaterThan(0);
    expect(counts.deny).toBe(0);
    expect(counts.unknown).toBeGreaterThan(0);
  });
});

/** @throws {Error} that shows the first flow of which engine and reference say different things */
function compareVerdicts(shape: Shape, scale: number): Record<Verdict, number> {
  const objects = [...shapeObjects(shape, { scale })];
  const manifests = manifestsFromObjects(objects);
  expect(manifests.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect([manifests.unreadable.length, manifests.skipped.size]).toEqual([0, 0]);
  const engine = compile(manifests, { shared: false });
  const definition = reference(manifests);
  const next = flows(objects, createRandom(1));
  const counts = { allow: 0, deny: 0, unknown: 0 };
  for (let i = 0; i < FLOWS; i++) {
    const flow = next();
    const [expected, got] = [plain(definition.canReach(flow)), plain(engine.canReach(flow))];
    if (!isDeepStrictEqual(got, expected)) throw new Error(describeDifference(flow, expected, got));
    counts[expected.verdict]++;
  }
  return counts;
}

/** Without the sentence for people. */
function plain({ unknown, ...decision }: Decision): Omit<Decision, 'unknown'> & { readonly cause?: string } {
  return unknown === undefined ? decision : { ...decision, cause: unknown.cause };
}

function flows(objects: readonly KubernetesObject[], random: Random): () => FlowQuery {
  const pods = objects.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const text = JSON.stringify(objects.filter(({ kind }) => kind.endsWith('Policy')).map(({ spec }) => spec));
  const addresses = [...new Set(['203.0.113.1', ...[...text.matchAll(/"([0-9a-f.:]+)\/\d+"/g)].map((found) => found[1]!)])];
  const ports = [...new Set([...text.matchAll(/"(?:port|number)":(\d+)/g)].map((found) => Number(found[1])))];
  const dual = JSON.stringify(objects.find(({ kind }) => kind === 'Pod')).includes('::');
  // Between a pod without an address of the family and such an address there is no flow, and no verdict.
  const reachable = addresses.filter((address) => dual || !address.includes(':'));
  const pod = (): FlowEnd => ({ pod: random.pick(pods) });
  return () => {
    const from = pod();
    const outside = random.chance(0.3) ? { ip: random.chance(0.2) ? '203.0.113.1' : random.pick(reachable) } : undefined;
    const to = outside ?? (random.chance(0.2) ? from : pod());
    const port = Math.min(65_535, (ports.length > 0 && random.chance(0.8) ? random.pick(ports) : 8080) + (random.chance(0.2) ? 1 : 0));
    const protocol = random.chance(0.9) ? 'TCP' : 'UDP';
    const family = outside === undefined && dual ? { family: random.pick([4, 6] as const) } : {};
    return random.chance(0.5) ? { from, to, port, protocol, ...family } : { from: to, to: from, port, protocol, ...family };
  };
}
