/**
 * A snapshot is the manifests that it was made of: the same tables byte by byte, hence the same verdicts, reasons and places; the same places of fields; the same findings.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, type Engine } from '../../../../src/engine/engine.ts';
import { flowsOf } from '../../../../src/fuzz/fuzz.ts';
import { printObjects, toManifests } from '../../../../src/fuzz/manifests.ts';
import { PRESET_NAMES, PRESETS } from '../../../../src/fuzz/settings.ts';
import { type World, world } from '../../../../src/fuzz/world.ts';
import { loadManifests } from '../../../../src/input/load-manifests.ts';
import { parseManifests } from '../../../../src/input/parse-manifests.ts';
import { decodeSnapshot } from '../../../../src/input/snapshot/decode-snapshot.ts';
import { encodeSnapshot } from '../../../../src/input/snapshot/encode-snapshot.ts';
import type { FlowQuery } from '../../../../src/model/flow.ts';
import type { Manifests } from '../../../../src/model/resource.ts';
import { WireFormatError } from '../../../../src/wire/wire-error.ts';
import { checkProperty } from '../../../support/check.ts';
import { SEED } from '../../../support/seed.ts';
import { BROKEN, FIELDS, FULL } from './inputs.ts';

const FILE = 'test/unit/input/snapshot/round-trip.test.ts';
const CLUSTERS = join(import.meta.dirname, '../../../../datasets/clusters');

/** Without the functions that answer places. */
function plain({ context, ...manifests }: Manifests): unknown {
  const { distrusted: _, ...kept } = context ?? {};
  return JSON.parse(JSON.stringify({ ...manifests, ...kept, skipped: [...manifests.skipped], counts: [...manifests.counts] }));
}

/** Through the checks of reading, for some of the names are none. */
function read({ namespaces, pods, nodes, services, networkPolicies, adminPolicies }: World): Manifests {
  const text = printObjects({ namespaces, pods, nodes, services, networkPolicies, adminPolicies });
  return parseManifests(text, { file: 'world.json' });
}

/** The decision, or what is said of a flow whose end does not exist. */
function answer(engine: Engine, flow: FlowQuery): unknown {
  try {
    return engine.canReach(flow);
  } catch (error) {
    return (error as Error).message;
  }
}

function tableBytes(manifests: Manifests): Buffer {
  return Buffer.from(new Uint8Array(compile(manifests).tables.buffer));
}

function expectSame(manifests: Manifests): Manifests {
  const bytes = encodeSnapshot(manifests);
  const again = decodeSnapshot(bytes);
  expect(tableBytes(again).equals(tableBytes(manifests))).toBe(true);
  expect(Buffer.compare(encodeSnapshot(again), bytes)).toBe(0);
  return again;
}

describe(`a snapshot (seed ${SEED})`, () => {
  it.each(PRESET_NAMES)('compiles to the tables of its manifests, and says the same of flows: %s', (preset) => {
    checkProperty(
      world(PRESETS[preset]),
      (objects) => {
        const manifests = read(objects);
        const again = decodeSnapshot(encodeSnapshot(manifests));
        const [engine, other] = [manifests, again].map((each) => compile(each, { cni: objects.profile })) as [Engine, Engine];
        expect(Buffer.from(new Uint8Array(other.tables.buffer)).equals(Buffer.from(new Uint8Array(engine.tables.buffer)))).toBe(true);
        const next = flowsOf(objects);
        for (let i = 0; i < 3; i++) {
          const flow = next();
          expect(answer(other, flow)).toEqual(answer(engine, flow));
        }
      },
      { runs: 40, file: FILE, print: printObjects },
    );
  });

  it.each(readdirSync(CLUSTERS))('is what the files say: %s', async (cluster) => {
    const manifests = await loadManifests([join(CLUSTERS, cluster)]);
    expect(plain(expectSame(manifests))).toEqual(plain(manifests));
  });

  it.each(BROKEN)('keeps what could not be read: %s', (_, text) => {
    const manifests = parseManifests(text, { file: 'broken.yaml' });
    expect(manifests.unreadable.length + manifests.unreadableEnds.length + manifests.diagnostics.length).toBeGreaterThan(0);
    expect(plain(expectSame(manifests))).toEqual(plain(manifests));
  });

  it('knows where every field stood', () => {
    const manifests = parseManifests(FULL, { file: 'full.yaml' });
    const again = expectSame(manifests);
    const places = ({ networkPolicies, adminPolicies }: Manifests): unknown =>
      [...networkPolicies, ...adminPolicies].map((policy) => FIELDS.map((field) => policy.locate(field)));
    expect(places(again)).toEqual(places(manifests));
    expect(new Set((places(again) as object[][]).flat().map((each) => JSON.stringify(each))).size).toBeGreaterThan(10);
  });

  it('tells the line of a rule that decides, for an allow and for a deny', () => {
    const engine = compile(decodeSnapshot(encodeSnapshot(parseManifests(FULL, { file: 'full.yaml' }))));
    const asked = (port: number) => engine.canReach({ from: 'shop/web', to: 'shop/cart', protocol: 'TCP', port });
    expect(asked(80)).toMatchObject({ verdict: 'allow' });
    const line = FULL.split('\n').indexOf('    - ports:') + 1;
    expect(asked(80).ingress.reasons.map(({ origin }) => `${origin.file}:${origin.line}`)).toContain(`full.yaml:${line}`);
    expect(asked(81)).toMatchObject({ verdict: 'deny' });
  });

  it('shares what objects have in common', () => {
    const { pods } = decodeSnapshot(encodeSnapshot(parseManifests(FULL)));
    expect(pods[0]!.object.metadata.labels).toBe(pods[1]!.object.metadata.labels);
    expect(pods[0]!.object).not.toBe(pods[1]!.object);
  });

  it('keeps keys that every object has, other alphabets and numbers of every kind', () => {
    const labels = JSON.parse('{"constructor":"b","toString":"","123":"c"}') as Record<string, string>;
    const owner = [{ kind: 'Ünïcode\u{1f600}', name: 'x'.repeat(300), controller: true }];
    const port = { port: 80, targetPort: -5 };
    const manifests = toManifests({
      pods: [{ kind: 'Pod', metadata: { name: 'a', labels, ownerReferences: owner } }],
      services: [{ kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ ...port, targetPort: 8080 }] } }],
    });
    const again = decodeSnapshot(encodeSnapshot(manifests));
    expect(Object.entries(again.pods[0]!.object.metadata.labels!)).toEqual(Object.entries(labels));
    expect(again.pods[0]!.object.metadata.ownerReferences).toEqual(owner);
    expect(again.services[0]!.object).toEqual(manifests.services[0]!.object);
  });

  it('is not made of what reading would have refused', () => {
    const odd = toManifests({ pods: [{ kind: 'Pod', metadata: { name: 'No Name' } }] });
    expect(() => encodeSnapshot(odd)).toThrow(WireFormatError);
    const twice = toManifests({
      pods: [
        { kind: 'Pod', metadata: { name: 'a' } },
        { kind: 'Pod', metadata: { name: 'a', namespace: 'default' } },
      ],
    });
    expect(() => encodeSnapshot(twice)).toThrow(/`default\/a` is there twice|`a` is there twice/);
    const half = toManifests({ pods: [{ kind: 'Pod', metadata: { name: 'a', ownerReferences: [{ kind: 'Job', name: '\ud800' }] } }] });
    expect(() => encodeSnapshot(half)).toThrow(/half a surrogate pair/);
    expect(() => encodeSnapshot({} as Manifests)).toThrow(RangeError);
  });
});
