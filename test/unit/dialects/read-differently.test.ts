/**
 * What the author of a NetworkPolicy is told about fields that a data plane reads in another way: which fields, in which words, and of which nothing is said.
 */
import { describe, expect, test } from 'vitest';
import { awsVpcCni } from '../../../src/cni/aws-vpc-cni.ts';
import { cilium } from '../../../src/cni/cilium.ts';
import { kubeRouter } from '../../../src/cni/kube-router.ts';
import { spec } from '../../../src/cni/spec.ts';
import { weave } from '../../../src/cni/weave.ts';
import { lowerNetworkPolicies } from '../../../src/dialects/network-policy.ts';
import { type ManifestObjects, toManifests } from '../../../src/fuzz/manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicySpec, NodeObject, PodObject } from '../../../src/model/resource.ts';

const policy = (more: Partial<NetworkPolicySpec>, namespace: string | undefined = 'shop'): NetworkPolicyObject => ({
  kind: 'NetworkPolicy',
  metadata: { name: 'np', ...(namespace === '' ? {} : { namespace }) },
  spec: { podSelector: {}, ...more },
});
const egress = (...rules: NonNullable<NetworkPolicySpec['egress']>) => policy({ policyTypes: ['Egress'], egress: rules });
const ingress = (...rules: NonNullable<NetworkPolicySpec['ingress']>) => policy({ policyTypes: ['Ingress'], ingress: rules });
const block = (cidr: string, ...except: string[]): NetworkPolicyPeer => ({ ipBlock: { cidr, except } });
const to = (...peers: NetworkPolicyPeer[]) => egress({ to: peers });

const pod = (name: string, status: PodObject['status'], more: PodObject['spec'] = {}, namespace = 'shop'): PodObject => ({
  kind: 'Pod',
  metadata: { name, labels: { app: name }, ...(namespace === '' ? {} : { namespace }) },
  spec: more,
  status,
});
const node = (name: string, ...addresses: string[]): NodeObject => ({
  kind: 'Node',
  metadata: { name },
  status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
});
/** A profile that reads one thing of NetworkPolicies in another way. */
const under = (more: Partial<CniProfile>): CniProfile => ({ ...spec, name: 'own', ...more });

const diagnosticsOf = (profile: CniProfile, objects: ManifestObjects) => lowerNetworkPolicies(toManifests(objects), profile).diagnostics;

/** Fields and messages without what they all begin with. */
function saidOf(
  profile: CniProfile,
  policies: NetworkPolicyObject | readonly NetworkPolicyObject[],
  objects: ManifestObjects = {},
): string[] {
  const networkPolicies = 'kind' in policies ? [policies] : policies;
  return diagnosticsOf(profile, { ...objects, networkPolicies }).map(({ field, message }) => {
    const start = `NetworkPolicy \`shop/np\` under \`${profile.name}\`: `;
    expect(message.startsWith(start)).toBe(true);
    return `${field}: ${message.slice(start.length)}`;
  });
}

const HTTP = { port: 'http' };
const METRICS = { port: 'metrics' };
/** Declares `http`, and nobody declares `metrics`. */
const WEB = pod('web', { podIP: '10.0.0.1' }, { containers: [{ ports: [{ name: 'http', containerPort: 80 }] }] });
const OPEN = 'no pod declares the port `metrics`, and the rule is written without ports: all of them are open to the pods it names';

describe('a field that is read differently', () => {
  test('is named with its policy, the data plane, the place of the rule and the reference of the policy', () => {
    const object = ingress({}, { ports: [{ port: 80, endPort: 90 }] });
    expect(diagnosticsOf(weave, { networkPolicies: [object] })).toEqual([
      {
        code: 'policy-read-differently',
        severity: 'warning',
        message: 'NetworkPolicy `shop/np` under `weave`: `endPort` is not known to it: of ports 80 to 90 only 80 is allowed',
        origin: { file: 'generated.yaml', line: 1101, column: 1 },
        object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'np' },
        field: 'spec.ingress[1].ports[0].endPort',
      },
    ]);
  });

  test('of a policy without namespace is in the namespace default', () => {
    const object = policy({ ingress: [{ ports: [{ port: 80, endPort: 90 }] }] }, '');
    expect(diagnosticsOf(weave, { networkPolicies: [object] })).toMatchObject([
      { message: expect.stringMatching(/^NetworkPolicy `default\/np` under `weave`: /), object: { namespace: 'default' } },
    ]);
  });

  test('says nothing to anybody in a direction that the policy does not have', () => {
    const rule = { ports: [{ port: 80, endPort: 90 }] };
    const words = '`endPort` is not known to it: of ports 80 to 90 only 80 is allowed';
    expect(saidOf(weave, policy({ policyTypes: ['Egress'], ingress: [rule], egress: [rule] }))).toEqual([
      `spec.egress[0].ports[0].endPort: ${words}`,
    ]);
    expect(saidOf(weave, policy({ policyTypes: ['Ingress'], ingress: [rule], egress: [rule] }))).toEqual([
      `spec.ingress[0].ports[0].endPort: ${words}`,
    ]);
  });

  test('says nothing in a policy that is refused as a whole', () => {
    const object = to(block('10.0.0.1/8'), block('10.1.0.0/16', '10.1.2.0/24'));
    expect(saidOf({ ...kubeRouter, hostBits: 'reject' }, object)).toEqual([]);
    expect(saidOf(kubeRouter, object)).toHaveLength(1);
  });
});

