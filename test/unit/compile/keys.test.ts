/**
 * Keys that the compiler makes of numbers: what only a separator tells apart is kept apart. Generated worlds are too small for it.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { Container, NetworkPolicyIngressRule, NetworkPolicyObject, PodObject } from '../../../src/model/resource.ts';
import { reference } from '../../../src/reference/reference.ts';

const pod = (name: string, ip: string): PodObject => ({
  kind: 'Pod',
  metadata: { name, namespace: 'a', labels: { n: name } },
  status: { phase: 'Running', podIP: ip },
});
const policy = (name: string, subject: string, ingress: readonly NetworkPolicyIngressRule[]): NetworkPolicyObject => ({
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'a' },
  spec: { podSelector: { matchLabels: { n: subject } }, ingress },
});

test('blocks whose words have the same digits in a row are two blocks', () => {
  // The words are 1, 23, 0, 0 and 12, 3, 0, 0.
  const [one, other] = ['0:1:0:17::/64', '0:c:0:3::/64'];
  const manifests = toManifests({
    pods: [pod('p', 'fd00::1'), pod('q', 'fd00::2')],
    networkPolicies: [
      policy('one', 'p', [{ from: [{ ipBlock: { cidr: one } }] }]),
      policy('other', 'q', [{ from: [{ ipBlock: { cidr: other } }] }]),
    ],
  });
  for (const { canReach } of [compile(manifests), reference(manifests)]) {
    const verdict = (from: string, to: string) => canReach({ from, to, protocol: 'TCP', port: 80 }).verdict;
    expect(['a/p', 'a/q'].map((to) => verdict('0:1:0:17::9', to))).toEqual(['allow', 'deny']);
    expect(['a/p', 'a/q'].map((to) => verdict('0:c:0:3::9', to))).toEqual(['deny', 'allow']);
  }
});

test('a port name on egress means the pods that give it, in its protocol and at their numbers', () => {
  const declaring = (name: string, ip: string, ports: NonNullable<Container['ports']>): PodObject => {
    return { ...pod(name, ip), spec: { containers: [{ ports }] } };
  };
  const names = ['tcp', 'udp', 'other', 'far'];
  const manifests = toManifests({
    pods: [
      pod('from', 'fd00::1'),
      declaring('tcp', 'fd00::2', [{ name: 'web', containerPort: 80 }]),
      declaring('udp', 'fd00::3', [{ name: 'web', containerPort: 80, protocol: 'UDP' }]),
      declaring('other', 'fd00::4', [{ name: 'http', containerPort: 80 }]),
      declaring('far', 'fd00::5', [{ name: 'web', containerPort: 81 }]),
    ],
    networkPolicies: [
      {
        kind: 'NetworkPolicy',
        metadata: { name: 'names', namespace: 'a' },
        spec: {
          podSelector: { matchLabels: { n: 'from' } },
          policyTypes: ['Egress'],
          egress: [
            { to: [{ podSelector: {} }], ports: [{ port: 'web' }] },
            { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 'http' }, { port: 'web', protocol: 'UDP' }] },
          ],
        },
      },
    ],
  });
  for (const { canReach } of [compile(manifests), reference(manifests)]) {
    const verdicts = (protocol: 'TCP' | 'UDP', port: number) =>
      names.map((name) => canReach({ from: 'a/from', to: `a/${name}`, protocol, port }).verdict);
    expect(verdicts('TCP', 80)).toEqual(['allow', 'deny', 'deny', 'deny']);
    expect(verdicts('TCP', 81)).toEqual(['deny', 'deny', 'deny', 'allow']);
    expect(verdicts('UDP', 80)).toEqual(['deny', 'deny', 'deny', 'deny']);
  }
});
