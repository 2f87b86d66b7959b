/**
 * What lint does not say: cases in which a rule could be wrong, each beside the same case in which it is right.
 */
import { describe, expect, it } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import type { LintReport } from '../../src/lint/finding.ts';
import { lint } from '../../src/lint/lint.ts';

type Spec = Readonly<Record<string, unknown>>;

const namespace = (name: string, extra: Spec = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...extra } });
const pod = (name: string, more: Spec = {}, labels: Spec = { app: name }, ns = 'shop') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: ns, labels },
  ...more,
});
const policy = (name: string, spec: Spec, ns = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: ns },
  spec,
});
const clusterPolicy = (name: string, spec: Spec) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec,
});
const app = (name: string) => ({ matchLabels: { app: name } });
const SHOP = [namespace('shop'), pod('web'), pod('cart')];
const dns = (port = 53) => [
  namespace('kube-system'),
  pod(
    'dns',
    { spec: { containers: [{ ports: [{ name: 'dns', containerPort: port, protocol: 'UDP' }] }] } },
    { 'k8s-app': 'kube-dns' },
    'kube-system',
  ),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'dns', namespace: 'kube-system' },
    spec: { selector: { 'k8s-app': 'kube-dns' }, ports: [{ port: 53, targetPort: 'dns', protocol: 'UDP' }] },
  },
];
const TO_CART = { to: [{ podSelector: app('cart') }], ports: [{ port: 80 }] };
const egress = (...rules: readonly Spec[]) => policy('web', { podSelector: app('web'), policyTypes: ['Egress'], egress: rules });
const DNS_PEER = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };

function run(rule: string, ...objects: readonly object[]): LintReport {
  const manifests = manifestsFromObjects(objects);
  expect(manifests.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return lint(manifests, { rules: [rule] });
}

function expectFound(rule: string, count: number, ...objects: readonly object[]): LintReport {
  const report = run(rule, ...objects);
  expect(report.findings.map(({ message }) => message)).toHaveLength(count);
  return report;
}

describe('no-dns', () => {
  const found = (count: number, ...objects: readonly object[]) => expectFound('no-dns', count, ...SHOP, ...objects);

  it('counts DNS pods at the port behind their Service, caches of nodes, and servers outside', () => {
    found(1, ...dns(), egress(TO_CART));
    found(0, ...dns(), egress(TO_CART, { to: [DNS_PEER], ports: [{ port: 53, protocol: 'UDP' }] }));
    found(1, ...dns(5353), egress(TO_CART, { to: [DNS_PEER], ports: [{ port: 5454, protocol: 'UDP' }] }));
    found(0, ...dns(5353), egress(TO_CART, { to: [DNS_PEER], ports: [{ port: 5353, protocol: 'UDP' }] }));
    found(0, ...dns(), egress(TO_CART, { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [{ port: 53, protocol: 'UDP' }] }));
    // Another pod is no DNS server because it could be asked.
    found(1, ...dns(), egress({ to: [{ podSelector: app('cart') }] }));
  });

  it('is not about pods that need no names', () => {
    found(0, ...dns(), egress());
    found(0, ...dns(), egress({ to: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [{ port: 5432 }] }));
    found(1, ...dns(), egress({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }));
  });

  it('trusts what is written where the input does not show the DNS pods, and says nothing beside policies that are not judged', () => {
    found(1, egress(TO_CART));
    found(0, egress(TO_CART, { to: [DNS_PEER], ports: [{ port: 53, protocol: 'UDP' }] }));
    const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'dns', namespace: 'shop' }, spec: {} };
    const { unchecked } = found(0, ...dns(), egress(TO_CART), cilium);
    expect(unchecked[0]?.reason).toContain('CiliumNetworkPolicy');
  });
});

