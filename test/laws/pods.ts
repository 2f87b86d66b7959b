/**
 * Laws about pods: added, removed, twins, on the host network, completed, and a pod and itself (N21, N22, N30, N35, N36, N38).
 */
import { compile } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import type { World } from '../../src/fuzz/world.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { PodObject } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { isInside, WIDTH } from './blocks.ts';
import { type End, facesOf } from './lab.ts';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { equal, lawOfChange, type MakeChange } from './relation.ts';
import {
  addPolicy,
  choicesOf,
  DIRECTIONS,
  type Draw,
  draws,
  isLive,
  namespaceOf,
  newPolicy,
  podName,
  printDraw,
  renamed,
  rulesOfPolicy,
  SMALL,
  withProfile,
  withRules,
  withTypes,
} from './worlds.ts';

function withPods(world: World, pods: readonly PodObject[]): World {
  return { ...world, pods };
}

function addressesOfPod({ status }: PodObject): string[] {
  return [status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)].filter((ip) => typeof ip === 'string');
}

function hostAddressesOf({ status }: PodObject): string[] {
  return [status?.hostIP, ...(status?.hostIPs ?? []).map(({ ip }) => ip)].filter((ip) => typeof ip === 'string');
}

/**
 * Does the pod say nothing about nodes that Node objects do not say? A pod's host address, and the address of a pod on the host network, count like what a Node
 * object says: without the pod, the node would have another address.
 */
function saysNothingOfNodes(world: World, pod: PodObject): boolean {
  const told = [...hostAddressesOf(pod), ...(pod.spec?.hostNetwork ? addressesOfPod(pod) : [])];
  const nodes = world.nodes.filter(({ metadata }) => !pod.spec?.nodeName || metadata.name === pod.spec.nodeName);
  const known = nodes.flatMap(({ status }) => (status?.addresses ?? []).map(({ address }) => address));
  return told.every((ip) => known.includes(ip));
}

/** Flows of which neither end is the pod, by name or by address. */
function without(pod: PodObject): (end: End) => boolean {
  const addresses = addressesOfPod(pod);
  return (end) => ('ip' in end ? !addresses.includes(end.ip) : end.pod !== podName(pod));
}

/** A world with and without a pod: one that is there, or one more. `careful`: only where the precondition holds. */
function presence(id: string, added: boolean, careful: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, id);
    const { world } = draw;
    const spare = random.pick(draw.sparePods);
    const pod = added ? { ...spare, metadata: { ...spare.metadata, name: 'extra' } } : random.pick(world.pods);
    if (saysNothingOfNodes(world, pod) !== careful) return undefined;
    const others = world.pods.filter((each) => each !== pod);
    const [less, more] = [withPods(world, others), withPods(world, [...others, pod])];
    const options = { keepEnd: without(pod) };
    return added ? { before: less, after: more, options } : { before: more, after: less, options };
  };
}

/** Two pods that differ in name and address alone, exchanged at the ends of every flow. */
function twins(differ: (twin: PodObject) => PodObject): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N30');
    const { world } = draw;
    const live = world.pods.filter(isLive);
    if (live.length === 0) return undefined;
    const pod = random.pick(live);
    // The twin has the same addresses, or the next ones where no block separates them.
    const moved = random.chance(0.6) ? neighbours(world, pod) : undefined;
    const status = moved === undefined ? pod.status : { ...pod.status, podIP: moved[0], podIPs: moved.map((ip) => ({ ip })) };
    const twin = differ({ ...pod, metadata: { ...pod.metadata, name: 'twin' }, ...(status ? { status } : {}) });
    const shared = [...addressesOfPod(pod), ...addressesOfPod(twin)];
    const [one, other] = [podName(pod), podName(twin)];
    const map = (index: number, end: End): End => {
      if (index === 0 || 'ip' in end) return end;
      return end.pod === one ? { ...end, pod: other } : end.pod === other ? { ...end, pod: one } : end;
    };
    const given = withPods(world, [...world.pods, twin]);
    return { before: given, after: given, options: { map, keepEnd: (end) => !('ip' in end && shared.includes(end.ip)) } };
  };
}

/** Other addresses for a pod that every block holds or does not hold alike, and that nobody has. */
function neighbours(world: World, pod: PodObject): string[] | undefined {
  const own = addressesOfPod(pod);
  if (own.length === 0 || pod.spec?.hostNetwork) return undefined;
  const taken = JSON.stringify([world.pods, world.nodes, world.services, world.unreadableEnds]);
  const blocks = world.networkPolicies.flatMap((policy) =>
    DIRECTIONS.flatMap((direction) =>
      rulesOfPolicy(policy, direction).flatMap(({ peers }) =>
        (peers ?? []).flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : [])),
      ),
    ),
  );
  const host = (ip: string) => `${ip}/${WIDTH[ip.includes(':') ? 6 : 4]}`;
  const moved = [...new Set(own)].map((ip) => {
    const prefix = ip.includes(':') ? 'fd00::' : '10.0.0.';
    const candidates = Array.from({ length: 32 }, (_, i) => `${prefix}${prefix === 'fd00::' ? i.toString(16) : i}`).map((text) =>
      text === 'fd00::0' ? 'fd00::' : text,
    );
    return candidates.find(
      (text) => !taken.includes(`"${text}"`) && blocks.every((block) => isInside(host(text), block) === isInside(host(ip), block)),
    );
  });
  return moved.every((ip) => ip !== undefined) ? (moved as string[]) : undefined;
}

