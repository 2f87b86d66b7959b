/**
 * Backends of Services in generated clusters, found by reading the API's sentences one by one over all pods, and the verdict of a question to a Service as what the reference says of each of them.
 * Nothing of `src/services` is used on the side of the definition.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { PodObject, ServiceObject } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { canReachNamed } from '../../src/services/can-reach-named.ts';
import { checkProperty } from '../support/check.ts';
import { SEED } from '../support/seed.ts';

const FILE = 'test/property/services-equal-definition.test.ts';
const namespaceOf = ({ metadata }: { metadata: { namespace?: string | null | undefined } }) => metadata.namespace || 'default';
const nameOf = (pod: PodObject) => `${namespaceOf(pod)}/${pod.metadata.name}`;

type Port = NonNullable<NonNullable<ServiceObject['spec']>['ports']>[number];

/** Services with selectors that meet pods of the world, and ports of every form. */
function servicesOf({ pods, flowSeed }: World): ServiceObject[] {
  const random = createRandom(flowSeed);
  const containers = pods.flatMap(({ spec }) => spec?.containers ?? []).flatMap(({ ports }) => ports ?? []);
  return Array.from({ length: 4 }, (_, i): ServiceObject => {
    const pod = random.pick(pods);
    const labels = Object.entries(pod.metadata.labels ?? {});
    const known = containers.length > 0 ? random.pick(containers) : undefined;
    const protocol = random.pick([known?.protocol, 'TCP', null]);
    const targetPort = random.pick([known?.name, known?.containerPort, known?.containerPort, 0, undefined, '']);
    return {
      kind: 'Service',
      metadata: { name: `svc-${i}`, namespace: pod.metadata.namespace },
      spec: {
        clusterIP: random.pick([null, '10.250.0.1', 'None']),
        ...(random.chance(0.4) ? { ipFamilies: random.pick([['IPv4'], ['IPv6'], ['IPv4', 'IPv6']]) } : {}),
        selector: Object.fromEntries(labels.slice(0, random.pick([0, 1, 1, 1, 1, 1, 2]))),
        ports: [{ name: 'p', port: 80, targetPort, protocol }],
      },
    };
  });
}

/** "targetPort: Number or name of the port to access on the pods targeted by the service." */
function targetOf({ port, targetPort, protocol }: Port, { spec }: PodObject): number | undefined {
  if (targetPort === undefined || targetPort === null || targetPort === 0 || targetPort === '') return port;
  if (typeof targetPort === 'number') return targetPort;
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const { ports } of [...(spec?.containers ?? []), ...sidecars]) {
    for (const each of ports ?? [])
      if (each.name === targetPort && (each.protocol ?? 'TCP') === (protocol ?? 'TCP')) return each.containerPort;
  }
  return undefined;
}

function addressFamilies({ spec, status }: PodObject): Set<number> {
  const own = [status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)].filter(Boolean);
  const hosts =
    spec?.hostNetwork && own.length === 0 ? [status?.hostIP, ...(status?.hostIPs ?? []).map(({ ip }) => ip)].filter(Boolean) : [];
  return new Set([...own, ...hosts].map((ip) => (String(ip).includes(':') ? 6 : 4)));
}

/** The flows to all backends; `undefined` as family: the Service says none. */
function definedFlows({ pods }: World, service: ServiceObject, from: string): FlowQuery[] {
  const { spec } = service;
  const selector = Object.entries(spec?.selector ?? {});
  if (selector.length === 0) return [];
  const selected = pods.filter((pod) => {
    const labels = pod.metadata.labels ?? {};
    const has = selector.every(([key, value]) => Object.hasOwn(labels, key) && (labels[key] ?? '') === (value ?? ''));
    return has && namespaceOf(pod) === namespaceOf(service) && !['Succeeded', 'Failed'].includes(pod.status?.phase ?? '');
  });
  const staying = selected.filter(({ metadata }) => !metadata.deletionTimestamp);
  const [port] = spec?.ports ?? [];
  if (port === undefined) return [];
  const given = spec?.ipFamilies?.map((each) => (each === 'IPv4' ? 4 : 6) as 4 | 6);
  const families = given ?? (spec?.clusterIP?.includes('.') ? [4 as const] : undefined);
  return (staying.length > 0 ? staying : selected).flatMap((pod): FlowQuery[] => {
    // By name: of a headless Service too, SRV records give the target port.
    const number = targetOf(port, pod);
    if (number === undefined) return [];
    const flow: FlowQuery = { from, to: { pod: nameOf(pod) }, protocol: (port.protocol ?? 'TCP') as FlowQuery['protocol'], port: number };
    const own = addressFamilies(pod);
    if (own.size === 0 || families === undefined) return [flow];
    return families.filter((family) => own.has(family)).map((family) => ({ ...flow, family }));
  });
}