describe('endPort under a data plane that does not know it', () => {
  test.each<[string, CniProfile, object]>([
    ['is the port itself', weave, { port: 80, endPort: 80 }],
    ['is absent', weave, { port: 80 }],
    ['is null', weave, { port: 80, endPort: null }],
    ['is known', kubeRouter, { port: 80, endPort: 90 }],
  ])('is nothing to speak of where it %s', (_, profile, port) => {
    expect(saidOf(profile, egress({ ports: [port] }))).toEqual([]);
  });
});

describe('names of ports under a data plane that fails open', () => {
  const client: NetworkPolicyPeer = { podSelector: {} };
  const NO_BLOCK = 'the port `http` allows nothing to an ipBlock';

  test('are spoken of where nobody declares them, in the rule that names them only', () => {
    const rules = { from: [client], ports: [METRICS] };
    const both = policy({
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [client], ports: [HTTP] }, rules],
      egress: [{ to: [client], ports: [HTTP] }, { to: [client], ports: [HTTP] }, { to: [client] }],
    });
    expect(saidOf(kubeRouter, both, { pods: [WEB] })).toEqual([`spec.ingress[1].ports: ${OPEN}`]);
    const other = policy({
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [client], ports: [HTTP] }],
      egress: [{ to: [client], ports: [METRICS] }],
    });
    expect(saidOf(kubeRouter, other, { pods: [WEB] })).toEqual([`spec.egress[0].ports: ${OPEN}`]);
  });

  test('are listed, and numbers beside them are not', () => {
    const admin =
      'no pod declares the port `metrics`, `admin`, and the rule is written without ports: all of them are open to the pods it names';
    expect(saidOf(kubeRouter, ingress({ from: [client], ports: [METRICS, { port: 'admin' }] }), { pods: [WEB] })).toEqual([
      `spec.ingress[0].ports: ${admin}`,
    ]);
    const some = egress({ ports: [HTTP, { port: 443 }] });
    expect(saidOf(kubeRouter, some, { pods: [WEB] })).toEqual([
      'spec.egress[0].ports: the port `http` is what pods of namespace `shop` declare, and open to every destination',
    ]);
  });

  test('mean what they say on ingress where a pod declares them', () => {
    expect(saidOf(kubeRouter, ingress({ ports: [HTTP] }, { from: [block('11.0.0.0/8'), client], ports: [HTTP] }), { pods: [WEB] })).toEqual(
      [],
    );
  });

  test('allow nothing to a block on egress, alone or beside pods', () => {
    const field = 'spec.egress[0].ports';
    const withPeers = (...peers: NetworkPolicyPeer[]) => saidOf(kubeRouter, egress({ to: peers, ports: [HTTP] }), { pods: [WEB] });
    expect(withPeers(block('11.0.0.0/8'))).toEqual([`${field}: ${NO_BLOCK}`]);
    expect(withPeers(client, block('11.0.0.0/8'))).toEqual([`${field}: ${NO_BLOCK}`]);
    expect(withPeers(client)).toEqual([]);
  });

  test('are nothing to speak of where there are none', () => {
    expect(saidOf(kubeRouter, egress({}, { to: [client] }, { ports: [{ port: 80 }] }), { pods: [WEB] })).toEqual([]);
  });

  test('mean what they say under a data plane that only reads blocks differently', () => {
    const named = egress({ ports: [METRICS] }, { to: [block('11.0.0.0/8')], ports: [HTTP] });
    expect(saidOf(cilium, named, { pods: [WEB] })).toEqual([]);
    expect(saidOf(kubeRouter, named, { pods: [WEB] })).toHaveLength(2);
  });

  test('leave open what the rule allows under a data plane that resolves them in a way of its own', () => {
    expect(saidOf(awsVpcCni, ingress({ ports: [{ port: 80 }] }, { ports: [HTTP, METRICS] }))).toEqual([
      'spec.ingress[1].ports: the port `http`, `metrics` is resolved in a way of its own, so that what this rule allows is unknown',
    ]);
  });
});

