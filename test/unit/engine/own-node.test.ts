/**
 * A pod and the node that it runs on: NetworkPolicies never stand between them (networkpolicy-semantics 49), an administrator's egress rule may deny the way from the pod to the node.
 * Asked of the engine, of its kernels and of the reference.
 */
import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/cni/check-profile.ts';
import { spec } from '../../../src/cni/spec.ts';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { Directory } from '../../../src/evaluate/directory.ts';
import { createKernel } from '../../../src/evaluate/kernel.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import { type CniProfile, compile, type Decision, encodeFlows, manifestsFromObjects } from '../../../src/index.ts';
import { reference } from '../../../src/reference/reference.ts';
import { tierWalk } from '../../../src/report/tier-walk.ts';

const NODES = ['n1', 'n2'].map((name, i) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { number: name } },
  status: { addresses: [{ type: 'InternalIP', address: `192.168.0.${i + 1}` }] },
}));
const PODS = ['a', 'b'].map((name, i) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'x', labels: { app: name } },
  spec: { nodeName: `n${i + 1}` },
  status: { podIP: `10.0.0.${i + 1}` },
}));
const BASE = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }, ...NODES, ...PODS];

type Rule = { readonly action: string; readonly to: readonly object[]; readonly protocols?: readonly object[] };

const cnp = (tier: string, ...egress: readonly Rule[]) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: tier.toLowerCase() },
  spec: { tier, priority: 1, subject: { namespaces: {} }, egress },
});
const NO_NODES = { action: 'Deny', to: [{ nodes: {} }] };
const CLOSED = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'closed', namespace: 'x' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};
const UNREADABLE = { ...CLOSED, spec: { ...CLOSED.spec, podSelector: 7 } };

/** All evaluators, or an error. */
function ask(objects: readonly object[], from: string, to: string, port = 80, cni: CniProfile = spec): Decision {
  const manifests = manifestsFromObjects([...BASE, ...objects]);
  const query = { from, to, protocol: 'TCP', port } as const;
  const engine = compile(manifests, { cni });
  const decision = engine.canReach(query);
  expect(decision, 'the reference').toEqual(reference(manifests, { cni }).canReach(query));
  const batch = encodeFlows(engine.tables, new Directory(engine.tables, new TableNames(engine.tables)), [query]);
  const verdicts = new Uint8Array(1);
  createKernel(engine.tables, batch, verdicts)(1);
  const into = { egress: new Uint32Array(1), ingress: new Uint32Array(1), verdicts: new Uint8Array(1) };
  createDecisionKernel(engine.tables, batch, into)(1);
  expect([verdicts[0], into.verdicts[0]], 'the kernels').toEqual(new Array(2).fill(['deny', 'allow', 'unknown'].indexOf(decision.verdict)));
  return decision;
}

/** Verdict, and what decided at the pod's egress. */
function brief(...asked: Parameters<typeof ask>): string {
  const { verdict, egress } = ask(...asked);
  const because = egress.default ?? egress.reasons.map(({ tier, policy, rule }) => `${tier} ${policy.name} ${rule}`).join(', ');
  return `${verdict}; ${because}${egress.passes.length > 0 ? ` after ${egress.passes.length} pass` : ''}`;
}

