/**
 * Rows about pods that do not exist yet, for clusters that one can read.
 */
import { describe, expect, it } from 'vitest';
import { type ExposureOptions, exposureMatrix } from '../../../src/exposure/exposure.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { endText, openText } from '../../../src/report/matrix-words.ts';

function pod(
  name: string,
  labels: Record<string, string>,
  more: { ip?: string; hostNetwork?: boolean; owner?: string; ports?: object[] } = {},
) {
  const { ip = '10.0.0.1', hostNetwork, owner, ports } = more;
  const ownerReferences =
    owner === undefined ? [] : [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: owner, uid: `${owner}-uid`, controller: true }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels, ownerReferences },
    spec: { ...(hostNetwork === undefined ? {} : { hostNetwork }), containers: [{ name: 'main', ports }] },
    status: { podIPs: ip.split(' ').map((each) => ({ ip: each })) },
  };
}

function policy(name: string, spec: object): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec };
}

function admin(name: string, priority: number, ingress: object[], tier = 'Admin'): object {
  const subject = { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: { tier, priority, subject, ingress },
  };
}

const namespace = (name: string, labels: Record<string, string>) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const inNamespaces = (matchLabels: Record<string, string>) => ({ namespaces: { matchLabels } });
const WEB = pod('web', { app: 'web' });
const only = (from: object[], ports?: object[]) =>
  policy('web', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from, ...(ports === undefined ? {} : { ports }) }] });

/** `other end: ports` of rows about future pods; `direction` of the pods that exist. */
function told(input: readonly object[] | Manifests, direction: 'ingress' | 'egress', options: ExposureOptions = {}): string[] {
  const manifests = 'pods' in input ? input : manifestsFromObjects(input);
  if (!('pods' in input)) expect(manifests.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const rows = [...exposureMatrix(manifests, { by: 'pod', focus: 'shop/web', direction, ...options }).rows()];
  return rows.flatMap(({ from, to, ports, unprotected }) => {
    const far = direction === 'ingress' ? from : to;
    return far.kind === 'futurePods'
      ? [`${endText(far, false)}: ${openText(ports)}${unprotected === undefined ? '' : ` (${unprotected})`}`]
      : [];
  });
}

describe('any pod', () => {
  it('reaches what no policy selects, and what selects every pod', () => {
    expect(told([WEB], 'ingress')).toEqual(['any pod: every port (no-policy)']);
    expect(told([WEB, only([{ namespaceSelector: {} }], [{ port: 80 }])], 'ingress')).toEqual(['any pod: TCP/80']);
    expect(told([WEB, only([{ namespaceSelector: {}, podSelector: {} }])], 'ingress')).toEqual(['any pod: every port']);
    expect(told([WEB, only([])], 'ingress')).toEqual(['any pod: every port']);
  });

  it('has no row where everything is closed, and one in the other direction', () => {
    const closed = [WEB, policy('web', { podSelector: {}, policyTypes: ['Ingress'] })];
    expect([told(closed, 'ingress'), told(closed, 'egress')]).toEqual([[], ['any pod: every port (no-policy)']]);
  });

  it('reaches pods on the host network, whatever policies say, unless the data plane polices them', () => {
    const host = [pod('web', {}, { hostNetwork: true }), policy('web', { podSelector: {}, policyTypes: ['Ingress'] })];
    expect(told(host, 'ingress')).toEqual(['any pod: every port (host-network)']);
    expect(told([WEB, policy('web', { podSelector: {}, policyTypes: ['Ingress'] })], 'ingress', { cni: 'flannel' })).toEqual([
      'any pod: every port (no-policy)',
    ]);
  });
});

describe('a selector', () => {
  it('is told with the ports that it has beyond those of any pod', () => {
    const rules = policy('web', {
      podSelector: {},
      ingress: [
        { from: [{ namespaceSelector: {} }], ports: [{ port: 80 }] },
        { from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ port: 80 }, { port: 443 }] },
        {
          from: [
            {
              namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['x', 'y'] }] },
              podSelector: { matchExpressions: [{ key: 'tmp', operator: 'DoesNotExist' }] },
            },
          ],
          ports: [{ port: 90, protocol: 'UDP' }],
        },
      ],
    });
    expect(told([WEB, rules], 'ingress')).toEqual([
      'any pod: TCP/80',
      'pods with !tmp in namespaces with env notin (x,y): UDP/90',
      'pods with app=a in namespace shop: TCP/443',
    ]);
  });

  it('that nothing can meet has no row: it asks of a namespace that is there what it is not', () => {
    const peer = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop', team: 'x' } } };
    expect(told([WEB, namespace('shop', { team: 'y' }), only([peer])], 'ingress')).toEqual([]);
    expect(told([WEB, namespace('shop', { team: 'x' }), only([peer])], 'ingress')).toHaveLength(1);
    // Nobody knows what labels a namespace will have that is only referred to.
    expect(told([WEB, only([peer])], 'ingress')).toHaveLength(1);
    const nothing = {
      podSelector: {
        matchExpressions: [
          { key: 'a', operator: 'Exists' },
          { key: 'a', operator: 'DoesNotExist' },
        ],
      },
    };
    expect(told([WEB, only([nothing])], 'ingress')).toEqual([]);
  });

  it('inside a wider one is told only with what it has more', () => {
    const rules = policy('web', {
      podSelector: {},
      ingress: [
        { from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }], ports: [{ port: 80 }] },
        { from: [{ podSelector: { matchLabels: { app: 'a', tier: 'b' } } }], ports: [{ port: 80, endPort: 81 }] },
      ],
    });
    expect(told([WEB, rules], 'ingress')).toEqual([
      'pods with app in namespace shop: TCP/80',
      'pods with app=a,tier=b in namespace shop: TCP/81',
    ]);
  });
});

