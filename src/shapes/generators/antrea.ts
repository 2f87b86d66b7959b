/**
 * The five workloads with which Antrea times its policy controller (`networkpolicy_controller_perf_test.go`): namespaces of groups of equal pods; each group has a
 * policy that selects it and admits it. Every policy isolates both directions and none allows egress, as there: it was written to time grouping, not for traffic.
 */
import { flag, oneOf, type Read, record, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import { FIRST_POD_ADDRESS, ipv4, type KubernetesObject, type Labels, namespaceObject, podObject, policyObject } from '../objects.ts';
import { createRandom, distinct, type Random } from '../random.ts';

const published = record({
  namespaces: whole(1, 100_000),
  /** Values of the namespaces' label `company`, which peers are selected by; 0: peers are of the policy's own namespace. */
  companies: whole(0, 100_000),
  groupsPerNamespace: whole(1, 100_000),
  podsPerGroup: whole(1, 100_000),
  policiesPerGroup: whole(1, 100_000),
  /** Labels of group i: `app-i: scale-i`, `app: scale-i`, or `app: scale-` and a random word. */
  labels: oneOf('numbered keys', 'numbered values', 'random values'),
  /** Whom a policy admits: its own group, or the other group of the pair (0 and 1, 2 and 3, …). */
  peers: oneOf('own', 'other of pair'),
  defaultDeny: flag,
});

const assumed = record({ nodes: whole(1, 10_000) });

type Published = Read<typeof published>;
type Shape = Parameters<Published, Read<typeof assumed>>;

export const antrea = defineGenerator({
  published,
  assumed,
  problems: ({ published: { peers, groupsPerNamespace } }) =>
    peers === 'other of pair' && groupsPerNamespace % 2 === 1
      ? ['`published.groupsPerNamespace`: pairs need an even number of groups']
      : [],
  sizes: ({ published: { namespaces, groupsPerNamespace, podsPerGroup, policiesPerGroup, defaultDeny } }) => ({
    namespaces,
    pods: namespaces * groupsPerNamespace * podsPerGroup,
    policies: namespaces * (groupsPerNamespace * policiesPerGroup + (defaultDeny ? 1 : 0)),
  }),
  scale: ({ published: shape, ...rest }, fraction) => ({ ...rest, published: smaller(shape, fraction) }),
  objects: generate,
});

/** Fewer namespaces; of one namespace, fewer groups; of one group, fewer pods and policies. */
function smaller(shape: Published, fraction: number): Published {
  if (shape.namespaces > 1) return { ...shape, namespaces: scaled(shape.namespaces, fraction) };
  if (shape.groupsPerNamespace > 1) return { ...shape, groupsPerNamespace: 2 * scaled(shape.groupsPerNamespace / 2, fraction) };
  return { ...shape, podsPerGroup: scaled(shape.podsPerGroup, fraction), policiesPerGroup: scaled(shape.policiesPerGroup, fraction) };
}

function* generate({ published: shape, assumed: { nodes } }: Shape, seed: number): Iterable<KubernetesObject> {
  const random = createRandom(seed);
  const names = namesOf(shape, random);
  const labels = labelsOf(shape, random);
  const companyOf = (i: number): Labels => ({ company: `company-${i % shape.companies}` });
  for (const [i, name] of names.entries()) yield namespaceObject(name, shape.companies > 0 ? companyOf(i) : { app: name });
  let pod = 0;
  for (const namespace of names) {
    for (let group = 0; group < shape.groupsPerNamespace; group++) {
      for (let i = 0; i < shape.podsPerGroup; i++, pod++) {
        yield podObject({
          namespace,
          name: `pod-${group}-${i}`,
          labels: labels[group]!,
          addresses: [ipv4(FIRST_POD_ADDRESS, pod)],
          node: { name: `node-${random.int(nodes)}` },
        });
      }
    }
  }
  const types = { policyTypes: ['Ingress', 'Egress'] } as const;
  for (const [i, namespace] of names.entries()) {
    if (shape.defaultDeny) yield policyObject(namespace, 'default-deny-all', { podSelector: {}, ...types });
    for (let group = 0; group < shape.groupsPerNamespace; group++) {
      const podSelector = { matchLabels: labels[shape.peers === 'own' ? group : group ^ 1]! };
      const peer = shape.companies > 0 ? { podSelector, namespaceSelector: { matchLabels: companyOf(i) } } : { podSelector };
      const spec = { podSelector: { matchLabels: labels[group]! }, ...types, ingress: [{ from: [peer] }] };
      for (let j = 0; j < shape.policiesPerGroup; j++) yield policyObject(namespace, `np-${group}-${j}`, spec);
    }
  }
}

function namesOf({ namespaces, companies }: Published, random: Random): string[] {
  const words = distinct(namespaces, () => random.word(8));
  return companies > 0 ? words.map((word, i) => `company-${i % companies}-${word}`) : words;
}

function labelsOf({ groupsPerNamespace, labels }: Published, random: Random): Labels[] {
  if (labels === 'random values') return distinct(groupsPerNamespace, () => random.word(8)).map((word) => ({ app: `scale-${word}` }));
  return Array.from({ length: groupsPerNamespace }, (_, i): Labels => {
    const value = `scale-${i}`;
    return labels === 'numbered keys' ? { [`app-${i}`]: value } : { app: value };
  });
}
