/**
 * Very many prefixes of both families, some with exceptions, over few pods: what address tables and longest prefix match have to hold. No two blocks are the same.
 */
import { formatPrefix } from '../../lib/ip-address.ts';
import type { NetworkPolicyPeer } from '../../model/resource.ts';
import { histogram, type Read, record, share, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import { FIRST_POD_ADDRESS, ipv4, type KubernetesObject, namespaceObject, oneWay, podObject, policyObject, tcp } from '../objects.ts';
import { createRandom, draw, type Histogram, type Random } from '../random.ts';

const published = record({
  /** Blocks of all rules. Exceptions are not counted. */
  prefixes: whole(1, 10_000_000),
  ipv6Share: share,
  /** Of blocks of which a part can be excepted. */
  exceptShare: share,
});

const assumed = record({
  namespaces: whole(1, 10_000),
  podsPerNamespace: whole(1, 10_000),
  appsPerNamespace: whole(1, 10_000),
  rulesPerPolicy: whole(1, 1000),
  prefixesPerRule: whole(1, 10_000),
  ports: whole(1, 65_000),
  /** Weights of prefix lengths. */
  ipv4Lengths: histogram(1, 32, 1_000_000),
  ipv6Lengths: histogram(1, 128, 1_000_000),
});

type Shape = Parameters<Read<typeof published>, Read<typeof assumed>>;

export const cidrHeavy = defineGenerator({
  published,
  assumed,
  sizes: ({ published: { prefixes }, assumed: { namespaces, podsPerNamespace, rulesPerPolicy, prefixesPerRule } }) => ({
    namespaces,
    pods: namespaces * podsPerNamespace,
    policies: Math.ceil(prefixes / (rulesPerPolicy * prefixesPerRule)),
  }),
  scale: ({ published: shape, assumed: rest }, fraction) => ({
    published: { ...shape, prefixes: scaled(shape.prefixes, fraction) },
    assumed: { ...rest, namespaces: scaled(rest.namespaces, fraction) },
  }),
  objects: generate,
});

function* generate(shape: Shape, seed: number): Iterable<KubernetesObject> {
  const { namespaces, podsPerNamespace, appsPerNamespace, ports } = shape.assumed;
  const random = createRandom(seed);
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`edge-${i}`);
  for (let i = 0; i < namespaces * podsPerNamespace; i++) {
    yield podObject({
      namespace: `edge-${Math.floor(i / podsPerNamespace)}`,
      name: `pod-${i % podsPerNamespace}`,
      labels: { app: `app-${i % appsPerNamespace}` },
      addresses: [ipv4(FIRST_POD_ADDRESS, i), `fd00::${(i >>> 16).toString(16)}:${(i & 0xffff).toString(16)}`],
    });
  }
  const { rulesPerPolicy, prefixesPerRule } = shape.assumed;
  const taken = new Set<string>();
  for (let first = 0, policy = 0; first < shape.published.prefixes; policy++) {
    const rules = [];
    for (; rules.length < rulesPerPolicy && first < shape.published.prefixes; first += prefixesPerRule) {
      const count = Math.min(prefixesPerRule, shape.published.prefixes - first);
      const peers = Array.from({ length: count }, () => block(shape, taken, random));
      rules.push({ peers, ports: [tcp(1 + random.int(ports))] });
    }
    const selector = { matchLabels: { app: `app-${policy % appsPerNamespace}` } };
    const spec = oneWay(policy % 2 === 0 ? 'Egress' : 'Ingress', selector, rules);
    yield policyObject(`edge-${policy % namespaces}`, `blocks-${policy}`, spec);
  }
}

/** A block that none has had before. */
function block({ published, assumed }: Shape, taken: Set<string>, random: Random): NetworkPolicyPeer {
  for (let tries = 0; tries < 10_000; tries++) {
    const [words, lengths] = random.chance(published.ipv6Share) ? [4, assumed.ipv6Lengths] : [1, assumed.ipv4Lengths];
    const length = draw(lengths as Histogram, random);
    const address = mask(
      Array.from({ length: words as number }, (_, i) => word(words === 4, i, random)),
      length,
    );
    const cidr = prefixText(address, length);
    if (taken.has(cidr)) continue;
    taken.add(cidr);
    const deepest = address.length * 32;
    if (length === deepest || !random.chance(published.exceptShare)) return { ipBlock: { cidr } };
    // A part of the block that is four times smaller, or a single address.
    const inner = Math.min(deepest, length + (random.chance(0.5) ? 2 : deepest));
    const part = mask(
      address.map((each, i) => (each | (random.int(2 ** 32) & ~bits(length - 32 * i))) >>> 0),
      inner,
    );
    return { ipBlock: { cidr, except: [prefixText(part, inner)] } };
  }
  throw new RangeError('cannot find a block that is not taken: there are too few prefix lengths, or they are too short');
}

/** Global unicast addresses: 2000::/3 of IPv6; anything of IPv4. */
function word(ipv6: boolean, index: number, random: Random): number {
  const drawn = random.int(2 ** 32);
  return ipv6 && index === 0 ? (0x20000000 | (drawn & 0x1fffffff)) >>> 0 : drawn;
}

function mask(words: readonly number[], length: number): number[] {
  return words.map((each, i) => (each & bits(length - 32 * i)) >>> 0);
}

/** A word with its first `count` bits set; none below 0, all above 32. */
function bits(count: number): number {
  return count <= 0 ? 0 : count >= 32 ? 0xffffffff : -1 << (32 - count);
}

function prefixText(words: readonly number[], length: number): string {
  return formatPrefix({ family: words.length === 1 ? 4 : 6, words, length });
}
