/**
 * Whatever is suggested for a denied flow of a generated cluster is true by the definition: with the changed objects the reference allows the half that was denied.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import { applyChanges } from '../../src/input/changes.ts';
import { textOfEnd } from '../../src/model/flow.ts';
import { reference } from '../../src/reference/reference.ts';
import { troubleshoot } from '../../src/troubleshoot/troubleshoot.ts';
import { checkProperty } from '../support/check.ts';
import { SEED } from '../support/seed.ts';

const FILE = 'test/property/suggestions-help.test.ts';
const FLOWS = 15;
const MOST_DENIED = 4;

describe(`suggestions help (seed ${SEED})`, () => {
  const codes = new Map<string, number>();

  test.each(['mixed', 'ports', 'addresses', 'selectors'] as const)('in clusters of the preset %s', (preset) => {
    const done = { denied: 0, suggestions: 0, walks: 0 };
    checkProperty(
      world(PRESETS[preset]),
      (generated) => {
        const manifests = toManifests(generated);
        const { profile: cni, domainNames } = generated;
        const engine = compile(manifests, { cni, domainNames });
        const definition = reference(manifests, { cni, domainNames });
        const next = flowsOf(generated);
        for (let i = 0, looked = 0; i < FLOWS && looked < MOST_DENIED; i++) {
          const flow = next();
          const [from, to] = [textOfEnd(flow.from) ?? '', textOfEnd(flow.to) ?? ''];
          const query = { ...flow, from, to };
          const before = definition.canReach(query);
          const walk = troubleshoot(engine, manifests, query, { domainNames });
          done.walks++;
          // A Service's cluster address is a name here.
          if (before.unknown?.cause !== 'service-address') {
            const outcome = { allow: 'reaches', deny: 'blocked', unknown: 'unknown' }[before.verdict];
            expect(walk.outcome).toBe(outcome);
          }
          // Workloads of several pods, and pods of two families, are pairs of their own.
          if (before.verdict !== 'deny' || walk.reachability?.flows.length !== 1) continue;
          looked++;
          done.denied++;
          for (const { changes, step, code, connects, blocked, opens } of walk.suggestions) {
            const changed = reference(applyChanges(manifests, changes), { cni, domainNames });
            done.suggestions++;
            codes.set(code, (codes.get(code) ?? 0) + 1);
            expect(['egress', 'ingress']).toContain(step);
            expect(opens).toBeLessThanOrEqual(blocked);
            expect(opens).toBeGreaterThan(0);
            const after = changed.canReach(query);
            // Where the question is one pair, the whole of it is what was tried.
            if (blocked === 1 && after.unknown === undefined) {
              expect([code, after[step === 'egress' ? 'egress' : 'ingress'].verdict]).toEqual([code, 'allow']);
              expect([code, after.verdict === 'allow']).toEqual([code, connects === 1]);
            }
          }
        }
      },
      { runs: 15, file: FILE, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
    );
    expect(done.denied, JSON.stringify(done)).toBeGreaterThan(10);
    expect(done.suggestions, JSON.stringify(done)).toBeGreaterThan(2);
  });

  test('of many kinds', () => {
    expect(codes.size, JSON.stringify([...codes])).toBeGreaterThan(3);
  });
});
