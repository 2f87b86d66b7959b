/**
 * Bulk flows from a seed: most aimed at a rule of the world or one step beside it, the others anywhere in its universe.
 */
import type { FlowEnd, FlowQuery } from '../model/flow.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import { createRandom, type Random } from './random.ts';
import { edgesOf, nearby, type RuleView, rulesOf, type Universe, universeOf, type World } from './world.ts';

/** Share of flows that are aimed at a rule. */
const AIMED = 0.7;
/** Share of aimed flows that go one step beside what the rule says. */
const BESIDE = 0.25;

/**
 * Makes flows of one world, without end: each call of the result gives the next, the same for the same `world.flowSeed`. Ends are pods, workloads and addresses
 * that `compile` and `reference` of this world know; protocols and ports are in range. Most flows are aimed at a rule, many at its edges.
 */
export function flowsOf(world: World): () => FlowQuery {
  const random = createRandom(world.flowSeed);
  const universe = universeOf(world, edgesOf(world));
  const rules = rulesOf(world);
  const draw = () => (rules.length > 0 && random.chance(AIMED) ? aimedFlow(universe, rules, random) : anyFlow(universe, random));
  return () => {
    let flow = draw();
    // Flows that say little are rare: of a pod to itself, between families.
    for (let tries = 0; tries < 4 && isDull(universe, flow) && random.chance(0.9); tries++) flow = draw();
    const shared = sharedFamilies(universe, flow);
    const family = random.chance(0.02)
      ? random.pick([4, 6] as const)
      : random.chance(0.8) && shared.length > 0
        ? random.pick(shared)
        : undefined;
    return family === undefined ? flow : { ...flow, family };
  };
}

function isDull(universe: Universe, flow: FlowQuery): boolean {
  return textOf(flow.from) === textOf(flow.to) || sharedFamilies(universe, flow).length === 0;
}

function sharedFamilies(universe: Universe, { from, to }: FlowQuery): (4 | 6)[] {
  const [a, b] = [from, to].map((end) => familiesOfEnd(universe, textOf(end)));
  return ([4, 6] as const).filter((family) => a?.includes(family) && b?.includes(family));
}

/** A pod without address goes with any. */
function familiesOfEnd({ families }: Universe, text: string): readonly (4 | 6)[] {
  if (!text.includes('/')) return text.includes(':') ? [6] : [4];
  const found = families.get(text) ?? [];
  return found.length === 0 ? [4, 6] : found;
}

function textOf(end: FlowEnd): string {
  if (typeof end === 'string') return end;
  return 'ip' in end ? end.ip : 'pod' in end ? end.pod : end.workload;
}

function anyFlow(universe: Universe, random: Random): FlowQuery {
  return {
    from: anyEnd(universe, random),
    to: anyEnd(universe, random),
    protocol: random.pick(PROTOCOLS),
    port: random.chance(0.1) ? 1 + random.below(65535) : random.pick(universe.ports),
  };
}

function anyEnd({ pods, workloads, addresses }: Universe, random: Random): FlowEnd {
  const roll = random.below(20);
  if (roll < 12 && pods.length > 0) {
    const pod = random.pick(pods);
    return random.chance(0.2) ? { pod } : pod;
  }
  if (roll < 14 && workloads.length > 0) {
    const workload = random.pick(workloads);
    return random.chance(0.5) ? { workload } : workload;
  }
  const ip = random.pick(addresses);
  return random.chance(0.5) ? { ip } : ip;
}

function aimedFlow(universe: Universe, rules: readonly RuleView[], random: Random): FlowQuery {
  const { direction, namespace, blocks, ports } = random.pick(rules);
  const near = namespace === undefined ? universe.pods : universe.pods.filter((pod) => pod.startsWith(`${namespace}/`));
  const subject = near.length > 0 ? random.pick(near) : anyEnd(universe, random);
  const other = blocks.length > 0 && random.chance(0.6) ? edgeAddress(blocks, random) : undefined;
  const peer = other ?? anyEnd(universe, random);
  const { protocol, port } = aimedPort(universe, ports, random);
  return direction === 'ingress' ? { from: peer, to: subject, protocol, port } : { from: subject, to: peer, protocol, port };
}

function edgeAddress(edges: readonly { family: 4 | 6; value: bigint }[], random: Random): string | undefined {
  const { family, value } = random.pick(edges);
  return nearby(family, value + BigInt(random.chance(BESIDE) ? random.pick([-1, 1]) : 0))[0];
}

function aimedPort(universe: Universe, ports: RuleView['ports'], random: Random): { protocol: Protocol; port: number } {
  const anyPort = random.pick(universe.ports);
  if (ports.length === 0) return { protocol: random.pick(PROTOCOLS), port: anyPort };
  const { protocol: own, edges } = random.pick(ports);
  const protocol = own !== undefined && random.chance(0.9) ? own : random.pick(PROTOCOLS);
  const port = edges.length === 0 ? anyPort : random.pick(edges) + (random.chance(BESIDE) ? random.pick([-1, 1]) : 0);
  return { protocol, port: Math.min(65535, Math.max(1, port)) };
}