describe('addresses', () => {
  const blocks = [WEB, only([{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { ipBlock: { cidr: '::/0' } }], [{ port: 80 }])];

  it('of pods that come may be in a block, where blocks match pods; only those of families that the pod has', () => {
    expect(told(blocks, 'ingress')).toEqual(['pods with an address in 10.0.0.0/8 outside 10.1.0.0/16: TCP/80']);
    expect(told([pod('web', {}, { ip: '10.0.0.1 fd00::1' }), ...blocks.slice(1)], 'ingress')).toHaveLength(2);
    expect(told(blocks, 'ingress', { cni: 'cilium' })).toEqual([]);
  });

  it('outside are told beside them', () => {
    const rows = [...exposureMatrix(manifestsFromObjects(blocks), { focus: 'shop/web', direction: 'ingress' }).rows()];
    expect(rows.map(({ from }) => from.kind)).toEqual(['addresses', 'futurePods']);
    expect(rows.every(({ to }) => to.kind === 'pod')).toBe(true);
  });
});

describe('names of ports', () => {
  it('are numbers of the pod that is there, and names of those that come', () => {
    const port = (type: 'Ingress' | 'Egress') => {
      const rule = { [type === 'Ingress' ? 'from' : 'to']: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ port: 'http' }] };
      return policy(type.toLowerCase(), { podSelector: {}, policyTypes: [type], [type.toLowerCase()]: [rule] });
    };
    const web = pod('web', {}, { ports: [{ name: 'http', containerPort: 8080 }] });
    expect(told([web, port('Ingress')], 'ingress')).toEqual(['pods with app=a in namespace shop: TCP/8080']);
    expect(told([web, port('Egress')], 'egress')).toEqual(['pods with app=a in namespace shop: TCP/http (by name)']);
    expect(told([web, port('Ingress')], 'ingress', { cni: 'kube-router' })).toEqual(['any pod: unknown: every port']);
    expect(told([web, port('Egress')], 'egress', { cni: 'aws-vpc-cni' })).toEqual([
      'pods with app=a in namespace shop: unknown: every port',
    ]);
  });

  it('are not asked for by a number, and stay when one is', () => {
    const web = [WEB, only([{ podSelector: {} }], [{ port: 80, endPort: 90 }, { port: 443 }])];
    expect(told(web, 'ingress', { port: 85, protocol: 'TCP' })).toEqual(['pods in namespace shop: TCP/85']);
    expect(told(web, 'ingress', { port: 85, protocol: 'UDP' })).toEqual([]);
  });
});