describe('selects-nothing', () => {
  const found = (count: number, ...objects: readonly object[]) => expectFound('selects-nothing', count, namespace('shop'), ...objects);
  const backup = policy('backup', { podSelector: app('backup') });

  it('is not about pods that have completed, workloads without pods, pods of the host network, or namespaces that are not shown', () => {
    found(1, pod('web'), backup);
    found(0, pod('web'), pod('backup', { status: { phase: 'Succeeded' } }), backup);
    found(0, pod('web'), pod('backup', { spec: { hostNetwork: true } }), backup);
    found(0, namespace('empty'), pod('web'), policy('all', { podSelector: {} }, 'empty'));
    const { unchecked } = found(0, namespace('other'), pod('web'), policy('backup', { podSelector: app('backup') }, 'other'));
    expect(unchecked).toHaveLength(1);
  });

  it('is not about labels of namespaces that are not known', () => {
    const peers = (...objects: readonly object[]) =>
      run(
        'peer-matches-nothing',
        ...objects,
        policy('web', { podSelector: app('web'), ingress: [{ from: [{ namespaceSelector: app('x') }] }] }),
      );
    const ofEveryCluster = [namespace('default'), namespace('kube-system')];
    expect(peers(...ofEveryCluster, namespace('shop'), pod('web')).findings).toHaveLength(1);
    // The Namespaces of a repository are not those of the cluster: the ingress controller comes from another one.
    for (const known of [ofEveryCluster, [namespace('default'), namespace('shop')], [namespace('kube-system'), namespace('shop')]]) {
      expect(peers(...known, pod('web')).findings).toEqual([]);
      expect(peers(...known, pod('web')).unchecked).toHaveLength(1);
    }
  });

  it('is not about pods that controllers make for a moment', () => {
    const solver = { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } };
    const peers = (selector: Spec) =>
      run(
        'peer-matches-nothing',
        namespace('shop'),
        pod('web'),
        policy('p', { podSelector: {}, ingress: [{ from: [{ podSelector: selector }] }] }),
      );
    found(1, pod('web'), backup);
    found(0, pod('web'), policy('acme', { podSelector: solver }));
    found(0, pod('web'), policy('job', { podSelector: { matchExpressions: [{ key: 'job-name', operator: 'Exists' }] } }));
    expect(peers(app('x')).findings).toHaveLength(1);
    expect(peers(solver).findings).toEqual([]);
  });

  it('says what was probably meant', () => {
    const hint = (labels: Spec, ...pods: readonly object[]) =>
      found(1, ...pods, policy('p', { podSelector: { matchLabels: labels } })).findings[0]?.hint;
    expect(hint({ app: 'wbe' }, pod('web'), pod('web-2', {}, { app: 'web' }))).toBe('2 pods have `app=web`');
    expect(hint({ ap: 'web' }, pod('web'))).toBe('one pod has `app=web`');
    expect(hint({ app: 'web', tier: 'db' }, pod('web'), pod('x', {}, { tier: 'db' }))).toBe('one pod meets all but `app=web`');
    expect(hint({ app: 'other' }, pod('web'))).toBe('mend the selector, or remove the policy');
  });
});

describe('a policy without `policyTypes`', () => {
  const implicit = (name: string, spec: Spec) => policy(name, { podSelector: {}, ...spec });
  const first = clusterPolicy('all', {
    tier: 'Admin',
    priority: 1,
    subject: { namespaces: {} },
    egress: [{ action: 'Accept', to: [{ namespaces: {} }] }],
  });

  it('keeps a rule of egress: without the last one it would isolate egress no more', () => {
    const told = (rule: string, policyTypes?: readonly string[]) => {
      const types = policyTypes === undefined ? {} : { policyTypes };
      return run(rule, ...SHOP, first, implicit('web', { egress: [TO_CART], ...types })).findings.length;
    };
    expect(told('unreachable-here')).toBe(0);
    expect(told('unreachable-here', ['Ingress', 'Egress'])).toBe(1);
  });

  it('keeps one that other rules hold in this cluster alone', () => {
    // An administrator decides for the web server, which is open without a rule that isolates it.
    const decided = { ...first, spec: { ...first.spec, subject: { pods: { namespaceSelector: {}, podSelector: app('web') } } } };
    const toDb = { to: [{ podSelector: app('db') }], ports: [{ port: 80 }] };
    const same = policy('same', { podSelector: { matchLabels: { tier: 'x' } }, policyTypes: ['Egress'], egress: [toDb] });
    const pods = [namespace('shop'), pod('web'), pod('cart', {}, { app: 'cart', tier: 'x' }), pod('db', {}, { app: 'db', is: 'db' })];
    const some = { matchExpressions: [{ key: 'is', operator: 'DoesNotExist' }] };
    const told = (types: Spec) =>
      run('redundant-here', ...pods, decided, same, policy('web', { podSelector: some, egress: [toDb], ...types })).findings.map(
        ({ object, field }) => `${object.name} ${field}`,
      );
    expect(told({ policyTypes: ['Ingress', 'Egress'] })).toEqual(['web spec.egress[0]']);
    expect(told({})).toEqual(['same spec.egress[0]']);
  });

  it('is told to write them where a rule of egress goes that matches nothing', () => {
    const hint = (more: Spec) =>
      run('peer-matches-nothing', ...SHOP, implicit('web', { egress: [{ to: [{ podSelector: app('zzz') }] }], ...more })).findings[0]?.hint;
    expect(hint({})).toContain('and write `policyTypes`');
    expect(hint({ policyTypes: ['Egress'] })).not.toContain('policyTypes');
  });
});

