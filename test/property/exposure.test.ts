/**
 * The exposure against pods that come: for each pod that is drawn, with any labels, namespace, address and port names, the half that the reference gives is the one that rows say, in both directions. What
 * is open is told by a row that means the pod, and what a row tells is open for every pod that it means.
 */
import { describe, expect, it } from 'vitest';
import { exposureMatrix } from '../../src/exposure/exposure.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { type ClusterSettings, PRESETS } from '../../src/fuzz/settings.ts';
import { edgesOf, universeOf, type World, world } from '../../src/fuzz/world.ts';
import type { MatrixRow } from '../../src/matrix/matrix.ts';
import type { Verdict } from '../../src/model/decision.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { reference } from '../../src/reference/reference.ts';
import { checkProperty } from '../support/check.ts';
import { claimed, drawPods, type FuturePod, isMeant } from '../support/future-pods.ts';

const file = 'test/property/exposure.test.ts';

/** From a number that the property draws. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Can rows say unknown only where the verdict is? Not where what is open is taken at its worst and at its best. */
function isExact({ profile, adminPolicies, networkPolicies, unreadable }: World): boolean {
  const text = JSON.stringify([adminPolicies, networkPolicies]);
  const hasNames = /"(namedPort|destinationNamedPort|domainNames)"|"port":"/.test(text);
  return !hasNames && (adminPolicies.length + unreadable.length === 0 || profile.equalPriority !== 'undefined');
}

function rowsByPod(generated: World): Map<string, MatrixRow[]> {
  const { profile: cni, domainNames } = generated;
  const rows = new Map<string, MatrixRow[]>();
  for (const row of exposureMatrix(toManifests(generated), { cni, domainNames, by: 'pod' }).rows()) {
    const [near, far, direction] = row.to.kind === 'pod' ? [row.to, row.from, 'ingress'] : [row.from, row.to, 'egress'];
    if (far.kind !== 'futurePods' || near.kind !== 'pod') continue;
    const key = `${near.namespace}/${near.name} ${direction}`;
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  return rows;
}

describe('the exposure to pods that do not exist yet', () => {
  const seen = { allow: 0, deny: 0, unknown: 0, exact: 0, byName: 0, excepted: 0, newNamespace: 0 };

  function check(generated: World, settings: ClusterSettings, drawn: number): void {
    const random = randomFrom(generated.flowSeed);
    const pods = drawPods(generated, drawn, settings, random);
    const after: World = {
      ...generated,
      namespaces: [...generated.namespaces, ...pods.flatMap(({ namespace }) => namespace ?? [])],
      pods: [...generated.pods, ...pods.map(({ pod }) => pod)],
    };
    const { profile: cni, domainNames } = generated;
    const definition = reference(toManifests(after), { cni, domainNames });
    const rows = rowsByPod(generated);
    const universe = universeOf(generated, edgesOf(generated));
    const exact = isExact(generated);
    for (const subject of universe.pods) {
      const families = universe.families.get(subject) ?? [];
      for (const future of pods) {
        const family = families.length === 0 ? (random(2) === 0 ? 4 : 6) : (families[random(families.length)] ?? 4);
        for (const direction of ['ingress', 'egress'] as const) {
          const meant = (rows.get(`${subject} ${direction}`) ?? []).filter(({ from, to }) => {
            const end = direction === 'ingress' ? from : to;
            return end.kind === 'futurePods' && isMeant(end, future, family);
          });
          const declared = future.ports.map(({ containerPort }) => containerPort);
          for (let i = 0; i < 4; i++) {
            const candidates = [...universe.ports, ...declared];
            const port = candidates[random(candidates.length)] ?? 1;
            const protocol = PROTOCOLS[random(3)] ?? 'TCP';
            const [from, to] = [{ pod: nameOf(future) }, { pod: subject }];
            const ends = direction === 'ingress' ? { from, to } : { from: to, to: from };
            const decision = definition.canReach({ ...ends, protocol, port, family });
            // A host-network pod may have no address of that family.
            if (decision.unknown !== undefined) continue;
            judge(
              decision[direction].verdict,
              meant,
              future,
              { protocol, port },
              exact,
              `${direction} of ${subject}, ${nameOf(future)} IPv${family}`,
            );
          }
        }
      }
    }
  }

  function judge(
    half: Verdict,
    meant: readonly MatrixRow[],
    future: FuturePod,
    { protocol, port }: { readonly protocol: 'TCP' | 'UDP' | 'SCTP'; readonly port: number },
    exact: boolean,
    what: string,
  ): void {
    const told = claimed(meant, future, protocol, port);
    const where = `${what} ${protocol}/${port}: ${half}, and rows say ${[...told].join(', ') || 'nothing'}\n${JSON.stringify(future)}\n${JSON.stringify(meant)}`;
    if (told.has('allow') && half !== 'allow') throw new Error(`told open: ${where}`);
    if (half !== 'deny' && told.size === 0) throw new Error(`told closed: ${where}`);
    if (exact && !told.has('allow') && told.has('unknown') && half !== 'unknown') throw new Error(`told unknown: ${where}`);
    seen[half]++;
    if (exact) seen.exact++;
    if (future.namespace !== undefined && half === 'allow') seen.newNamespace++;
    if (meant.some(({ ports }) => ports.named !== undefined)) seen.byName++;
    for (const { from, to } of meant) {
      const end = from.kind === 'futurePods' ? from : to;
      if (end.kind === 'futurePods' && end.except.length > 0) seen.excepted++;
    }
  }

  for (const preset of ['mixed', 'selectors', 'addresses', 'ports', 'tiers', 'unreadable', 'prototypes'] as const) {
    it(`is what the reference says when one comes (${preset})`, { timeout: 120_000 }, () => {
      const settings: ClusterSettings = PRESETS[preset];
      checkProperty(world(settings), (generated) => check(generated, settings, 6), {
        runs: preset === 'tiers' ? 45 : 12,
        file,
        print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}`,
      });
    });
  }

  it('has met what it should', () => {
    for (const [what, count] of Object.entries(seen)) expect([what, count > 0]).toEqual([what, true]);
  });
});

function nameOf({ pod: { metadata } }: FuturePod): string {
  return `${metadata.namespace}/${metadata.name}`;
}
