/**
 * The exact rules that names of ports become where a data plane looks them up before it writes its rules: what keeps its place, what matches nothing, what is open.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { DeclaredPorts } from '../../../src/dialects/declared-ports.ts';
import { resolveNames } from '../../../src/dialects/resolved-names.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { Peer, PodMatch, PortMatch, Rule } from '../../../src/model/policy.ts';
import type { Direction } from '../../../src/model/protocol.ts';

const origin = { file: 'np.yaml', line: 7, column: 1 };
const SHOP: PodMatch = { kind: 'pods', namespaces: { name: 'shop' }, pods: [] };
const WEB = {
  kind: 'Pod',
  metadata: { namespace: 'shop', name: 'web' },
  spec: { containers: [{ ports: [{ name: 'http', containerPort: 80 }] }] },
} as const;
const declared = new DeclaredPorts(toManifests({ pods: [WEB] }), spec);
const resolution = { subject: SHOP, namespace: 'shop', declared };

const named = (name: string): PortMatch => ({ kind: 'named', protocol: 'TCP', name });
const number = (port: number): PortMatch => ({ kind: 'range', protocol: 'TCP', from: port, to: port });
const NO_PORT = named('');
const PODS: Peer = SHOP;
const BLOCK: Peer = { kind: 'ipBlock', cidr: { family: 4, words: [0x0b000000], length: 8 }, except: [] };
/** A peer that keeps its place and matches nothing. */
const NO_PEER: Peer = { kind: 'domainNames', known: [], names: [] };
const rule = (direction: Direction, peers: Rule['peers'], ports: Rule['ports']): Rule => ({
  direction,
  action: 'allow',
  peers,
  ports,
  index: 3,
  origin,
});

describe('a rule with names of ports', () => {
  test('is as it was without a name, and from everywhere', () => {
    for (const given of [
      rule('egress', [PODS, BLOCK], [number(80)]),
      rule('egress', [PODS], 'any'),
      rule('egress', 'any', [number(80)]),
      rule('ingress', 'any', [named('metrics')]),
    ]) {
      expect(resolveNames(given, resolution)).toEqual([given]);
    }
  });

  test('towards blocks keeps numbers at their places, and names match nothing', () => {
    expect(resolveNames(rule('egress', [BLOCK], [named('http'), number(443), named('metrics')]), resolution)).toEqual([
      rule('egress', [BLOCK], [NO_PORT, number(443), NO_PORT]),
    ]);
  });

  test('is parted where pods and blocks meet, each at its place', () => {
    const ports = [named('http')];
    expect(resolveNames(rule('egress', [PODS, PODS, BLOCK, PODS], ports), resolution)).toEqual([
      rule('egress', [PODS, PODS], ports),
      rule('egress', [NO_PEER, NO_PEER, BLOCK], [NO_PORT]),
      rule('egress', [NO_PEER, NO_PEER, NO_PEER, PODS], ports),
    ]);
  });

  test('from pods and blocks is open to the pods where nobody declares the names, never to the blocks', () => {
    const ports = [named('metrics')];
    expect(resolveNames(rule('ingress', [PODS, BLOCK], ports), resolution)).toEqual([
      rule('ingress', [PODS], 'any'),
      rule('ingress', [NO_PEER, BLOCK], ports),
    ]);
    expect(resolveNames(rule('ingress', [BLOCK], ports), resolution)).toEqual([rule('ingress', [BLOCK], ports)]);
    expect(resolveNames(rule('egress', [BLOCK], ports), resolution)).toEqual([rule('egress', [BLOCK], [NO_PORT])]);
  });

  test('to everywhere is one rule for each number, after ports that keep their places', () => {
    expect(resolveNames(rule('egress', 'any', [number(443), named('http'), named('metrics'), number(22)]), resolution)).toEqual([
      rule('egress', 'any', [number(443)]),
      rule('egress', 'any', [NO_PORT, number(80)]),
      rule('egress', 'any', [NO_PORT, NO_PORT, NO_PORT, number(22)]),
    ]);
    expect(resolveNames(rule('egress', 'any', [named('metrics')]), resolution)).toEqual([]);
  });
});
