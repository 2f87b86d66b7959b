/**
 * Calico's isolated tenants: one namespace, few pods and one policy each; pods carry many labels, most of which no policy reads and some of which no two pods share.
 */
import { cidr, list, type Read, record, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import { FIRST_POD_ADDRESS, ipv4, type KubernetesObject, type Labels, namespaceObject, podObject, policyObject } from '../objects.ts';
import { createRandom, type Random } from '../random.ts';

const published = record({
  tenants: whole(1, 1_000_000),
  podsPerTenant: whole(1, 1000),
  /** Labels whose value no other pod has: the lengths of the values. */
  uniqueLabels: list(whole(1, 63)),
  binaryLabels: whole(0, 100),
  environments: whole(1, 1000),
  tiers: whole(1, 1000),
  regions: whole(1, 1000),
  teams: whole(1, 1000),
  constantLabels: whole(0, 100),
  /** Values of the label `service`. */
  services: whole(1, 1_000_000),
  /** Beside `kubernetes.io/metadata.name`. */
  namespaceLabels: whole(0, 100),
  dns: cidr,
});

const assumed = record({ nodes: whole(1, 10_000) });

type Published = Read<typeof published>;

export const calicoTenants = defineGenerator({
  published,
  assumed,
  sizes: ({ published: { tenants, podsPerTenant } }) => ({ namespaces: tenants, pods: tenants * podsPerTenant, policies: tenants }),
  scale: (shape, fraction) => ({ ...shape, published: { ...shape.published, tenants: scaled(shape.published.tenants, fraction) } }),
  objects: generate,
});

function* generate(
  { published: shape, assumed: { nodes } }: Parameters<Published, Read<typeof assumed>>,
  seed: number,
): Iterable<KubernetesObject> {
  const random = createRandom(seed);
  for (let i = 0; i < shape.tenants; i++) {
    const labels = Array.from({ length: shape.namespaceLabels }, (_, j) => [`tenant-label-${j}`, j === 0 ? `tenant-${i}` : 'isolated']);
    yield namespaceObject(`tenant-${i}`, Object.fromEntries(labels) as Labels);
  }
  for (let i = 0; i < shape.tenants * shape.podsPerTenant; i++) {
    yield podObject({
      namespace: `tenant-${Math.floor(i / shape.podsPerTenant)}`,
      name: `pod-${i % shape.podsPerTenant}`,
      labels: podLabels(shape, random),
      addresses: [ipv4(FIRST_POD_ADDRESS, i)],
      node: { name: `node-${i % nodes}` },
    });
  }
  const own = [{ podSelector: {} }];
  const dns = { to: [{ ipBlock: { cidr: shape.dns } }], ports: [{ protocol: 'UDP', port: 53 } as const] };
  const spec = { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: own }], egress: [{ to: own }, dns] } as const;
  for (let i = 0; i < shape.tenants; i++) yield policyObject(`tenant-${i}`, 'isolate', spec);
}

function podLabels(shape: Published, random: Random): Labels {
  const labels: Record<string, string> = {};
  for (const [i, length] of shape.uniqueLabels.entries()) labels[`unique-${i}`] = random.word(length);
  for (let i = 0; i < shape.binaryLabels; i++) labels[`binary-${i}`] = String(random.chance(0.5));
  labels.env = `env-${random.int(shape.environments)}`;
  labels.tier = `tier-${random.int(shape.tiers)}`;
  labels.region = `region-${random.int(shape.regions)}`;
  labels.team = `team-${random.int(shape.teams)}`;
  for (let i = 0; i < shape.constantLabels; i++) labels[`constant-${i}`] = 'same';
  labels.service = `service-${random.int(shape.services)}`;
  return labels;
}
