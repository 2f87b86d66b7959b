/**
 * Laws about names: labels, namespaces, addresses and objects by other names say the same (N18 to N20, N29).
 */
import { addressValue } from '../../src/fuzz/addresses.ts';
import type { World } from '../../src/fuzz/world.ts';
import type { LabelSelector, NetworkPolicyObject, NetworkPolicyPeer } from '../../src/model/resource.ts';
import { WIDTH, xorAddress, xorBlock } from './blocks.ts';
import type { End } from './lab.ts';
import type { AnyLaw } from './law.ts';
import { equal, lawOfChange, type MakeChange } from './relation.ts';
import { choicesOf, DIRECTIONS, namespaceOf, renamed, rulesOfPolicy, shuffled, withRules } from './worlds.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';

type LabelRecord = Readonly<Record<string, string | null>>;
interface LabelMap {
  key(key: string): string;
  value(value: string): string;
}

/** Every label of the record under its new name; what stands for a namespace's name stays. Null is the empty value. */
function mapLabels(labels: LabelRecord, map: LabelMap): LabelRecord {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => (key === NAME_LABEL ? [key, value] : [map.key(key), map.value(value ?? '')])),
  );
}

function mapSelector(selector: LabelSelector, map: LabelMap): LabelSelector {
  const { matchLabels, matchExpressions } = selector;
  return {
    ...selector,
    ...(matchLabels ? { matchLabels: mapLabels(matchLabels, map) } : {}),
    ...(matchExpressions
      ? {
          matchExpressions: matchExpressions.map((each) => {
            if (each.key === NAME_LABEL) return each;
            const values = each.values?.map((value) => map.value(value));
            return { ...each, key: map.key(each.key), ...(values === undefined ? {} : { values }) };
          }),
        }
      : {}),
  };
}

function mapPeers(policy: NetworkPolicyObject, change: (peer: NetworkPolicyPeer) => NetworkPolicyPeer): NetworkPolicyObject {
  return DIRECTIONS.reduce<NetworkPolicyObject>(
    (each, direction) =>
      each.spec?.[direction]
        ? withRules(
            each,
            direction,
            rulesOfPolicy(each, direction).map(({ peers, ports }) => ({ peers: peers?.map(change) ?? peers, ports })),
          )
        : each,
    policy,
  );
}

function mapSelectors(policy: NetworkPolicyObject, change: (selector: LabelSelector) => LabelSelector): NetworkPolicyObject {
  const peers = mapPeers(policy, ({ podSelector, namespaceSelector, ...peer }) => ({
    ...peer,
    ...(podSelector ? { podSelector: change(podSelector) } : {}),
    ...(namespaceSelector ? { namespaceSelector: change(namespaceSelector) } : {}),
  }));
  return peers.spec?.podSelector ? { ...peers, spec: { ...peers.spec, podSelector: change(peers.spec.podSelector) } } : peers;
}

function relabelled(world: World, map: LabelMap): World {
  const metadata = <T extends { readonly metadata: { readonly labels?: LabelRecord | null | undefined } }>(object: T): T =>
    object.metadata.labels ? { ...object, metadata: { ...object.metadata, labels: mapLabels(object.metadata.labels, map) } } : object;
  const selector = (each: LabelSelector) => mapSelector(each, map);
  return {
    ...world,
    namespaces: world.namespaces.map(metadata),
    pods: world.pods.map(metadata),
    networkPolicies: world.networkPolicies.map((policy) => mapSelectors(policy, selector)),
    unreadable: world.unreadable.map((each) => (each.podSelector ? { ...each, podSelector: selector(each.podSelector) } : each)),
  };
}

const NEW_KEYS = [
  ['zone', 'example.com/role'],
  ['__proto__', 'constructor'],
  ['tier', 'app'],
] as const;

/** `onto`: what every value becomes; left out, each gets a name of its own. */
function renameLabels(onto?: string): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N18');
    const [app, tier] = random.pick(NEW_KEYS);
    const suffix = random.pick(['.1', '-z', '_toString']);
    const map: LabelMap = {
      key: (key) => (key === 'app' ? app : key === 'tier' ? tier : `x-${key}`),
      value: (value) => onto ?? (value === '' ? `was-empty${suffix}` : `${value}${suffix}`),
    };
    return { before: draw.world, after: relabelled(draw.world, map) };
  };
}

