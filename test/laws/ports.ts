/**
 * Laws about ports and protocols (N15 to N17, N32 to N34).
 */
import { isDeepStrictEqual } from 'node:util';
import { compile } from '../../src/engine/engine.ts';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import type { World } from '../../src/fuzz/world.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { NetworkPolicyPort } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { type Change, equal, equalVerdicts, lawOfChange, type MakeChange } from './relation.ts';
import {
  choicesOf,
  DIRECTIONS,
  type Draw,
  draws,
  plant,
  printDraw,
  type Rule,
  ruleAt,
  rulesOfPolicy,
  SMALL,
  sitesOf,
  sparePeer,
  sparePort,
  typesOf,
  withPolicy,
  withPorts,
  withProfile,
  withRules,
} from './worlds.ts';

type Ports = readonly NetworkPolicyPort[];

/** A rule with one list of ports before and another after. */
function replacePorts(draw: Draw, id: string, before: Ports, after: Ports, given = draw.world): Change {
  const random = choicesOf(draw, `${id} rule`);
  const others = random.chance(0.3) && before.length > 0 && after.length > 0 ? [sparePort(draw, random)] : [];
  const peers = random.chance(0.4) ? undefined : [sparePeer(draw, random)];
  const { world, site } = plant(given, random, { peers, ports: [...before, ...others] });
  return { before: world, after: withPorts(world, site, [...after, ...others]) };
}

const EDGES = [1, 2, 53, 79, 80, 81, 443, 444, 1023, 1024, 32767, 32768, 65534, 65535];

/** `gap`: how far the second part begins after the end of the first. */
function splitRange(gap: number): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N15');
    const protocol = random.pick(['TCP', 'UDP', 'SCTP', undefined, null] as const);
    const [a, m, b] = [random.pick(EDGES), random.pick(EDGES), random.pick(EDGES)].sort((x, y) => x - y) as [number, number, number];
    // With endPort ignored only the range of one port says the same in both forms.
    if (gap === 1 && (draw.world.profile.endPort === 'ignored' || m === b)) {
      return replacePorts(draw, 'N15', [{ protocol, port: a }], [{ protocol, port: a, endPort: a }]);
    }
    if (m + gap > b) return undefined;
    const given = withProfile(draw.world, { endPort: 'range' });
    const parts = [
      { protocol, port: a, endPort: m },
      { protocol, port: m + gap, endPort: b },
    ];
    return replacePorts(draw, 'N15', [{ protocol, port: a, endPort: b }], parts, given);
  };
}

function everyPort(last: number): MakeChange {
  return (draw) => {
    const protocol = choicesOf(draw, 'N16').pick(['TCP', 'UDP', 'SCTP', undefined] as const);
    const given = withProfile(draw.world, { endPort: 'range' });
    return replacePorts(draw, 'N16', [{ protocol, port: 1, endPort: last }], [{ protocol }], given);
  };
}

function everyProtocol(protocols: readonly ('TCP' | 'UDP' | 'SCTP')[]): MakeChange {
  return (draw) =>
    replacePorts(
      draw,
      'N17',
      protocols.map((protocol) => ({ protocol })),
      [],
    );
}

/** Questions with a source port, which no question has a place for, against the same without. */
function sourcePort(confuse: boolean): Check<Draw> {
  return (draw, lab) => {
    const random = choicesOf(draw, 'N32');
    const { world } = draw;
    const manifests = toManifests(world);
    const { canReach } =
      lab.name === 'engine'
        ? compile(manifests, { cni: world.profile, domainNames: world.domainNames, shared: false })
        : reference(manifests, { cni: world.profile, domainNames: world.domainNames });
    const next = flowsOf(world);
    for (let i = 0; i < 12; i++) {
      const flow = next();
      const asked = (source: number): FlowQuery => {
        const more = { sourcePort: source, srcPort: source };
        return confuse ? { ...flow, ...more, port: source } : { ...flow, ...more };
      };
      const ask = (query: FlowQuery) => canReach(query);
      const answers = [flow, asked(random.pick(EDGES)), asked(1 + random.below(65535))].map(ask);
      if (!answers.every((answer) => isDeepStrictEqual(answer, answers[0]))) {
        throw new LawBroken(`the source port changes the decision of ${JSON.stringify(flow)}`);
      }
    }
    return true;
  };
}

const NOT_TCP = ['UDP', 'SCTP'] as const;