describe(`a question to a Service is one to each backend (seed ${SEED})`, () => {
  test('in generated clusters', () => {
    const seen = { allow: 0, deny: 0, mixed: 0, unknown: 0, none: 0, headless: 0 };
    // A mixed verdict is rare: worlds are drawn until there was one.
    for (let draws = 0; draws < 10 && Object.values(seen).includes(0); draws++) {
      checkProperty(
        world(PRESETS.ports),
        (generated) => {
          const services = servicesOf(generated);
          const manifests = toManifests({ ...generated, services, unreadableEnds: [] });
          const engine = compile(manifests, { cni: generated.profile, domainNames: generated.domainNames });
          const definition = reference(manifests, { cni: generated.profile, domainNames: generated.domainNames });
          const clients = generated.pods
            .filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase ?? ''))
            .slice(0, 4)
            .map(nameOf);
          for (const service of services) {
            for (const from of clients) {
              const found = canReachNamed(engine, manifests, { from, to: `svc/${namespaceOf(service)}/${service.metadata.name}:p` });
              const judged = definedFlows(generated, service, from).map((flow) => ({ flow, verdict: definition.canReach(flow) }));
              const common = judged.filter(({ verdict }) => verdict.unknown?.cause !== 'no-common-family');
              const wanted = common.length > 0 ? common : judged;
              const keyOf = ({ to, protocol, port, family }: FlowQuery) => JSON.stringify([to, protocol, port, family ?? null]);
              expect(found.flows.map(({ query }) => keyOf(query)).sort()).toEqual(wanted.map(({ flow }) => keyOf(flow)).sort());
              const headless = service.spec?.clusterIP === 'None';
              for (const { query, verdict, decision, unknown } of found.flows) {
                const said = wanted.find(({ flow }) => keyOf(flow) === keyOf(query))?.verdict.verdict;
                expect(decision.verdict).toBe(said);
                // A pod that comes back to itself is the one thing that is open beside what the reference says.
                const isItself = JSON.stringify(query.to) === JSON.stringify({ pod: from });
                if (unknown !== null) expect([unknown.cause, isItself, headless, verdict]).toEqual(['hairpin', true, false, 'unknown']);
                else expect(verdict).toBe(said);
              }
              const verdicts = new Set(found.flows.map(({ verdict }) => verdict));
              const all = verdicts.has('allow') && verdicts.has('deny') ? 'mixed' : verdicts.size === 1 ? [...verdicts][0] : 'unknown';
              expect(found.verdict).toBe(found.unknown === null ? all : 'unknown');
              const selects = Object.keys(service.spec?.selector ?? {}).length > 0;
              expect(found.unknown?.cause).toBe(selects ? (wanted.length > 0 ? undefined : 'no-backend') : 'no-selector');
              seen[found.flows.length === 0 ? 'none' : found.verdict]++;
              if (headless && found.flows.length > 0) seen.headless++;
            }
          }
        },
        { runs: 100, seed: SEED + draws, file: FILE, print: (each) => printObjects({ ...each, services: servicesOf(each) }) },
      );
    }
    for (const count of Object.values(seen)) expect(count, JSON.stringify(seen)).toBeGreaterThan(0);
  });
});
