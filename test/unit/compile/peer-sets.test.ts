/**
 * Sets of peers have one number each, however often and by whichever object they are asked for, and two sets never share one.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { mentionsOf } from '../../../src/compile/mentions.ts';
import { EVERY_PEER, PeerSets, type ResolvedPort } from '../../../src/compile/peer-sets.ts';
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

const PORTS: readonly (ResolvedPort | undefined)[] = [
  undefined,
  { protocol: 'TCP', name: 'web', port: 80 },
  { protocol: 'TCP', name: 'web', port: 81 },
  { protocol: 'UDP', name: 'web', port: 80 },
];

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
  test('is that of what a peer says, with the port name that it is held to', () => {
    const sets = peerSets();
    const asked = Object.values(PEERS).flatMap((make) => PORTS.map((port) => ({ make, port })));
    const ask = () => asked.map(({ make, port }) => sets.intern(make(), port && { ...port }));
    const numbers = ask();
    expect(ask()).toEqual(numbers);
    expect(new Set(numbers).size).toBe(asked.length);
  });

  test('of every peer is a number of its own, or a set where a port name is asked for', () => {
    const sets = peerSets();
    expect([sets.intern('any'), sets.intern('any', PORTS[1]), sets.intern('any', PORTS[3]), sets.intern('any', PORTS[1])]).toEqual([
      EVERY_PEER,
      0,
      1,
      0,
    ]);
  });

  test('of what is open is one for each kind of peer and port name, another than those of what matches; there is none where nothing is open', () => {
    const sets = peerSets();
    const open = () => Object.fromEntries(Object.entries(PEERS).map(([name, make]) => [name, sets.internOpen(make())]));
    const numbers = open();
    expect(open()).toEqual(numbers);
    // One pod has no address, one node no labels; a name may be any address. Which networks, labels or names it is about is all the same.
    expect(Object.entries(numbers).filter(([, number]) => number !== undefined)).toEqual([
      ['networks', 0],
      ['two networks', 0],
      ['nodes with a label', 1],
      ['names of which some are not', 2],
    ]);
    expect(sets.internOpen({ kind: 'domainNames', known: [], names: ['b.example'] })).toBe(2);
    expect(PORTS.map((port) => sets.internOpen(PEERS['names of which some are not']!(), port))).toEqual([2, 3, undefined, 4]);
    expect(Object.values(PEERS).map((make, i) => sets.intern(make()) - i)).toEqual(Object.values(PEERS).map(() => 5));
    expect([sets.internOpen('any'), sets.internOpen(PEERS.nodes!())]).toEqual([undefined, undefined]);
  });
});