describe('exceptions under a data plane with one set for all blocks of a rule', () => {
  const taken = (except: string, cidr: string) => `the exception \`${except}\` of another block of the rule is taken from \`${cidr}\`, too`;

  test('are taken from the shorter blocks beside, on both directions, each once', () => {
    const peers = [block('10.0.0.0/8'), block('10.1.0.0/16', '10.1.2.0/24'), block('10.1.0.0/16', '10.1.2.0/24', '10.1.3.0/24')];
    expect(saidOf(kubeRouter, to(...peers))).toEqual([
      `spec.egress[0].to[0].ipBlock.except: ${taken('10.1.2.0/24', '10.0.0.0/8')}`,
      `spec.egress[0].to[0].ipBlock.except: ${taken('10.1.3.0/24', '10.0.0.0/8')}`,
      `spec.egress[0].to[1].ipBlock.except: ${taken('10.1.3.0/24', '10.1.0.0/16')}`,
    ]);
    expect(saidOf(kubeRouter, ingress({ from: peers.slice(0, 2) }))).toEqual([
      `spec.ingress[0].from[0].ipBlock.except: ${taken('10.1.2.0/24', '10.0.0.0/8')}`,
    ]);
  });

  test('take nothing from a block that is elsewhere, that equals them, or whose own they are', () => {
    expect(saidOf(kubeRouter, to(block('11.0.0.0/8'), block('10.0.0.0/8', '10.1.0.0/16')))).toEqual([]);
    expect(saidOf(kubeRouter, to(block('10.1.0.0/16'), block('10.0.0.0/8', '10.1.0.0/16')))).toEqual([]);
    expect(saidOf(kubeRouter, to(block('10.0.0.0/8', '10.1.0.0/16'), block('10.0.0.0/8', '10.1.0.0/16')))).toEqual([]);
  });

  test('stay with their own block under every other data plane', () => {
    const peers = to(block('10.0.0.0/8'), block('10.1.0.0/16', '10.1.2.0/24'));
    expect(saidOf(cilium, peers)).toEqual([]);
    expect(saidOf(under({ exceptScope: 'rule' }), peers)).toEqual([
      `spec.egress[0].to[0].ipBlock.except: ${taken('10.1.2.0/24', '10.0.0.0/8')}`,
    ]);
  });
});

describe('everything of IPv6 under a data plane that cannot hold it in one entry', () => {
  test.each([kubeRouter, under({ ipv6Everything: 'global-and-local' })])('is two ranges of it', (profile) => {
    expect(saidOf(profile, to(block('0.0.0.0/0'), block('2000::/3'), block('::/0')))).toEqual([
      'spec.egress[0].to[2].ipBlock.cidr: `::/0` is 2000::/3 and fd00::/8 only',
    ]);
  });

  test('is everything under others', () => {
    expect(saidOf(cilium, to(block('::/0'), block('0.0.0.0/0')))).toEqual([]);
  });
});