describe('from a pod to its own node', () => {
  test('no NetworkPolicy stands in the way', () => {
    expect(brief([CLOSED], 'x/a', '192.168.0.1')).toBe('allow; own-node');
    expect(brief([CLOSED], 'x/a', '192.168.0.2')).toBe('deny; isolated-no-rule-matches');
    expect(brief([UNREADABLE], 'x/a', '192.168.0.1')).toBe('allow; own-node');
  });

  test('an Admin Deny of nodes, or of their addresses, holds as it does for every node', () => {
    for (const to of ['192.168.0.1', '192.168.0.2']) {
      expect(brief([cnp('Admin', NO_NODES)], 'x/a', to)).toBe('deny; Admin admin 0');
      expect(brief([cnp('Admin', { action: 'Deny', to: [{ networks: ['192.168.0.0/24'] }] })], 'x/a', to)).toBe('deny; Admin admin 0');
      expect(brief([cnp('Admin', { action: 'Accept', to: [{ nodes: {} }] }, NO_NODES), CLOSED], 'x/a', to)).toBe('allow; Admin admin 0');
    }
  });

  test('a rule about nodes is one about host-network pods there, also where the node and they have no address', () => {
    const bare = (name: string) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { number: name } } });
    const onNode = (name: string, nodeName: string, extra: object) => {
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'x' },
        spec: { nodeName, ...extra },
        status: { phase: 'Running' },
      };
    };
    const host = { hostNetwork: true };
    const objects = [bare('n3'), bare('n4'), onNode('c', 'n3', {}), onNode('h', 'n3', host), onNode('i', 'n4', host)];
    const deny = (number: string) => cnp('Admin', { action: 'Deny', to: [{ nodes: { matchLabels: { number } } }] });
    expect(brief([...objects, deny('n3')], 'x/c', 'x/h')).toBe('deny; Admin admin 0');
    expect(brief([...objects, deny('n3')], 'x/c', 'x/i')).toBe('allow; not-isolated');
    expect(brief([...objects, deny('n4')], 'x/c', 'x/h')).toBe('allow; own-node');
  });

  test('a rule is held against labels and ports', () => {
    const policy = cnp('Admin', {
      action: 'Deny',
      to: [{ nodes: { matchLabels: { number: 'n1' } } }],
      protocols: [{ tcp: { destinationPort: { number: 80 } } }],
    });
    expect(brief([policy], 'x/a', '192.168.0.1')).toBe('deny; Admin admin 0');
    expect(brief([policy], 'x/a', '192.168.0.1', 81)).toBe('allow; own-node');
    expect(brief([policy], 'x/b', '192.168.0.2')).toBe('allow; own-node');
  });

  test('what is passed on reaches the NetworkPolicies, which let it through', () => {
    const pass = cnp('Admin', { action: 'Pass', to: [{ nodes: {} }] }, NO_NODES);
    expect(brief([pass, CLOSED], 'x/a', '192.168.0.1')).toBe('allow; own-node after 1 pass');
    expect(brief([pass, CLOSED], 'x/a', '192.168.0.2')).toBe('deny; isolated-no-rule-matches after 1 pass');
    const walk = 'Admin: pass (admin, rule 1) → NetworkPolicy: no policy stands between a pod and its own node → allow';
    expect(tierWalk(ask([pass, CLOSED], 'x/a', '192.168.0.1').egress)).toBe(walk);
  });

  test('a Baseline Deny holds for pods that no NetworkPolicy isolates, and is open where that is', () => {
    expect(brief([cnp('Baseline', NO_NODES)], 'x/a', '192.168.0.1')).toBe('deny; Baseline baseline 0');
    expect(brief([cnp('Baseline', NO_NODES), CLOSED], 'x/a', '192.168.0.1')).toBe('allow; own-node');
    expect(brief([cnp('Baseline', NO_NODES), UNREADABLE], 'x/a', '192.168.0.1')).toBe('unknown; NetworkPolicy closed -1');
    expect(brief([cnp('Baseline', { ...NO_NODES, action: 'Accept' }), UNREADABLE], 'x/a', '192.168.0.1')).toBe(
      'allow; Baseline baseline 0',
    );
  });

  test('a profile may let everything through, or nothing but what is allowed', () => {
    const objects = [cnp('Admin', NO_NODES), CLOSED];
    expect(brief(objects, 'x/a', '192.168.0.1', 80, { ...spec, name: 'own', ownNode: 'allow' })).toBe('allow; own-node');
    expect(brief(objects, 'x/a', '192.168.0.1', 80, { ...spec, name: 'own', ownNode: 'admin' })).toBe('deny; Admin admin 0');
    expect(brief([CLOSED], 'x/a', '192.168.0.1', 80, { ...spec, name: 'own', ownNode: 'policy' })).toBe('deny; isolated-no-rule-matches');
  });
});