describe('redundant-here', () => {
  // On port 80 the narrow rule holds for every peer, and so do the wide ones together.
  const toCart = (name: string, ...ingress: readonly Spec[]) =>
    policy(name, { podSelector: app('cart'), policyTypes: ['Ingress'], ingress });
  const narrow = toCart('narrow', { ports: [{ port: 80 }] });
  const v4 = { ipBlock: { cidr: '0.0.0.0/0' } };
  const v6 = { ipBlock: { cidr: '::/0' } };
  const told = (...wide: readonly Spec[]) =>
    run('redundant-here', ...SHOP, narrow, toCart('wide', { from: wide })).findings.map(({ object, field }) => `${object.name} ${field}`);

  it('sees that others allow everybody what a rule for every peer does, where they do together', () => {
    expect(told({ namespaceSelector: {} }, v4, v6)).toEqual(['narrow spec.ingress[0]']);
    expect(told({ namespaceSelector: {} }, v4)).toEqual([]);
    expect(told(v4, v6)).toEqual([]);
  });
});

describe('no-default-deny', () => {
  const found = (count: number, ...objects: readonly object[]) => expectFound('no-default-deny', count, ...SHOP, ...objects);

  it('knows a default deny whoever writes it, and what is none', () => {
    found(1);
    found(0, policy('deny', { podSelector: {} }));
    found(0, policy('most', { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['cart'] }] } }));
    found(1, policy('each', { podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }));
    found(1, policy('allow', { podSelector: {}, ingress: [{}] }));
    found(0, policy('some', { podSelector: {}, ingress: [{ from: [{ podSelector: app('web') }] }] }));
    const baseline = (subject: Spec) =>
      clusterPolicy('closed', { tier: 'Baseline', priority: 10, subject, ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] });
    found(0, baseline({ namespaces: {} }));
    found(1, baseline({ namespaces: app('x') }));
  });

  it('leaves the namespaces of the system out, those that are given', () => {
    const objects = [namespace('kube-system'), pod('dns', {}, {}, 'kube-system')];
    expectFound('no-default-deny', 0, ...objects);
    expect(lint(manifestsFromObjects(objects), { systemNamespaces: ['infra'] }).counts.warning).toBe(1);
  });
});

describe('ports', () => {
  const listening = pod('cart', { spec: { containers: [{ ports: [{ name: 'web', containerPort: 8080 }] }] } });
  const service = (targetPort: unknown) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: { selector: { app: 'cart' }, ports: [{ port: 80, ...(targetPort === undefined ? {} : { targetPort }) }] },
  });
  const toPort = (port: number) => policy('cart', { podSelector: app('cart'), ingress: [{ ports: [{ port }] }] });
  const found = (rule: string, count: number, ...objects: readonly object[]) => expectFound(rule, count, namespace('shop'), ...objects);

  it('are those of a Service only where it sends elsewhere', () => {
    for (const targetPort of [8080, 'web']) {
      const { findings } = found('service-port', 1, listening, service(targetPort), toPort(80));
      expect(findings[0]).toMatchObject({ field: 'spec.ingress[0].ports[0]', hint: 'write `port: 8080`' });
      found('undeclared-port', 0, listening, service(targetPort), toPort(80));
    }
    found('service-port', 0, listening, service(undefined), toPort(80));
    found('service-port', 0, listening, service('gone'), toPort(80));
    found('service-port', 0, listening, service(8080), toPort(8080));
  });

  it('need not be declared where some pod declares none, or somebody sends to them', () => {
    found('undeclared-port', 1, listening, toPort(9090));
    found('undeclared-port', 0, listening, pod('cart-2', {}, { app: 'cart' }), toPort(9090));
    found('undeclared-port', 0, listening, service(9090), toPort(9090));
  });
});