describe("administrators' tiers", () => {
  const evil = { action: 'Deny', name: 'evil', from: [inNamespaces({ team: 'evil' })] };

  it('take pods out of what others allow', () => {
    expect(told([WEB, admin('guard', 1, [evil])], 'ingress')).toEqual(['any pod, but not pods in namespaces with team=evil: every port']);
    const peer = { namespaceSelector: { matchLabels: { stage: 'test' } } };
    expect(told([WEB, admin('guard', 1, [evil]), only([peer])], 'ingress')).toEqual([
      'pods in namespaces with stage=test, but not pods in namespaces with team=evil: every port',
    ]);
  });

  it('do not take out pods that can not be meant', () => {
    const shop = namespace('shop', { team: 'good' });
    const guarded = [WEB, admin('guard', 1, [evil]), only([{ podSelector: {} }])];
    expect(told([...guarded, shop], 'ingress')).toEqual(['pods in namespace shop: every port']);
    expect(told([...guarded, namespace('shop', { team: 'evil' })], 'ingress')).toEqual([]);
  });

  it('pass on to the next tier those whom a later rule denies', () => {
    const pass = { action: 'Pass', name: 'known', from: [inNamespaces({ known: 'yes' })] };
    const rest = { action: 'Deny', name: 'rest', from: [inNamespaces({})] };
    const guarded = [WEB, admin('guard', 1, [pass, rest])];
    expect(told(guarded, 'ingress')).toEqual(['pods in namespaces with known=yes: every port']);
    expect(told([...guarded, only([{ namespaceSelector: { matchLabels: { team: 'a' } } }])], 'ingress')).toEqual([
      'pods in namespaces with known=yes,team=a: every port',
    ]);
  });

  it('do not let in whom an earlier rule passed on, in the same policy or in another', () => {
    const pass = { action: 'Pass', name: 'known', from: [inNamespaces({ known: 'yes' })] };
    const allow = { action: 'Accept', name: 'all', from: [inNamespaces({})] };
    const closed = policy('web', { podSelector: {}, policyTypes: ['Ingress'] });
    const expected = ['any pod, but not pods in namespaces with known=yes: every port'];
    expect(told([WEB, closed, admin('guard', 1, [pass, allow])], 'ingress')).toEqual(expected);
    expect(told([WEB, closed, admin('guard', 1, [pass]), admin('rest', 2, [allow])], 'ingress')).toEqual(expected);
    expect(told([WEB, closed, admin('rest', 1, [allow]), admin('guard', 2, [pass])], 'ingress')).toEqual(['any pod: every port']);
  });

  it('leave open what one of two of a priority passes on, and judge it in the next tier', () => {
    const pass = { action: 'Pass', name: 'team', from: [inNamespaces({ team: 'a' })] };
    const deny = { action: 'Deny', name: 'stage', from: [inNamespaces({ stage: 'b' })] };
    const allow = { action: 'Accept', name: 'tier', from: [inNamespaces({ tier: 'c' })] };
    const closed = policy('web', { podSelector: {}, policyTypes: ['Ingress'] });
    expect(told([WEB, admin('one', 5, [pass]), admin('two', 5, [deny])], 'ingress')).toEqual([
      'any pod, but not pods in namespaces with stage=b: every port',
      'pods in namespaces with team=a: unknown: every port',
    ]);
    expect(told([WEB, closed, admin('one', 5, [pass]), admin('two', 5, [allow])], 'ingress')).toEqual([
      'pods in namespaces with tier=c: unknown: every port',
      'pods in namespaces with tier=c, but not pods in namespaces with team=a: every port',
    ]);
  });

  it('of one priority that disagree leave open who comes first', () => {
    const allow = { action: 'Accept', name: 'team', from: [inNamespaces({ team: 'a' })] };
    const deny = { action: 'Deny', name: 'stage', from: [inNamespaces({ stage: 'b' })] };
    const closed = policy('web', { podSelector: {}, policyTypes: ['Ingress'] });
    const both = [WEB, closed, admin('one', 5, [allow]), admin('two', 5, [deny])];
    expect(told(both, 'ingress')).toEqual([
      'pods in namespaces with team=a: unknown: every port',
      'pods in namespaces with team=a, but not pods in namespaces with stage=b: every port',
    ]);
  });
});