describe('where a data plane opens only the way from the node to its pods', () => {
  const FROM_NODE: CniProfile = { ...spec, name: 'own', ownNode: 'from-node' };

  test('egress to the own node is judged as egress to any other', () => {
    for (const to of ['192.168.0.1', '192.168.0.2']) {
      expect(brief([CLOSED], 'x/a', to, 80, FROM_NODE)).toBe('deny; isolated-no-rule-matches');
      expect(brief([UNREADABLE], 'x/a', to, 80, FROM_NODE)).toBe('unknown; NetworkPolicy closed -1');
      expect(brief([cnp('Admin', NO_NODES)], 'x/a', to, 80, FROM_NODE)).toBe('deny; Admin admin 0');
      expect(brief([], 'x/a', to, 80, FROM_NODE)).toBe('allow; not-isolated');
      const open = { ...CLOSED, spec: { ...CLOSED.spec, egress: [{ to: [{ ipBlock: { cidr: '192.168.0.0/24' } }] }] } };
      expect(brief([open], 'x/a', to, 80, FROM_NODE)).toBe('allow; NetworkPolicy closed 0');
    }
  });

  test('from the node everything comes through', () => {
    expect(ask([CLOSED], '192.168.0.1', 'x/a', 80, FROM_NODE)).toMatchObject({ verdict: 'allow', ingress: { default: 'own-node' } });
    expect(ask([CLOSED], '192.168.0.2', 'x/a', 80, FROM_NODE).verdict).toBe('deny');
  });

  test.each(['cilium', 'calico', 'kube-router'])('which is so under `%s`', (name) => {
    expect(brief([CLOSED], 'x/a', '192.168.0.1', 80, profileOf(name))).toBe('deny; isolated-no-rule-matches');
    expect(ask([CLOSED], '192.168.0.1', 'x/a', 80, profileOf(name)).verdict).toBe('allow');
  });
});

test('from the node to its pod everything comes through, and from another node what policies say', () => {
  const ingress = { ...cnp('Admin'), spec: { ...cnp('Admin').spec, ingress: [{ action: 'Deny', from: [{}] }] } };
  for (const objects of [[CLOSED], [cnp('Admin', NO_NODES), CLOSED], [ingress]]) {
    expect(ask(objects, '192.168.0.1', 'x/a')).toMatchObject({ verdict: 'allow', ingress: { default: 'own-node' } });
    expect(ask(objects, '192.168.0.2', 'x/a').verdict).toBe('deny');
  }
});

test('two doubts at once on the way to the own node leave it unknown, with what is open in both', () => {
  // A domain name that nobody resolves may be any address, the node's too.
  const perhaps = { action: 'Deny', to: [{ networks: ['192.168.0.0/24'] }], protocols: [{ tcp: { destinationPort: { number: 81 } } }] };
  const open = { action: 'Accept', to: [{ domainNames: ['a.example'] }] };
  const { verdict, egress } = ask([UNREADABLE, cnp('Admin', open, perhaps), cnp('Baseline', NO_NODES)], 'x/a', '192.168.0.1');
  expect(verdict).toBe('unknown');
  expect(egress.reasons.map(({ policy: { name }, rule }) => [name, rule])).toEqual([
    ['admin', 0],
    ['closed', -1],
  ]);
  expect(ask([cnp('Admin', open, perhaps), cnp('Baseline', NO_NODES)], 'x/b', '192.168.0.1', 81).verdict).toBe('unknown');
  expect(ask([cnp('Admin', open, perhaps)], 'x/a', '192.168.0.1').verdict).toBe('allow');
});