/** New names for namespaces, among them old ones of others. `inSelectors`: also where a selector names them. */
function renameNamespaces(inSelectors: boolean): MakeChange {
  return (draw) => {
    const { world } = draw;
    const random = choicesOf(draw, 'N19');
    const names = shuffled(['default', 'b', 'zz', 'a', 'kube-system', '0'], random);
    const known = ['a', 'b', 'default'];
    const to = (name: string) => names[known.indexOf(name)] ?? `new-${name}`;
    const move = <T extends { readonly metadata: { readonly namespace?: string | null | undefined } }>(object: T): T => ({
      ...object,
      metadata: { ...object.metadata, namespace: to(namespaceOf(object)) },
    });
    const labels = (record: LabelRecord): LabelRecord =>
      Object.fromEntries(Object.entries(record).map(([key, value]) => [key, key === NAME_LABEL ? to(value ?? '') : value]));
    const selector = (each: LabelSelector): LabelSelector => ({
      ...each,
      ...(each.matchLabels ? { matchLabels: labels(each.matchLabels) } : {}),
      ...(each.matchExpressions
        ? {
            matchExpressions: each.matchExpressions.map((item) =>
              item.key === NAME_LABEL ? { ...item, values: item.values?.map(to) } : item,
            ),
          }
        : {}),
    });
    const policy = (each: NetworkPolicyObject) =>
      mapPeers(each, (peer) => (peer.namespaceSelector ? { ...peer, namespaceSelector: selector(peer.namespaceSelector) } : peer));
    const after: World = {
      ...world,
      namespaces: world.namespaces.map((each) => {
        const { labels: own } = each.metadata;
        return { ...each, metadata: { ...each.metadata, name: to(each.metadata.name), ...(own ? { labels: labels(own) } : {}) } };
      }),
      pods: world.pods.map(move),
      services: world.services.map(move),
      networkPolicies: world.networkPolicies.map((each) => move(inSelectors ? policy(each) : each)),
      unreadable: world.unreadable.map((each) => (each.namespace === undefined ? each : { ...each, namespace: to(each.namespace) })),
    };
    const map = (_: number, end: End): End => {
      if ('ip' in end) return end;
      const slash = end.pod.indexOf('/');
      return { ...end, pod: `${to(end.pod.slice(0, slash))}${end.pod.slice(slash)}` };
    };
    return { before: world, after, options: { map } };
  };
}

/** Exclusive or of a constant over every address and block of one family. Void where an address is or becomes IPv4 in IPv6 notation. */
function xorAddresses(ofExcepts: boolean): MakeChange {
  return (draw) => {
    const { world } = draw;
    const random = choicesOf(draw, 'N20');
    const family = random.pick([4, 6] as const);
    // INVARIANT: every word takes part, so that prefixes of any length change.
    const constant = Array.from({ length: WIDTH[family] / 32 }, () => BigInt(random.below(2 ** 32))).reduce(
      (sum, word) => (sum << 32n) | word,
    );
    let isMapped = false;
    const note = (text: string) => {
      const [address = '', length = '128'] = text.split('/');
      isMapped ||= family === 6 && Number(length) >= 96 && addressValue(address).value >> 32n === 0xffffn;
      return text;
    };
    const isOther = (text: string) => text.includes(':') !== (family === 6) || text === 'None';
    const ip = <T extends string | null | undefined>(text: T): T =>
      !text || isOther(text) ? text : (note(xorAddress(note(text), constant)) as T);
    const cidr = (text: string) => (isOther(text) ? text : note(xorBlock(note(text), constant)));
    const ips = <T extends { readonly ip?: string | null | undefined }>(list: readonly T[] | null | undefined) =>
      list?.map((each) => ({ ...each, ip: ip(each.ip) }));
    const after = {
      ...world,
      pods: world.pods.map(({ status, ...pod }) => {
        if (!status) return { ...pod, ...(status === undefined ? {} : { status }) };
        const { podIP, hostIP, podIPs, hostIPs } = status;
        return { ...pod, status: { ...status, podIP: ip(podIP), hostIP: ip(hostIP), podIPs: ips(podIPs), hostIPs: ips(hostIPs) } };
      }),
      nodes: world.nodes.map((node) => ({
        ...node,
        status: {
          addresses: node.status?.addresses?.map(({ type, address }) => ({ type, address: type === 'InternalIP' ? ip(address) : address })),
        },
      })),
      services: world.services.map(({ spec, status, ...service }) => ({
        ...service,
        spec: {
          ...spec,
          clusterIP: ip(spec?.clusterIP),
          ...(spec?.clusterIPs ? { clusterIPs: spec.clusterIPs.map((each) => ip(each)) } : {}),
          ...(spec?.externalIPs ? { externalIPs: spec.externalIPs.map((each) => ip(each)) } : {}),
        },
        ...(status ? { status: { loadBalancer: { ingress: ips(status.loadBalancer?.ingress) } } } : {}),
      })),
      unreadableEnds: world.unreadableEnds.map((each) => ({ ...each, addresses: each.addresses.map((text) => ip(text)) })),
      networkPolicies: world.networkPolicies.map((policy) =>
        mapPeers(policy, ({ ipBlock, ...peer }) => {
          if (!ipBlock) return { ...peer, ...(ipBlock === undefined ? {} : { ipBlock }) };
          const excepts = ofExcepts ? ipBlock.except?.map(cidr) : ipBlock.except;
          return { ...peer, ipBlock: { cidr: cidr(ipBlock.cidr), ...(ipBlock.except === undefined ? {} : { except: excepts }) } };
        }),
      ),
    } as World;
    if (isMapped) return undefined;
    // The address of the first world stands for the one that it becomes.
    const map = (_: number, end: End): End => ('ip' in end ? { ip: ip(end.ip) } : end);
    return { before: world, after, options: { map } };
  };
}