describe('ports that are not declared', () => {
  const service = (spec: Spec = {}) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: { selector: { app: 'cart' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
  });
  const cart = pod('cart', { spec: { containers: [{ ports: [{ containerPort: 8080 }] }] } });
  const rule = (...ports: readonly number[]) => policy('p', { podSelector: {}, ingress: [{ ports: ports.map((port) => ({ port })) }] });
  const found = (id: string, count: number, ...objects: readonly object[]) => expectFound(id, count, namespace('shop'), ...objects);

  it('may be those of a container beside a sidecar', () => {
    const sidecar = { ports: [{ containerPort: 15090 }] };
    found('undeclared-port', 1, pod('web', { spec: { containers: [sidecar] } }), rule(9090));
    found('undeclared-port', 0, pod('web', { spec: { containers: [sidecar, {}] } }), rule(9090));
  });

  it('may be those of a pod that is not behind the Service, and headless Services translate nothing', () => {
    found('service-port', 1, cart, service(), rule(80));
    found('service-port', 0, cart, pod('web'), service(), rule(80));
    found('service-port', 0, cart, service({ clusterIP: 'None' }), rule(80));
    expect(found('service-port', 1, cart, service(), rule(80, 8080)).findings[0]?.hint).toBe('remove it: the rule names that port, too');
  });
});

describe('unreachable-rule', () => {
  it('is true of a rule whose matches are open, without which an unknown verdict is known', () => {
    const networks = (action: string, cidr: string) => ({ action, to: [{ networks: [cidr] }] });
    const admin = (...egress: readonly Spec[]) =>
      clusterPolicy('admin', { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress });
    // The cart has no address that is known.
    const verdict = (...rules: readonly Spec[]) =>
      compile(manifestsFromObjects([...SHOP, admin(...rules)]), { cni: spec }).canReach({
        from: 'shop/web',
        to: 'shop/cart',
        protocol: 'TCP',
        port: 80,
      }).verdict;
    const accept = networks('Accept', '10.0.0.0/8');
    const late = networks('Deny', '10.1.0.0/16');
    expectFound('unreachable-rule', 1, ...SHOP, admin(accept, late));
    expectFound('unreachable-rule', 0, ...SHOP, admin(late, accept));
    expect([verdict(accept, late), verdict(accept), verdict(late)]).toEqual(['unknown', 'allow', 'unknown']);
  });
});

describe('unreachable-here', () => {
  it('counts no decision that no flow can have', () => {
    const allow = policy('np', { podSelector: app('web'), policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: app('cart') }] }] });
    const deny = (...protocols: readonly string[]) =>
      clusterPolicy('closed', {
        tier: 'Admin',
        priority: 1,
        subject: { namespaces: {} },
        ingress: [{ action: 'Deny', from: [{ namespaces: {} }], protocols: protocols.map((protocol) => ({ [protocol]: {} })) }],
      });
    expectFound('unreachable-here', 1, ...SHOP, allow, deny('tcp', 'udp', 'sctp'));
    expectFound('unreachable-here', 0, ...SHOP, allow, deny('tcp', 'udp'));
  });
});

describe('silence', () => {
  const annotations = { 'lint.netpolsim.dev/ignore': 'no-dns, no-default-deny' };
  const deployment = (name: string, extra: Spec) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', ...extra },
    spec: { selector: app('web'), template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } } },
  });
  const report = (...objects: readonly object[]) => run('no-dns', namespace('shop'), pod('cart'), ...dns(), egress(TO_CART), ...objects);

  it('is for findings that are about pods of the workload alone', () => {
    expect(report(deployment('web', { annotations })).counts).toMatchObject({ warning: 0, suppressed: 1 });
    expect(report(deployment('web', { annotations }), deployment('web-2', {})).counts).toMatchObject({ warning: 1, suppressed: 0 });
    expect(report(deployment('web', { annotations: { 'lint.netpolsim.dev/ignore': 'no-dn' } })).counts).toMatchObject({ warning: 1 });
  });

  it('of a Namespace is for what is in it, and for itself', () => {
    const all = lint(manifestsFromObjects([namespace('shop', { annotations }), pod('web'), pod('cart'), ...dns(), egress(TO_CART)]));
    expect(all.findings.filter(({ suppressed }) => suppressed !== null).map(({ rule }) => rule)).toEqual(['no-default-deny', 'no-dns']);
  });
});

describe('lint', () => {
  it('gives a finding the same fingerprint wherever its lines are', () => {
    const fingerprints = (...before: readonly object[]) =>
      lint(manifestsFromObjects([...before, ...SHOP, policy('p', { podSelector: app('x') })])).findings.map(
        ({ fingerprint }) => fingerprint,
      );
    expect(fingerprints(namespace('z'))).toEqual(fingerprints());
    expect(new Set(fingerprints()).size).toBe(fingerprints().length);
  });

  it('refuses a rule that is none', () => {
    expect(() => lint(manifestsFromObjects(SHOP), { rules: ['no-dsn'] })).toThrow('there is no rule `no-dsn`: did you mean `no-dns`?');
    expect(() => lint(manifestsFromObjects(SHOP), { skip: ['x'] })).toThrow(RangeError);
  });
});
