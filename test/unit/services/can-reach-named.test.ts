/**
 * What a name at an end does to a verdict beyond its backends: hosts, other names, the address of the client, the node of the client, and ports that do not fit.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { DomainNameTable } from '../../../src/model/domain-names.ts';
import { canReachNamed } from '../../../src/services/can-reach-named.ts';
import type { NamedQuery } from '../../../src/services/named-reachability.ts';

const pod = (name: string, n: number, labels: object, nodeName = 'n1') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels },
  spec: { nodeName, containers: [{ ports: [{ name: 'web', containerPort: 8080 }] }] },
  status: { podIP: `10.0.0.${n}`, podIPs: [{ ip: `10.0.0.${n}` }], hostIP: nodeName === 'n1' ? '10.1.0.1' : '10.1.0.2' },
});
const service = (spec: object, name = 'cart') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { clusterIP: '10.96.0.7', selector: { app: 'cart' }, ports: [{ name: 'http', port: 80, targetPort: 'web' }], ...spec },
});
const POLICY = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'cart' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] },
};
const PODS = [
  pod('web', 1, { app: 'web' }),
  pod('other', 2, { app: 'other' }),
  pod('a', 3, { app: 'cart' }),
  pod('b', 4, { app: 'cart' }, 'n2'),
];

function ask(query: NamedQuery, objects: readonly object[] = [service({}), ...PODS, POLICY], domainNames?: DomainNameTable) {
  const manifests = manifestsFromObjects(objects);
  return canReachNamed(compile(manifests, domainNames === undefined ? {} : { domainNames }), manifests, query, { domainNames });
}
const said = (...args: Parameters<typeof ask>): string => {
  const { verdict, unknown, flows } = ask(...args);
  const causes = flows.flatMap((flow) => flow.unknown?.cause ?? []);
  return [verdict, unknown?.cause, ...new Set(causes)].filter((each) => each !== undefined).join(' ');
};

describe('a question to a Service', () => {
  it('is answered at the pods, at the target port', () => {
    expect(said({ from: 'shop/web', to: 'svc/shop/cart:http' })).toBe('allow');
    expect(said({ from: 'shop/other', to: 'svc/shop/cart:http' })).toBe('deny');
    expect(ask({ from: 'shop/web', to: 'cart.shop.svc', port: 80 }).flows.map(({ query }) => query.port)).toEqual([8080, 8080]);
  });

  it('may name it by its cluster address, at its port only', () => {
    expect(said({ from: 'shop/other', to: '10.96.0.7', port: 80 })).toBe('deny');
    const { to, verdict, flows } = ask({ from: 'shop/other', to: '10.96.0.7', port: 8080 });
    expect([to.kind, verdict, flows[0]?.decision.unknown?.cause]).toEqual(['given', 'unknown', 'service-address']);
    expect(said({ from: 'shop/other', to: '10.96.0.7', port: 80, protocol: 'UDP' })).toBe('unknown');
    // Somebody else has the address, too.
    for (const other of [service({}, 'twin'), pod('c', 9, {})]) {
      const object = other.kind === 'Pod' ? { ...other, status: { podIP: '10.96.0.7', podIPs: [{ ip: '10.96.0.7' }] } } : other;
      expect(ask({ from: 'shop/other', to: '10.96.0.7', port: 80 }, [service({}), ...PODS, POLICY, object]).to.kind).toBe('given');
    }
  });

  it('is open where a pod comes back to itself, unless no policy stands there', () => {
    expect(said({ from: 'shop/a', to: 'svc/shop/cart' })).toBe('unknown hairpin');
    expect(said({ from: 'shop/a', to: 'svc/shop/cart' }, [service({}), ...PODS])).toBe('allow');
    expect(said({ from: 'shop/a', to: 'svc/shop/cart:80' }, [service({ clusterIP: 'None' }), ...PODS.slice(0, 3), POLICY])).toBe('allow');
  });

  it('is open from outside, unless the address of the client is kept or plays no part', () => {
    expect(said({ from: '203.0.113.9', to: 'svc/shop/cart' })).toBe('unknown source-replaced');
    expect(said({ from: '203.0.113.9', to: 'svc/shop/cart' }, [service({}), ...PODS])).toBe('allow');
    const kept = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    expect(said({ from: '203.0.113.9', to: 'svc/shop/cart' }, [service(kept), ...PODS, POLICY])).toBe('deny');
    expect(said({ from: '10.1.0.1', to: 'svc/shop/cart' })).toBe('mixed');
  });

  it('is one to the node of the client where the Service says so', () => {
    const local = service({ internalTrafficPolicy: 'Local' });
    expect(ask({ from: 'shop/web', to: 'svc/shop/cart' }, [local, ...PODS, POLICY]).flows.map(({ to }) => to)).toEqual(['shop/a']);
    const away = [local, pod('web', 1, { app: 'web' }, 'n3'), ...PODS.slice(1), POLICY];
    expect(said({ from: 'shop/web', to: 'svc/shop/cart' }, away)).toBe('unknown no-backend');
    const homeless = { ...pod('web', 1, { app: 'web' }), spec: { containers: [{ name: 'c' }] } };
    expect(said({ from: 'shop/web', to: 'svc/shop/cart' }, [local, homeless, ...PODS.slice(1), POLICY])).toBe('unknown unknown-node');
  });

  it('is unknown without a backend, and never allowed', () => {
    expect(said({ from: 'shop/web', to: 'svc/shop/cart' }, [service({ selector: { app: 'gone' } }), ...PODS])).toBe('unknown no-backend');
    expect(said({ from: 'shop/web', to: 'svc/shop/cart' }, [service({ selector: null }), ...PODS])).toBe('unknown no-selector');
    const bad = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad', namespace: 'shop' }, spec: 7 };
    expect(said({ from: 'shop/web', to: 'svc/shop/cart' }, [service({}), ...PODS, POLICY, bad])).toBe('unknown unreadable-pods');
  });

  it.each([
    [{ from: 'shop/web', to: 'svc/shop/cart:http', port: 81 }, '`svc/shop/cart:http` is TCP/80 (`http`), and not port 81'],
    [{ from: 'shop/web', to: 'svc/shop/cart', port: 8080 }, 'has no port 8080'],
    [{ from: 'shop/web', to: 'svc/shop/cart', protocol: 'UDP' as const }, 'and not with UDP'],
    [{ from: 'svc/shop/cart', to: 'shop/web', port: 1 }, 'connections come from pods: name `shop/a`'],
    [{ from: 'shop/wbe', to: 'svc/shop/cart' }, 'there is no pod or workload `shop/wbe`'],
    [{ from: 'shop/web', to: 'svc/shop/crt' }, 'did you mean `svc/shop/cart`?'],
    [{ from: 'api.example.com:1', to: 'shop/web', port: 1 }, 'leave it out'],
    [{ from: 'shop/web', to: 'api.example.com' }, 'which port of `api.example.com`?'],
    [{ from: 'shop/web', to: 'api.example.com:1', port: 2 }, 'is port 1, and not port 2'],
    [{ from: 'shop/web', to: 'shop/a' }, 'which port of `shop/a`?'],
  ])('%j is refused', (query, message) => expect(() => ask(query)).toThrow(message));

  it('tells a Service from a workload of a namespace that is called svc', () => {
    const workload = { ...pod('x', 8, {}), metadata: { name: 'x', namespace: 'svc' } };
    const twin = { ...service({}), metadata: { name: 'x', namespace: 'pod' } };
    expect(ask({ from: 'shop/web', to: 'svc/pod/x', port: 80 }, [...PODS, workload]).to.kind).toBe('given');
    expect(() => ask({ from: 'shop/web', to: 'svc/pod/x', port: 80 }, [...PODS, workload, twin])).toThrow(
      'write the Service as `pod/service/x`',
    );
    expect(said({ from: 'shop/web', to: 'pod/service/x', port: 80 }, [...PODS, workload, twin])).toBe('unknown no-backend');
  });
});

describe('a question to a host', () => {
  const egress = {
    ...POLICY,
    spec: {
      podSelector: { matchLabels: { app: 'web' } },
      egress: [{ to: [{ ipBlock: { cidr: '203.0.113.1/32' } }] }],
      policyTypes: ['Egress'],
    },
  };
  const objects = [...PODS, egress];
  const query = { from: 'shop/web', to: 'api.example.com:443' };

  it('is one to each of its addresses', () => {
    expect(said(query, objects, { 'api.example.com': ['203.0.113.1'] })).toBe('allow');
    expect(said(query, objects, { 'api.example.com': ['203.0.113.2'] })).toBe('deny');
    expect(said(query, objects, { 'API.example.com.': ['203.0.113.1', '203.0.113.2'] })).toBe('mixed');
    expect(said({ ...query, family: 6 }, objects, { 'api.example.com': ['203.0.113.1'] })).toBe('unknown unknown-host');
    // The pod has no IPv6 address to come from.
    expect(said(query, objects, { 'api.example.com': ['203.0.113.1', '2001:db8::1'] })).toBe('allow');
  });

  it('is unknown without them', () => {
    expect(said(query, objects)).toBe('unknown unknown-host');
    expect(said(query, objects, { '*.example.com': ['203.0.113.1'] })).toBe('unknown unknown-host');
    expect(said(query, objects, { 'api.example.com': [] })).toBe('unknown unknown-host');
  });

  it('may come from a host, and go through another name', () => {
    expect(said({ from: 'api.example.com', to: 'shop/a', port: 80 }, [...PODS, POLICY], { 'api.example.com': ['203.0.113.1'] })).toBe(
      'deny',
    );
    const external = (externalName: string | null) => [service({ type: 'ExternalName', externalName, selector: null }), ...objects];
    const table = { 'api.example.com': ['203.0.113.1'] };
    expect(said({ from: 'shop/web', to: 'svc/shop/cart:443' }, external('api.example.com'), table)).toBe('allow');
    expect(said({ from: 'shop/web', to: 'svc/shop/cart:443' }, external('api.example.com'))).toBe('unknown unknown-host');
    expect(said({ from: 'shop/web', to: 'svc/shop/cart:443' }, external('cart.shop.svc'))).toBe('unknown unknown-host');
    expect(said({ from: 'shop/web', to: 'svc/shop/cart:443' }, external(null))).toBe('unknown no-backend');
    expect(() => ask({ from: 'shop/web', to: 'svc/shop/cart:http' }, external('api.example.com'), table)).toThrow(
      'give its port as a number',
    );
    const other = service({ type: 'ExternalName', externalName: 'cart.shop.svc.cluster.local', selector: null }, 'other');
    expect(said({ from: 'shop/web', to: 'svc/shop/other:80' }, [service({}), other, ...PODS, POLICY])).toBe('allow');
  });
});

describe('a port of a node that leads on', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1' },
    status: { addresses: [{ type: 'InternalIP', address: '10.1.0.1' }] },
  };
  const open = service({ type: 'NodePort', ports: [{ port: 80, targetPort: 'web', nodePort: 30080 }] });
  const hosted = { ...pod('hosted', 9, {}), spec: { nodeName: 'n1', containers: [{ ports: [{ containerPort: 8080, hostPort: 9000 }] }] } };
  const objects = [node, open, hosted, ...PODS, POLICY];

  it.each([
    [{ port: 30080 }, 'unknown node-port'],
    [{ port: 9000 }, 'unknown node-port'],
    // The node's own.
    [{ port: 30081 }, 'allow'],
    [{ port: 30080, protocol: 'UDP' }, 'allow'],
  ] as const)('%j is %s: the pod behind it may be closed to whoever asks', (asked, expected) => {
    for (const from of ['shop/other', '192.0.2.9']) expect(said({ from, to: '10.1.0.1', ...asked }, objects)).toBe(expected);
  });

  it('leads on at the nodes of the pod only, where it is a host port', () => {
    expect(said({ from: 'shop/other', to: '10.1.0.2', port: 9000 }, objects)).toBe('allow');
    expect(said({ from: 'shop/other', to: '10.1.0.2', port: 30080 }, objects)).toBe('unknown node-port');
    expect(ask({ from: 'shop/other', to: '10.1.0.2', port: 30080 }, objects).unknown?.message).toContain('ask for `svc/shop/cart:80`');
  });
});