/** A rule about UDP or SCTP added, changed or removed. */
const changeOther: MakeChange = (draw) => {
  const random = choicesOf(draw, 'N33');
  const options = { keepPort: (protocol: string) => protocol === 'TCP' };
  const isOther = ({ protocol }: NetworkPolicyPort) => protocol === 'UDP' || protocol === 'SCTP';
  const other = (): NetworkPolicyPort => ({ ...sparePort(draw, random), protocol: random.pick(NOT_TCP) });
  const what = random.pick(['add item', 'add rule', 'change item', 'remove item'] as const);
  if (what === 'add rule') {
    const index = random.below(draw.world.networkPolicies.length);
    const policy = draw.world.networkPolicies[index]!;
    const direction = random.pick(DIRECTIONS);
    const added = withRules(policy, direction, [...rulesOfPolicy(policy, direction), { peers: undefined, ports: [other()] }]);
    if (typesOf(added).join() !== typesOf(policy).join()) return undefined;
    return { before: draw.world, after: withPolicy(draw.world, index, [added]), options };
  }
  const fits = ({ ports }: Rule) => {
    if ((ports ?? []).length === 0) return false;
    return what === 'add item' || (ports!.some(isOther) && (what === 'change item' || ports!.length > 1));
  };
  const sites = sitesOf(draw.world).filter((each) => fits(ruleAt(draw.world, each)));
  if (sites.length === 0) return undefined;
  const site = random.pick(sites);
  const ports = ruleAt(draw.world, site).ports ?? [];
  const at = ports.findIndex(isOther);
  const changed = what === 'add item' ? [...ports, other()] : ports.toSpliced(at, 1, ...(what === 'change item' ? [other()] : []));
  return { before: draw.world, after: withPorts(draw.world, site, changed), options };
};

/** The first item of a rule: everything else that the rule allowed goes. */
const firstOther: MakeChange = (draw) => ({
  ...replacePorts(draw, 'N33', [], [{ protocol: 'UDP', port: 53 }]),
  options: { keepPort: (protocol) => protocol === 'TCP' },
});

/** An item for one port added to a rule that has others, or a rule for it. `width`: how many ports the item really has. */
function onePort(width: number): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N34');
    const written = random.pick(['TCP', 'UDP', 'SCTP', undefined] as const);
    const port = random.pick([...SMALL.ports, 2, 54, 8080]);
    const item = width === 1 ? { protocol: written, port } : { protocol: written, port, endPort: Math.min(65535, port + width - 1) };
    const options = { keepPort: (protocol: string, number: number) => protocol !== (written ?? 'TCP') || number !== port };
    const sites = sitesOf(draw.world).filter((site) => (ruleAt(draw.world, site).ports ?? []).length > 0);
    if (sites.length > 0 && random.chance(0.5)) {
      const site = random.pick(sites);
      return { before: draw.world, after: withPorts(draw.world, site, [...(ruleAt(draw.world, site).ports ?? []), item]), options };
    }
    const index = random.below(draw.world.networkPolicies.length);
    const policy = draw.world.networkPolicies[index]!;
    const direction = random.pick(DIRECTIONS);
    const added = withRules(policy, direction, [...rulesOfPolicy(policy, direction), { peers: undefined, ports: [item] }]);
    if (typesOf(added).join() !== typesOf(policy).join()) return undefined;
    return { before: draw.world, after: withPolicy(draw.world, index, [added]), options };
  };
}

/** The profile of the foil knows endPort: a range where it is ignored is no range. */
function withRanges(make: MakeChange): MakeChange {
  return (draw) => make({ ...draw, world: withProfile(draw.world, { endPort: 'range' }) satisfies World });
}

export const PORT_LAWS: readonly AnyLaw[] = [
  lawOfChange({
    id: 'N15',
    law: '[a, b] = [a, m] ∪ [m + 1, b]; p = [p, p]',
    precondition: 'numbers, a ≤ m < b; splitting: the profile knows endPort (`endPort: range`); p = [p, p] always',
    relation: equal,
    change: splitRange(1),
    foil: { wrong: 'the second part begins at m + 2', change: splitRange(2) },
  }),
  lawOfChange({
    id: 'N16',
    law: '{protocol, 1..65535} = {protocol}',
    precondition: 'flows have a port in 1..65535; the profile knows endPort',
    relation: equal,
    change: everyPort(65535),
    foil: { wrong: 'the range ends at 65534', change: everyPort(65534) },
  }),
  lawOfChange({
    id: 'N17',
    law: 'no ports = {TCP} ∪ {UDP} ∪ {SCTP}',
    precondition: 'flows of these three protocols, which are all that the model has',
    relation: equal,
    change: everyProtocol(['TCP', 'UDP', 'SCTP']),
    foil: { wrong: 'SCTP is forgotten', change: everyProtocol(['TCP', 'UDP']) },
  }),
  {
    id: 'N32',
    law: 'decision(flow with source port x) = decision(flow)',
    precondition:
      'none; it holds by construction: a question has no source port, and a field for it that a question carries anyway is read by nobody',
    instance: draws,
    check: sourcePort(false),
    foil: { wrong: 'the source port is taken for the destination port', check: sourcePort(true) },
    print: printDraw,
  },
  lawOfChange({
    id: 'N33',
    law: 'TCP verdicts of W with other UDP and SCTP rules = TCP verdicts of W',
    precondition: 'lists of ports that had an item keep one, and a list that had none stays empty; the policy keeps its directions',
    relation: equalVerdicts,
    change: changeOther,
    foil: { wrong: 'the UDP port is the first item of a rule without ports', change: firstOther },
  }),
  lawOfChange({
    id: 'N34',
    law: 'V of W + {protocol, p} = V of W on every other (protocol, port)',
    precondition: 'p is a number; added to a list of ports that has an item, or as a rule of a policy that keeps its directions',
    relation: equal,
    change: onePort(1),
    foil: { wrong: 'the item also has port p + 1', change: withRanges(onePort(2)) },
  }),
];
