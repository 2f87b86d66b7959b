/**
 * Sets of peers have one number each, however often and by whichever object they are asked for, and two sets never share one.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { mentionsOf } from '../../../src/compile/mentions.ts';
import { EVERY_PEER, NOTHING_OPEN, PeerSets } from '../../../src/compile/peer-sets.ts';
import { indexPrefixes } from '../../../src/compile/prefixes.ts';
import type { Peer } from '../../../src/model/policy.ts';
import type { Selector } from '../../../src/model/selector.ts';
import { clusterOf, endpointsOf, inOneTier, nodeOf, podOf, policyOf, prefix, ruleOf } from './forms.ts';

const has = (key: string): Selector => [{ key, operator: 'exists', values: [] }];

/** Made anew at each call: equal, never identical. */
const PEERS: Readonly<Record<string, () => Peer>> = {
  'all pods': () => ({ kind: 'pods', namespaces: { selector: [] }, pods: [] }),
  'pods with a label': () => ({ kind: 'pods', namespaces: { selector: [] }, pods: has('x') }),
  'pods of namespaces with a label': () => ({ kind: 'pods', namespaces: { selector: has('x') }, pods: [] }),
  'pods of a namespace': () => ({ kind: 'pods', namespaces: { name: 'a' }, pods: [] }),
  'pods of another namespace': () => ({ kind: 'pods', namespaces: { name: 'b' }, pods: [] }),
  'pods of no namespace': () => ({ kind: 'pods', namespaces: { name: 'c' }, pods: [] }),
  block: () => ({ kind: 'ipBlock', cidr: prefix('10.0.0.0/8'), except: [] }),
  'block with except': () => ({ kind: 'ipBlock', cidr: prefix('10.0.0.0/8'), except: [prefix('10.0.0.0/9')] }),
  networks: () => ({ kind: 'networks', cidrs: [prefix('10.0.0.0/8')] }),
  'two networks': () => ({ kind: 'networks', cidrs: [prefix('10.0.0.0/8'), prefix('10.0.0.0/9')] }),
  nodes: () => ({ kind: 'nodes', nodes: [] }),
  'nodes with a label': () => ({ kind: 'nodes', nodes: has('x') }),
  'names that are known': () => ({ kind: 'domainNames', known: [prefix('10.0.0.0/8')], names: [] }),
  'names of which some are not': () => ({ kind: 'domainNames', known: [prefix('10.0.0.0/9')], names: ['a.example'] }),
};

const namedPorts = [
  { protocol: 'TCP', name: 'web', port: 80 },
  { protocol: 'UDP', name: 'web', port: 80 },
] as const;
const cluster = clusterOf({
  namespaces: [
    { name: 'a', labels: new Map([['x', '']]) },
    { name: 'b', labels: new Map() },
  ],
  pods: [
    podOf('p', ['10.0.0.1'], { namedPorts }),
    podOf('q', []),
    podOf('p', ['10.200.0.1'], { namespace: 'b', labels: new Map([['x', '']]) }),
  ],
  nodes: [{ ...nodeOf('n', ['192.168.0.1']), labels: undefined }, nodeOf('o', ['192.168.0.2'])],
});

function peerSets(): PeerSets {
  const policies = inOneTier([policyOf('all', [ruleOf('allow', { peers: Object.values(PEERS).map((make) => make()) })])]);
  const prefixes = indexPrefixes(mentionsOf(policies).prefixes);
  const distinctions = { portNames: new Set(['TCP/web', 'UDP/web']), nodes: true };
  return new PeerSets(cluster, endpointsOf(cluster, prefixes, distinctions), prefixes, spec);
}

test('the units of pods are ascending, also where pods with equal labels have different ports', () => {
  const [one, other] = [new Map([['x', '1']]), new Map([['x', '2']])];
  const pods = [podOf('a', [], { labels: one }), podOf('b', [], { labels: other }), podOf('c', [], { labels: one, namedPorts })];
  const alone = clusterOf({ namespaces: [{ name: 'a', labels: new Map() }], pods });
  const prefixes = indexPrefixes([]);
  const endpoints = endpointsOf(alone, prefixes, { portNames: new Set(['TCP/web']), nodes: false });
  const sets = new PeerSets(alone, endpoints, prefixes, spec);
  const units = sets.unitsOfPods({ kind: 'pods', namespaces: { selector: [] }, pods: [] });
  expect(units).toHaveLength(3);
  expect([...units]).toEqual([...units].sort((a, b) => a - b));
});

