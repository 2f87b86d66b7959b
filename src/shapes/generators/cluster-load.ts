/**
 * The load test of Kubernetes' scalability group (clusterloader2 `testing/load`): namespaces of large, medium and small deployments, an egress policy on every so many
 * of them, and the policies of its policy load test.
 */
import { cidr, list, type Read, record, share, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import {
  FIRST_POD_ADDRESS,
  ipv4,
  type KubernetesObject,
  namespaceObject,
  nodeObjects,
  nodeOf,
  oneWay,
  podObject,
  policyObject,
  tcp,
} from '../objects.ts';

const published = record({
  nodes: whole(1, 5000),
  nodesPerNamespace: whole(1, 5000),
  podsPerNamespace: whole(1, 10_000),
  /** Kinds of deployments: pods of each, and the share of a namespace's pods that they hold together. */
  deployments: list(record({ pods: whole(1, 10_000), share })),
  policyEvery: whole(1, 100_000),
  policyCidr: cidr,
  policyPort: whole(1, 65_535),
  loadPolicies: whole(0, 100_000),
  loadPorts: list(whole(1, 65_535)),
});

const assumed = record({
  /** Policies of the policy load test select the pods of one deployment, from the first on, so many to a namespace. */
  loadPoliciesPerNamespace: whole(1, 100_000),
});

type Published = Read<typeof published>;
type Shape = Parameters<Published, Read<typeof assumed>>;

interface Deployment {
  readonly name: string;
  readonly pods: number;
}

function namespacesOf({ nodes, nodesPerNamespace }: Published): number {
  return Math.max(1, Math.floor(nodes / nodesPerNamespace));
}

/** The deployments of any namespace. */
function deploymentsOf({ podsPerNamespace, deployments }: Published): Deployment[] {
  return deployments.flatMap(({ pods, share: part }, kind) =>
    Array.from({ length: Math.floor((podsPerNamespace * part) / pods) }, (_, i) => ({ name: `deployment-${kind}-${i}`, pods })),
  );
}

export const clusterLoad = defineGenerator({
  published,
  assumed,
  problems: ({ published: shape }) => (deploymentsOf(shape).length === 0 ? ['`published.deployments`: no namespace holds any'] : []),
  sizes: ({ published: shape }) => {
    const namespaces = namespacesOf(shape);
    const deployments = deploymentsOf(shape);
    const pods = deployments.reduce((sum, each) => sum + each.pods, 0);
    return {
      namespaces,
      pods: namespaces * pods,
      policies: Math.ceil((namespaces * deployments.length) / shape.policyEvery) + shape.loadPolicies,
    };
  },
  scale: (shape, fraction) => ({
    ...shape,
    published: {
      ...shape.published,
      nodes: scaled(shape.published.nodes, fraction),
      loadPolicies: scaled(shape.published.loadPolicies, fraction),
    },
  }),
  objects: generate,
});

function* generate({ published: shape, assumed: { loadPoliciesPerNamespace } }: Shape): Iterable<KubernetesObject> {
  const namespaces = namespacesOf(shape);
  const deployments = deploymentsOf(shape);
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`load-${i}`);
  yield* nodeObjects(shape.nodes);
  let pod = 0;
  for (let i = 0; i < namespaces; i++) {
    for (const { name, pods } of deployments) {
      for (let j = 0; j < pods; j++, pod++) {
        yield podObject({
          namespace: `load-${i}`,
          name: `${name}-${j}`,
          labels: { group: 'load', name },
          addresses: [ipv4(FIRST_POD_ADDRESS, pod)],
          node: nodeOf(pod % shape.nodes),
        });
      }
    }
  }
  const egress = (block: string, ports: readonly number[], name: string) =>
    oneWay('Egress', { matchLabels: { name } }, [{ peers: [{ ipBlock: { cidr: block } }], ports: ports.map((port) => tcp(port)) }]);
  for (let i = 0; i < namespaces * deployments.length; i += shape.policyEvery) {
    const { name } = deployments[i % deployments.length]!;
    yield policyObject(`load-${Math.floor(i / deployments.length)}`, name, egress(shape.policyCidr, [shape.policyPort], name));
  }
  for (let i = 0; i < shape.loadPolicies; i++) {
    const { name } = deployments[(i % loadPoliciesPerNamespace) % deployments.length]!;
    const namespace = Math.floor(i / loadPoliciesPerNamespace) % namespaces;
    yield policyObject(`load-${namespace}`, `policy-load-${i}`, egress(`10.0.${i & 255}.0/24`, shape.loadPorts, name));
  }
}
