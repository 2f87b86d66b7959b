/**
 * Where NetworkPolicies alone have a say, rows are made from sets of ports: the same rows as port by port, for one pod and for several told together, whatever ports are asked for.
 */
import { describe, expect, it } from 'vitest';
import { profileOf } from '../../src/cni/check-profile.ts';
import { lower } from '../../src/dialects/lower.ts';
import { AdditiveReader } from '../../src/exposure/additive.ts';
import { AdditiveRows } from '../../src/exposure/additive-rows.ts';
import { Bindings } from '../../src/exposure/bindings.ts';
import { Conditions } from '../../src/exposure/conditions.ts';
import { exposureRows, type PortFilter } from '../../src/exposure/exposure-rows.ts';
import { ExposureReader } from '../../src/exposure/pod-exposure.ts';
import { PortSets } from '../../src/exposure/port-sets.ts';
import { TermSpace } from '../../src/exposure/terms.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { DIRECTIONS } from '../../src/model/protocol.ts';
import { checkProperty } from '../support/check.ts';

const FILTERS: readonly PortFilter[] = [{}, { protocol: 'UDP' }, { port: 80 }, { protocol: 'TCP', port: 8080 }];

describe('rows from sets of ports', () => {
  const seen = { one: 0, several: 0, named: 0, some: 0, address: 0 };

  function check(generated: World): void {
    const profile = profileOf(generated.profile);
    const manifests = toManifests(generated);
    const { policySet } = lower(manifests, profile, generated.domainNames);
    const { cluster } = buildCluster(manifests, profile);
    const conditions = new Conditions(profile);
    const space = new TermSpace(conditions, new Map(cluster.namespaces.map(({ name, labels }) => [name, labels])));
    const ports = new PortSets();
    const additive = new AdditiveReader(conditions, space, ports);
    const reader = new ExposureReader(conditions, space, policySet);
    const bindings = new Bindings(policySet, cluster);
    for (const direction of DIRECTIONS) {
      const ordinary = cluster.pods.flatMap((pod) => {
        const families = [...new Set(pod.ips.map(({ family }) => family))];
        const subject = { tiers: bindings.of(pod).tiers, namedPorts: pod.namedPorts, families };
        const sets = additive.read(subject, direction);
        return sets === undefined ? [] : [{ sets, terms: reader.read(subject, direction) }];
      });
      const together = [...ordinary.map((one) => [one]), ...(ordinary.length > 1 ? [ordinary, ordinary.slice(0, 2)] : [])];
      for (const [i, pods] of together.entries()) {
        const filter = FILTERS[i % FILTERS.length] ?? {};
        const rows = new AdditiveRows(conditions, space, ports, filter).of(pods.map(({ sets }) => sets));
        const expected = exposureRows(
          pods.map(({ terms }) => terms),
          conditions,
          space,
          filter,
        );
        expect(rows).toEqual(expected);
        if (pods.length === 1) seen.one += rows.length;
        else seen.several += rows.length;
        for (const row of rows) {
          seen.named += row.ports.named?.length ?? 0;
          seen.some += row.ports.some.length;
          seen.address += row.end.matching.filter(({ kind }) => kind === 'address').length;
        }
      }
    }
  }

  for (const preset of ['selectors', 'addresses', 'ports', 'mixed'] as const) {
    it(`are those that are made port by port (${preset})`, () => {
      checkProperty(world(PRESETS[preset]), check, { runs: 25, file: 'test/property/additive-exposure.test.ts', print: printObjects });
    });
  }

  it('has met what it should', () => {
    for (const [what, count] of Object.entries(seen)) expect([what, count > 0]).toEqual([what, true]);
  });
});