describe('what is not known', () => {
  it('is unknown for every pod that no readable policy lets in', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: broken, namespace: shop}
spec: {podSelector: {}, ingress: [{from: 7}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]}
`;
    expect(told(parseManifests(text), 'ingress')).toEqual(['any pod: unknown: every port', 'pods in namespace shop: TCP/80']);
  });

  it('is unknown, too, where there are more sets of pods than are listed', () => {
    const names = Array.from({ length: 300 }, (_, i) => `n${i}`);
    const pass = (key: string) => ({ action: 'Pass', name: key, from: [inNamespaces({ [key]: '' })] });
    const peers = names.map((key) => ({ namespaceSelector: { matchLabels: { [key]: 'x' } } }));
    const rules = names.map(pass).flatMap((rule, i) => [rule, { ...rule, action: 'Deny', from: [inNamespaces({ [`d${i}`]: '' })] }]);
    // A policy has at most 25 rules.
    const policies = Array.from({ length: 24 }, (_, i) => admin(`p${i}`, i, rules.slice(i * 25, i * 25 + 25)));
    expect(told([WEB, ...policies, only(peers.slice(0, 250))], 'ingress')).toEqual(['any pod: unknown: every port']);
  });
});

describe('ends', () => {
  it('of pods that differ are open where one lets in some and another every namespace that has a name', () => {
    const every = { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'Exists' }] } };
    const to = (name: string, n: string, from: object[]) =>
      policy(name, { podSelector: { matchLabels: { n } }, ingress: [{ from, ports: [{ port: 80 }] }] });
    const pods = [pod('web-0', { n: '0' }, { owner: 'web' }), pod('web-1', { n: '1' }, { owner: 'web', ip: '10.0.0.2' })];
    const input = [
      ...pods,
      to('a', '0', [every]),
      to('b', '1', [{ ipBlock: { cidr: '10.9.0.0/16' } }, { podSelector: { matchLabels: { app: 'x' } } }]),
    ];
    const rows = told(input, 'ingress', { by: 'workload' });
    expect(rows.filter((row) => row.startsWith('pods with an address') || row.startsWith('pods with app=x'))).toEqual([
      'pods with an address in 10.9.0.0/16: TCP/80',
      'pods with app=x in namespace shop: TCP/80',
    ]);
  });

  it('of pods that differ say so, and by pod they do not', () => {
    const pods = [pod('db-0', { app: 'db', role: 'main' }, { owner: 'db' }), pod('db-1', { app: 'db' }, { owner: 'db', ip: '10.0.0.2' })];
    const rules = [
      policy('all', { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }] }),
      policy('main', {
        podSelector: { matchLabels: { role: 'main' } },
        ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 22 }] }],
      }),
    ];
    expect(told([...pods, ...rules], 'ingress', { by: 'workload', focus: 'shop/db' })).toEqual([
      'any pod: some pairs: TCP/22 (allow, deny)',
      'pods with app=web in namespace shop: TCP/5432',
    ]);
    expect(told([...pods, ...rules], 'ingress', { by: 'pod', focus: 'shop/db-1' })).toEqual([
      'pods with app=web in namespace shop: TCP/5432',
    ]);
  });

  it('that know a name and that are open at every port say the same of the name', () => {
    const to = [{ podSelector: { matchLabels: { app: 'db' } } }];
    const egress = (name: string, ports?: object[]) =>
      policy(name, {
        podSelector: { matchLabels: { app: name } },
        policyTypes: ['Egress'],
        egress: [{ to, ...(ports === undefined ? {} : { ports }) }],
      });
    const pods = [WEB, pod('api', { app: 'api' }, { ip: '10.0.0.2' })];
    expect(told([...pods, egress('web', [{ port: 'sql' }]), egress('api')], 'egress', { by: 'namespace', focus: 'shop' })).toEqual([
      'pods with app=db in namespace shop: TCP/sql (by name); some pairs: every port (allow, deny)',
    ]);
  });

  it('are chosen one by one, where others of the workload are not', () => {
    const pods = [pod('web', { app: 'web' }, { owner: 'web' }), pod('old', { app: 'old' }, { ip: '10.0.0.2', owner: 'web' })];
    const manifests = manifestsFromObjects([...pods, namespace('shop', {})]);
    const rows = [...exposureMatrix(manifests, { chosen: { by: 'app=old', pods: ['shop/old'] }, direction: 'ingress' }).rows()];
    expect(rows.map(({ from, to }) => `${endText(from, true)} > ${endText(to, true)}`)).toEqual([
      '0.0.0.0/0 > shop/old',
      'any pod > shop/old',
    ]);
    expect(() => exposureMatrix(manifests, { chosen: { by: 'x', pods: [] }, focus: 'shop' })).toThrow(RangeError);
  });

  it('are in the order of the matrix, each with outside first', () => {
    const rows = [...exposureMatrix(manifestsFromObjects([pod('a', {}), pod('b', {}, { ip: '10.0.0.2' })])).rows()];
    expect(rows.map(({ from, to }) => `${endText(from, true)} > ${endText(to, true)}`)).toEqual([
      'shop/a > 0.0.0.0/0',
      'shop/a > any pod',
      'shop/b > 0.0.0.0/0',
      'shop/b > any pod',
      '0.0.0.0/0 > shop/a',
      'any pod > shop/a',
      '0.0.0.0/0 > shop/b',
      'any pod > shop/b',
    ]);
  });

  it('that do not exist are refused, and so is a direction that is none', () => {
    expect(() => told([WEB], 'ingress', { focus: 'shop/wbe' })).toThrow('did you mean `shop/web`?');
    expect(() => exposureMatrix(manifestsFromObjects([WEB]), { direction: 'up' as 'ingress' })).toThrow(RangeError);
  });
});