describe('blocks under a data plane that does not match what is in the cluster', () => {
  const pods = [
    pod('web', { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] }),
    pod('late', {}),
    pod('lost', undefined, {}, ''),
    pod('plain', { podIP: '10.0.7.1' }, {}, ''),
  ];
  const nodes = [node('n1', 'n1.example', '10.9.0.1', 'fd99::1'), node('n2', '10.9.0.2')];
  const objects = { pods, nodes };
  const at = (i: number) => `spec.egress[0].to[${i}].ipBlock.cidr`;
  const missed = (i: number, cidr: string, owner: string) => `${at(i)}: \`${cidr}\` does not match ${owner}, whose address it holds`;

  test('name the first pod or node whose address they hold, of both families', () => {
    const peers = ['10.0.0.0/24', '10.0.0.1/32', '10.0.7.0/24', 'fd00::/64', 'fd00::1/128', '10.9.0.2/32', 'fd99::/16', '10.9.0.0/16'];
    expect(saidOf(cilium, to(...peers.map((cidr) => block(cidr))), objects)).toEqual([
      missed(0, '10.0.0.0/24', 'pod `shop/web`'),
      missed(1, '10.0.0.1/32', 'pod `shop/web`'),
      missed(2, '10.0.7.0/24', 'pod `default/plain`'),
      missed(3, 'fd00::/64', 'pod `shop/web`'),
      missed(4, 'fd00::1/128', 'pod `shop/web`'),
      missed(5, '10.9.0.2/32', 'node `n2`'),
      missed(6, 'fd99::/16', 'node `n1`'),
      missed(7, '10.9.0.0/16', 'node `n1`'),
    ]);
  });

  test('say nothing where they hold nobody', () => {
    expect(saidOf(cilium, to(block('10.0.0.2/32'), block('fd00::2/128'), block('192.0.2.0/24')), objects)).toEqual([]);
  });

  test('are told apart by address and length', () => {
    // Without a separator between the parts of an address these two would read the same.
    const two = ['0:1:0:17::/64', '0:c:0:3::/64', '10.0.0.0/29', '10.0.0.0/32'];
    expect(
      saidOf(cilium, to(...two.map((cidr) => block(cidr))), {
        pods: [pod('web', { podIPs: [{ ip: '0:1:0:17::1' }, { ip: '10.0.0.1' }] })],
      }),
    ).toEqual([missed(0, '0:1:0:17::/64', 'pod `shop/web`'), missed(2, '10.0.0.0/29', 'pod `shop/web`')]);
  });

  test('match pods, or nodes, where only the other is not matched', () => {
    const peers = to(block('10.0.0.0/24'), block('10.9.0.0/16'));
    expect(saidOf(under({ ipBlockMatchesPods: false }), peers, objects)).toEqual([missed(0, '10.0.0.0/24', 'pod `shop/web`')]);
    expect(saidOf(under({ ipBlockMatchesNodes: false }), peers, objects)).toEqual([missed(1, '10.9.0.0/16', 'node `n1`')]);
    expect(saidOf(spec, peers, objects)).toEqual([]);
  });

  test('treat a host-network pod as the profile does: as its node, or as any pod', () => {
    const host = pod('host', { podIP: '10.8.0.1' }, { hostNetwork: true });
    const own = pod('own', { podIP: '10.7.0.1' }, { hostNetwork: false });
    const peers = to(block('10.8.0.0/16'), block('10.7.0.0/16'));
    const said = (more: Partial<CniProfile>) => saidOf(under(more), peers, { pods: [host, own] });
    const ofHost = missed(0, '10.8.0.0/16', 'pod `shop/host`');
    const ofOwn = missed(1, '10.7.0.0/16', 'pod `shop/own`');
    expect(said({ hostNetwork: 'node', ipBlockMatchesNodes: false })).toEqual([ofHost]);
    expect(said({ hostNetwork: 'node', ipBlockMatchesPods: false })).toEqual([ofOwn]);
    expect(said({ hostNetwork: 'pod', ipBlockMatchesNodes: false })).toEqual([]);
    expect(said({ hostNetwork: 'pod', ipBlockMatchesPods: false })).toEqual([ofHost, ofOwn]);
  });

  test('do not speak of pods that are completed, whose addresses are free', () => {
    const done = (phase: string) => ({ pods: [pod('job', { phase, podIP: '10.0.0.1' })] });
    const peers = to(block('10.0.0.0/24'));
    for (const phase of ['Succeeded', 'Failed']) expect(saidOf(cilium, peers, done(phase))).toEqual([]);
    expect(saidOf(cilium, peers, done('Running'))).toEqual([missed(0, '10.0.0.0/24', 'pod `shop/job`')]);
  });
});

test('22 fields that are read differently are 20 in the list and two that are counted, at the place of the first', () => {
  const rules = Array.from({ length: 22 }, (_, i) => ({ ports: [{ port: 80 + i, endPort: 200 }] }));
  const found = diagnosticsOf(weave, { networkPolicies: [egress(...rules)] });
  expect(found).toHaveLength(21);
  expect(found[20]).toEqual({
    code: 'policy-read-differently',
    severity: 'warning',
    message: '2 more fields of NetworkPolicies are read differently under `weave`',
    origin: { file: 'generated.yaml', line: 1520, column: 1 },
  });
  expect(diagnosticsOf(weave, { networkPolicies: [egress(...rules.slice(2))] })).toHaveLength(20);
});