/** A policy that selects only pods with a label that a pod on the host network has. */
function onlyHostPods(hostNetwork: 'node' | 'pod'): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N35');
    const chosen = random.pick(draw.world.pods);
    const pod: PodObject = {
      ...chosen,
      metadata: { ...chosen.metadata, labels: { ...chosen.metadata.labels, 'host-only': 'yes' } },
      spec: { ...chosen.spec, hostNetwork: true },
    };
    const world = withProfile(
      withPods(
        draw.world,
        draw.world.pods.map((each) => (each === chosen ? pod : each)),
      ),
      { hostNetwork },
    );
    const spare = random.pick(draw.spare);
    const rules = DIRECTIONS.reduce(
      (each, direction) => withRules(each, direction, rulesOfPolicy(spare, direction)),
      newPolicy(namespaceOf(pod), 'host-only', {}),
    );
    const policy = withTypes({ ...rules, spec: { ...rules.spec, podSelector: { matchLabels: { 'host-only': 'yes' } } } }, DIRECTIONS);
    return { before: world, after: addPolicy(world, policy) };
  };
}

/** One more pod, with any labels and any address, also one that a pod or node has. */
function addPod(phase: string): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N36');
    const { world } = draw;
    const spare = random.pick(draw.sparePods);
    const ips = random.chance(0.6) ? addressesOfPod(random.pick(world.pods)) : addressesOfPod(spare);
    const status = {
      ...spare.status,
      podIP: ips[0],
      podIPs: ips.map((ip) => ({ ip })),
      phase: phase === '' ? random.pick(['Succeeded', 'Failed']) : phase,
    };
    const pod = { ...spare, metadata: { ...spare.metadata, name: 'done' }, status };
    return { before: world, after: withPods(world, [...world.pods, pod]) };
  };
}

/** What a pod says to itself: always allowed, or judged by policy as what it says to a twin. `allowed`: the profile switch, or what the foil takes it for. */
function toItself(allowed: (world: World) => boolean): Check<Draw> {
  return (draw, lab) => {
    const random = choicesOf(draw, 'N38');
    const live = draw.world.pods.filter(isLive);
    if (live.length === 0) return false;
    const pod = random.pick(live);
    const twin = renamed(pod, 'twin');
    const world = withPods(draw.world, [...draw.world.pods, twin]);
    const manifests = toManifests(world);
    const { canReach } =
      lab.name === 'engine'
        ? compile(manifests, { cni: world.profile, domainNames: world.domainNames, shared: false })
        : reference(manifests, { cni: world.profile, domainNames: world.domainNames });
    const families = facesOf(world).flatMap((end) => ('pod' in end && end.pod === podName(pod) ? [end.family] : []));
    for (const family of families) {
      for (const port of SMALL.ports) {
        const query = { from: { pod: podName(pod) }, protocol: random.pick(PROTOCOLS), port, ...(family === 0 ? {} : { family }) };
        const self = canReach({ ...query, to: { pod: podName(pod) } }).verdict;
        const expected = allowed(world) ? 'allow' : canReach({ ...query, to: { pod: podName(twin) } }).verdict;
        if (self !== expected) throw new LawBroken(`${podName(pod)} to itself at ${port}: ${self}, expected ${expected}`);
      }
    }
    return true;
  };
}

export const POD_LAWS: readonly AnyLaw[] = [
  lawOfChange({
    id: 'N21',
    law: 'V(W − x, f) = V(W, f) for flows f without x',
    precondition:
      'what x tells of the addresses of nodes a Node object tells too; no address of x is an end of f. Named ports are resolved at the ends of f, and a Service is no end that has a verdict',
    relation: equal,
    change: presence('N21', false, true),
    foil: { wrong: 'x alone tells an address of a node', change: presence('N21', false, false) },
  }),
  lawOfChange({
    id: 'N22',
    law: 'V(W + x, f) = V(W, f) for flows f without x',
    precondition: 'as N21',
    relation: equal,
    change: presence('N22', true, true),
    foil: { wrong: 'x alone tells an address of a node', change: presence('N22', true, false) },
  }),
  lawOfChange({
    id: 'N30',
    law: 'V(x, y) = V(x′, y), V(y, x) = V(y, x′), V(x, x′) = V(x′, x), V(x, x) = V(x′, x′)',
    precondition:
      'equal namespace, labels, container ports, host network and node; every block holds the addresses of both or of none; ends are named, not given by an address that both have',
    relation: equal,
    change: twins((twin) => twin),
    foil: { wrong: 'x′ has no labels', change: twins((twin) => ({ ...twin, metadata: { ...twin.metadata, labels: undefined } })) },
  }),
  lawOfChange({
    id: 'N35',
    law: 'W + p = W',
    precondition: 'p selects only pods on the host network; the profile treats them as their node (`hostNetwork: node`)',
    relation: equal,
    change: onlyHostPods('node'),
    foil: { wrong: 'the profile treats them as pods', change: onlyHostPods('pod') },
  }),
  lawOfChange({
    id: 'N36',
    law: 'W + x = W',
    precondition: 'x has completed (Succeeded or Failed); any labels, any address, also one that a running pod has',
    relation: equal,
    change: addPod(''),
    foil: { wrong: 'the phase is Running', change: addPod('Running') },
  }),
  {
    id: 'N38',
    law: 'V(x, x) = allow (`hairpin: allow`), or V(x, x) = V(x, x′) for a twin x′ (`hairpin: policy`)',
    precondition: 'none: the profile says which of the two',
    instance: draws,
    check: toItself(({ profile }) => profile.hairpin === 'allow'),
    foil: { wrong: 'it is taken to be allowed under every profile', check: toItself(() => true) },
    print: printDraw,
  },
];
