/**
 * What data planes do differently, and which field of which policy is why: one small cluster for each switch that a bundled profile has.
 */
import { describe, expect, it } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import { portability } from '../../../src/portability/portability.ts';
import type { CniPortability } from '../../../src/portability/report.ts';
import { causeText, connectionText } from '../../../src/report/portability-words.ts';

const CLUSTER = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { nodeName: n1, containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
status: { podIP: 10.0.0.1 }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { nodeName: n1, containers: [{ name: c }] }
status: { podIP: 10.0.0.2 }
`;

const policy = (spec: string, name = 'p') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`;
const clusterPolicy = (spec: string) => `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: admin }
spec: ${spec}
`;

function under(cni: string | CniProfile, ...policies: readonly string[]): CniPortability {
  const report = portability(parseManifests(CLUSTER + policies.join(''), { file: 'a.yaml' }), { cnis: [cni] });
  return report.cnis[0] as CniPortability;
}

const told = ({ findings }: CniPortability): string[] =>
  findings.flatMap(({ effect, switches, places, connections }) => [
    `${effect} ${switches.join('+')} ${places.map(causeText).join('; ')}`,
    ...connections.map(connectionText),
  ]);

describe('portability', () => {
  it('finds nothing where a profile is the baseline, and something beside it', () => {
    const text = policy('{ podSelector: { matchLabels: { app: db } } }');
    const { cnis, differs, complete } = portability(parseManifests(CLUSTER + text), { cnis: ['spec', 'antrea', 'flannel', 'spec'] });
    expect(cnis.map(({ cni, findings, notEnforced }) => [cni, findings.length > 0, notEnforced.length])).toEqual([
      ['spec', false, 0],
      ['antrea', false, 0],
      ['flannel', true, 1],
    ]);
    expect([differs, complete]).toEqual([true, true]);
    expect(portability(parseManifests(CLUSTER + text), { cnis: ['spec', 'calico'] }).differs).toBe(false);
  });

  it('puts policies that are not enforced first, with their places, and says what they left open', () => {
    const found = under('flannel', policy('{ podSelector: { matchLabels: { app: db } } }'));
    expect(found.notEnforced).toEqual([
      {
        policy: { kind: 'NetworkPolicy', namespace: 'shop', name: 'p' },
        origin: { file: 'a.yaml', line: 14, column: 1 },
        because: 'it enforces no policy at all',
        baselineToo: false,
      },
    ]);
    expect(told(found)).toEqual([
      'opens enforced NetworkPolicy shop/p (a.yaml:14:1)',
      'shop/web, outside 0.0.0.0/0 → shop/db, every port: deny → allow',
    ]);
  });

  it('says that a policy is not enforced by the baseline either, which is no difference', () => {
    const manifests = parseManifests(CLUSTER + policy('{ podSelector: {} }'));
    const { cnis, differs } = portability(manifests, { cnis: ['flannel'], baseline: 'flannel' });
    expect(cnis[0]?.notEnforced.map(({ baselineToo }) => baselineToo)).toEqual([true]);
    expect(differs).toBe(false);
  });

  it('names the name of a port that Weave gives a policy up for', () => {
    const found = under(
      'weave',
      policy('{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: http }] }] }'),
    );
    expect(told(found)).toEqual([
      'opens namedPorts NetworkPolicy shop/p spec.ingress[0].ports[0].port (a.yaml:17:104)',
      'shop/db → shop/web, TCP/1-8079, TCP/8081-65535, every UDP port, every SCTP port: deny → allow',
      'outside 0.0.0.0/0 → shop/web, every port: deny → allow',
    ]);
    expect(found.notEnforced.map(({ because }) => because)).toEqual(['it gives up a policy that names a port by its name']);
  });

  it('names the range that Weave does not know', () => {
    const found = under(
      'weave',
      policy('{ podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [{ port: 80, endPort: 90 }] }] }'),
    );
    expect(told(found)).toEqual([
      'closes endPort NetworkPolicy shop/p spec.ingress[0].ports[0].endPort (a.yaml:17:84)',
      'shop/web, outside 0.0.0.0/0 → shop/db, TCP/81-90: allow → deny',
    ]);
  });

  it('names the block that Cilium does not match with pods', () => {
    const found = under(
      'cilium',
      policy(
        '{ podSelector: { matchLabels: { app: web } }, egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }], policyTypes: [Egress] }',
      ),
    );
    expect(told(found)).toEqual([
      'closes ipBlockMatchesPods NetworkPolicy shop/p spec.egress[0].to[0].ipBlock (a.yaml:17:71)',
      'shop/web → shop/db, every port: allow → deny',
    ]);
    expect(found.findings[0]?.because).toBe('cilium never matches a pod by a block of addresses');
  });

  it('names the blocks from which kube-router takes an exception of another', () => {
    const found = under(
      'kube-router',
      policy(
        '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 192.0.0.0/8 } }, { ipBlock: { cidr: 192.0.0.0/16, except: [192.0.2.0/24] } }] }] }',
      ),
    );
    expect(told(found)).toEqual([
      'closes exceptScope NetworkPolicy shop/p spec.egress[0].to[0].ipBlock (a.yaml:17:94)',
      'shop/web → outside 192.0.2.0/24, every port: allow → deny',
    ]);
    expect(found.findings[0]?.because).toBe('kube-router takes the exceptions of one block from all blocks of the rule');
  });

  it('names an unknown peer of an administrator, and a policy of which the kind is not known', () => {
    const admin = clusterPolicy(
      '{ tier: Admin, priority: 1, subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ nodes: {} }] }] }',
    );
    const closed = under('calico', admin);
    expect(told(closed)[0]).toBe('closes adminPeers ClusterNetworkPolicy admin spec.egress[0].to[0].nodes (a.yaml:17:96)');
    const allow = clusterPolicy(
      '{ tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }',
    );
    const open = under('weave', allow);
    expect(told(open)).toEqual([
      'opens adminApi ClusterNetworkPolicy admin (a.yaml:14:1)',
      'every pod → every pod, every port: deny → allow',
    ]);
    expect(open.notEnforced.map(({ because }) => because)).toEqual(['it does not know this kind of policy']);
  });

  it('says so where switches only act together', () => {
    const both: CniProfile = { ...spec, name: 'both', ipBlockMatchesPods: false, endPort: 'ignored' };
    // Each of two policies allows it in its own way, and each switch takes one of them away.
    const found = under(
      both,
      policy(
        '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 85 }] }] }',
        'block',
      ),
      policy(
        '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80, endPort: 90 }] }] }',
        'range',
      ),
    );
    expect(told(found)).toEqual([
      'closes endPort NetworkPolicy shop/range spec.ingress[0].ports[0].endPort (a.yaml:22:113)',
      'shop/web → shop/db, TCP/81-84, TCP/86-90: allow → deny',
      'closes ipBlockMatchesPods+endPort NetworkPolicy shop/block spec.ingress[0].from[0].ipBlock (a.yaml:17:73); NetworkPolicy shop/range spec.ingress[0].ports[0].endPort (a.yaml:22:113)',
      'shop/web → shop/db, TCP/85: allow → deny',
    ]);
    expect(found.findings[1]?.because).toContain('(only together)');
  });

  it('tells pods and their own nodes apart from the others', () => {
    const strict: CniProfile = { ...spec, name: 'strict', hairpin: 'policy' };
    const found = under(strict, policy('{ podSelector: { matchLabels: { app: db } } }'));
    expect(told(found)).toEqual([
      'closes hairpin NetworkPolicy shop/p (a.yaml:14:1)',
      'shop/db → shop/db (itself, or its own node), every port: allow → deny',
    ]);
  });

  it('refuses a profile that does not exist', () => {
    expect(() => portability(parseManifests(CLUSTER), { cnis: ['cillium'] })).toThrow(/there is no CNI profile `cillium`/);
  });
});
