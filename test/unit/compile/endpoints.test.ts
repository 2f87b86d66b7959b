/**
 * Ends of flows and who has which address, for clusters that are given in any order.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { mapAddresses } from '../../../src/compile/address-lookup.ts';
import { compileTables } from '../../../src/compile/compile.ts';
import { indexPrefixes } from '../../../src/compile/prefixes.ts';
import { engineFromTables } from '../../../src/engine/engine.ts';
import { Directory } from '../../../src/evaluate/directory.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import { address, clusterOf, endpointsOf, inOneTier, nodeOf, podOf, policyOf, ruleOf } from './forms.ts';

describe('endpoints', () => {
  const layOut = (cluster: Cluster, nodes = false) => endpointsOf(cluster, indexPrefixes([]), { portNames: new Set(), nodes });

  test('of a pod are its first address of each family, IPv4 before IPv6', () => {
    const addressesOf = (...ips: string[]) => {
      const cluster = clusterOf({ pods: [podOf('p', ips), podOf('q', ['10.0.0.9'])] });
      const { hostOf } = mapAddresses(cluster, indexPrefixes([]), spec);
      const { host, podStart } = layOut(cluster);
      return Array.from(host.subarray(podStart[0], podStart[1]), (each) => ips[hostOf.indexOf(each)] ?? 'none');
    };
    expect(addressesOf('10.0.0.2', '10.0.0.1', 'fd00::2', 'fd00::1')).toEqual(['10.0.0.2', 'fd00::2']);
    expect(addressesOf('fd00::1', '10.0.0.1')).toEqual(['10.0.0.1', 'fd00::1']);
    expect(addressesOf('fd00::1')).toEqual(['fd00::1']);
    expect(addressesOf()).toEqual(['none']);
  });

  test.each([1, 2, 8, 9, 10, 30])('of pods are in one group where they share one of %i sets of labels, inside a namespace', (count) => {
    const sets = Array.from({ length: count }, (_, i) => new Map([['app', `app-${i}`]]));
    // Each set twice, the second time in another order.
    const places = [...sets.keys(), ...[...sets.keys()].reverse(), 0];
    const podsOf = (namespace: string) => places.map((i, n) => podOf(`p-${n}`, [], { namespace, labels: sets[i]! }));
    const namespaces = ['a', 'b', 'c'].map((name) => ({ name, labels: new Map() }));
    const { groups } = layOut(clusterOf({ namespaces, pods: [...podsOf('a'), ...podsOf('c')] }));
    expect(groups.labels).toEqual([...sets, ...sets]);
    expect(Array.from(groups.namespaceStart)).toEqual([0, count, count, 2 * count]);
    expect(Array.from(groups.ofPod)).toEqual([...places, ...places.map((i) => count + i)]);
  });

  test('of nodes are one unit where labels are equal, in whatever order they are given, and only there', () => {
    const labels = (...keys: string[]) => new Map(keys.map((key) => [key, `is ${key}`]));
    const nodes = [
      nodeOf('m', ['192.168.0.1'], labels('a', 'b')),
      nodeOf('n', ['192.168.0.2'], labels('b', 'a')),
      nodeOf('o', ['192.168.0.3'], labels('a')),
    ];
    const { unit, units, kind } = layOut(clusterOf({ nodes }), true);
    const [m, n, o] = unit;
    expect(kind.slice(0, 3)).toEqual(new Uint8Array(3).fill(kind[0]!));
    expect([n === m, o === m]).toEqual([true, false]);
    expect(units.nodeGroup[o!]).not.toBe(units.nodeGroup[m!]);
  });
});

describe('an address of several owners', () => {
  const denied = inOneTier([policyOf('closed', [ruleOf('deny', { direction: 'ingress' })])]);
  const targetOf = (cluster: Cluster, ip: string) => {
    const tables = compileTables(cluster, denied, spec);
    const directory = new Directory(tables, new TableNames(tables));
    const { endpoints, owner, unreadable } = directory.resolve({ ip });
    return { names: Array.from(endpoints, (endpoint) => directory.nameOf(endpoint)), owner, unreadable };
  };
  const service = (name: string, ip: string) => ({ namespace: 'a', name, ip: address(ip) });
  const orders = <T>([a, b, c]: readonly [T, T, T]): T[][] => [
    [a, b, c],
    [b, a, c],
    [c, b, a],
    [b, c, a],
  ];

  test.each(['10.96.0.1', 'fd96::1'])('%s of Services alone is called by the first name in code units, whatever the order', (ip) => {
    for (const serviceAddresses of orders([service('Zed', ip), service('abc', ip), service('abd', ip)])) {
      const cluster = clusterOf({ pods: [podOf('p', ['10.0.0.1', 'fd00::1'])], serviceAddresses });
      expect(targetOf(cluster, ip)).toEqual({ names: [], owner: 'Service a/Zed', unreadable: false });
      const { unknown } = engineFromTables(compileTables(cluster, denied, spec)).canReach({
        from: 'a/p',
        to: ip,
        protocol: 'TCP',
        port: 80,
      });
      expect(unknown).toMatchObject({ cause: 'service-address', message: expect.stringContaining('a/Zed') });
    }
  });

  test('and so are those of objects that could not be read, which come before all others', () => {
    const ip = address('10.0.0.1');
    const broken = (namespace: string | undefined, name: string) => {
      return { object: { kind: 'Pod', name, ...(namespace === undefined ? {} : { namespace }) }, ip };
    };
    for (const unreadableAddresses of orders([broken('b', 'x'), broken('a', 'x'), broken('a', 'y')])) {
      const cluster = clusterOf({ pods: [podOf('p', ['10.0.0.1'])], serviceAddresses: [service('s', '10.0.0.1')], unreadableAddresses });
      expect(targetOf(cluster, '10.0.0.1')).toEqual({ names: [], owner: 'Pod a/x', unreadable: true });
    }
  });

  test('is that of the pods where a Service has it too, of all of them', () => {
    const pods = [podOf('p', ['10.0.0.1']), podOf('q', ['10.0.0.1'])];
    const cluster = clusterOf({ pods, serviceAddresses: [service('s', '10.0.0.1')], nodes: [nodeOf('n', ['10.0.0.1'])] });
    expect(targetOf(cluster, '10.0.0.1')).toMatchObject({ names: ['a/p', 'a/q'], owner: undefined });
    expect(targetOf(clusterOf({ ...cluster, pods: [pods[1]!] }), '10.0.0.1')).toMatchObject({ names: ['a/q'], owner: undefined });
    const engine = engineFromTables(compileTables(cluster, denied, spec));
    expect(engine.canReach({ from: '192.0.2.1', to: '10.0.0.1', protocol: 'TCP', port: 80 }).verdict).toBe('deny');
  });
});