/** Pods and policies under other names, in another order, with identifiers and annotations. */
function renameObjects(pods: boolean): MakeChange {
  return (draw) => {
    const { world } = draw;
    const random = choicesOf(draw, 'N29');
    const numbers = shuffled([...world.pods.keys()], random);
    const nameOf = new Map(world.pods.map(({ metadata }, i) => [metadata.name, `q${numbers[i]}`]));
    const extra = (i: number) => ({ uid: `0000-${i}-${random.below(1000)}`, annotations: { note: 'app=x', app: 'y' }, generation: i });
    const more = <T extends { readonly metadata: object }>(object: T, i: number): T => ({
      ...object,
      metadata: { ...object.metadata, ...extra(i) },
    });
    const after: World = {
      ...world,
      pods: shuffled(
        world.pods.map((pod, i) => more(renamed(pod, nameOf.get(pod.metadata.name) ?? ''), i)),
        random,
      ),
      networkPolicies: shuffled(
        world.networkPolicies.map((policy, i) => more(renamed(policy, `${random.pick(['z', 'a', 'm'])}-${i}`), i)),
        random,
      ),
      namespaces: world.namespaces.map(more),
    };
    const map = (_: number, end: End): End => {
      if ('ip' in end) return end;
      const [namespace, name] = end.pod.split('/') as [string, string];
      // The foil leaves every pod the name of another.
      return { ...end, pod: `${namespace}/${pods ? nameOf.get(name) : nameOf.get(`p${(Number(name.slice(1)) + 1) % world.pods.length}`)}` };
    };
    return { before: world, after, options: { map } };
  };
}

export const NAME_LAWS: readonly AnyLaw[] = [
  lawOfChange({
    id: 'N18',
    law: 'W with label keys and values renamed everywhere by an injective map = W',
    precondition: 'not the label kubernetes.io/metadata.name; null is the empty value and renamed like it',
    relation: equal,
    change: renameLabels(),
    foil: { wrong: 'all values become one', change: renameLabels('one') },
  }),
  lawOfChange({
    id: 'N19',
    law: 'W with namespaces renamed everywhere by an injective map = W, flow ends renamed alike',
    precondition:
      'values of kubernetes.io/metadata.name are renamed too, also those that name no namespace; an absent namespace is `default`',
    relation: equal,
    change: renameNamespaces(true),
    foil: { wrong: 'selectors keep the old names', change: renameNamespaces(false) },
  }),
  lawOfChange({
    id: 'N20',
    law: 'V(W ⊕ x, ends ⊕ x) = V(W, ends): exclusive or over all bits of all addresses and blocks of a family',
    precondition: 'blocks and excepts in their network bits; no address becomes IPv4 in IPv6 notation, which is no flow end',
    relation: equal,
    change: xorAddresses(true),
    foil: { wrong: 'excepts stay what they are', change: xorAddresses(false) },
  }),
  lawOfChange({
    id: 'N29',
    law: 'W with other names, UIDs, annotations and order of pods and policies = W, flow ends renamed alike',
    precondition: 'no label follows a name (as statefulset.kubernetes.io/pod-name does)',
    relation: equal,
    change: renameObjects(true),
    foil: { wrong: 'flow ends get the name of the next pod', change: renameObjects(false) },
  }),
];