test('a namespace that is not there has no pods, whichever were named before', () => {
  const sets = peerSets();
  const podsIn = (name: string): number => sets.unitsOfPods({ kind: 'pods', namespaces: { name }, pods: [] }).length;
  expect(['', 'c', 'b', 'd', 'c', 'a', 'B'].map(podsIn)).toEqual([0, 0, 1, 0, 0, 2, 0]);
});

describe('the number of a set', () => {
  test('is that of what a peer says', () => {
    const sets = peerSets();
    const ask = () => Object.values(PEERS).map((make) => sets.intern(make()));
    const numbers = ask();
    expect(ask()).toEqual(numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(sets.intern('any')).toBe(EVERY_PEER);
  });

  test('of what is open is one for each kind of peer, another than those of what matches; there is none where nothing is open', () => {
    const sets = peerSets();
    const open = () => Object.fromEntries(Object.entries(PEERS).map(([name, make]) => [name, sets.internOpen(make())]));
    const numbers = open();
    expect(open()).toEqual(numbers);
    // One pod has no address, one node no labels; a name may be any address. Which networks or labels it is about is all the same.
    expect(Object.entries(numbers).filter(([, number]) => number !== NOTHING_OPEN)).toEqual([
      ['networks', 0],
      ['two networks', 0],
      ['nodes with a label', 1],
      ['names of which some are not', EVERY_PEER],
    ]);
    expect(Object.values(PEERS).map((make, i) => sets.intern(make()) - i)).toEqual(Object.values(PEERS).map(() => 2));
  });
});

describe('the pods of a set that give a port name a number', () => {
  const ports = (...numbers: readonly number[]) => numbers.map((port) => ({ protocol: 'TCP' as const, name: 'web', port }));
  const pods = [
    podOf('a', ['10.0.0.1'], { namedPorts: ports(80) }),
    podOf('b', ['10.0.0.2'], { namedPorts: ports(81, 80) }),
    podOf('c', ['10.0.0.3'], { namedPorts: [...ports(82), { protocol: 'UDP', name: 'web', port: 82 }] }),
    podOf('d', ['10.0.0.4']),
    podOf('e', ['10.0.0.5'], { namedPorts: ports(80, 80) }),
  ];
  const some = clusterOf({ namespaces: [{ name: 'a', labels: new Map() }], pods });
  const halves = [prefix('10.0.0.0/31'), prefix('10.0.0.2/31')];
  const prefixes = indexPrefixes(halves);
  const endpoints = endpointsOf(some, prefixes, { portNames: new Set(['TCP/web', 'UDP/web']), nodes: false });
  const make = () => new PeerSets(some, endpoints, prefixes, spec);

  /** The names of the pods by number. */
  function named(sets: PeerSets, set: number, protocol: 'TCP' | 'UDP', name = 'web'): Record<number, string> {
    const found = sets.byPortNumber(set, protocol, name);
    for (const { set: those } of found) expect(sets.sets.get(those)).toHaveLength(new Set(sets.sets.get(those)).size);
    const namesOf = (units: Uint32Array) => some.pods.filter((_, pod) => units.includes(unitOfPod(pod))).map((pod) => pod.name);
    return Object.fromEntries(found.map(({ port, set: those }) => [port, namesOf(sets.sets.get(those)).join('')]));
  }
  const unitOfPod = (pod: number): number => endpoints.unit[endpoints.podStart[pod]!]!;

  test('are those of the set, of the protocol and of the name; a pod with two numbers is in two', () => {
    const sets = make();
    const [low, high] = halves.map((cidr) => sets.intern({ kind: 'ipBlock', cidr, except: [] }));
    expect(named(sets, EVERY_PEER, 'TCP')).toEqual({ 80: 'abe', 81: 'b', 82: 'c' });
    expect(named(sets, EVERY_PEER, 'UDP')).toEqual({ 82: 'c' });
    expect(named(sets, low!, 'TCP')).toEqual({ 80: 'a' });
    expect(named(sets, high!, 'TCP')).toEqual({ 80: 'b', 81: 'b', 82: 'c' });
    expect([named(sets, low!, 'UDP'), named(sets, EVERY_PEER, 'TCP', 'we')]).toEqual([{}, {}]);
  });

  test('are found once', () => {
    const sets = make();
    const first = sets.byPortNumber(EVERY_PEER, 'TCP', 'web');
    expect(sets.byPortNumber(EVERY_PEER, 'TCP', 'web')).toEqual(first);
    expect(sets.byPortNumber(EVERY_PEER, 'UDP', 'web').map(({ set }) => set)).not.toContain(first[0]!.set);
    expect(sets.sets.count).toBe(4);
  });
});
