/**
 * Services -> backends: one case for each thing that the API says, and what is refused.
 */
import { describe, expect, it } from 'vitest';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { type ResolveOptions, resolveService } from '../../../src/services/resolve-service.ts';

const pod = (name: string, fields: object = {}, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: 'cart' }, ...metadata },
  spec: { containers: [{ ports: [{ name: 'web', containerPort: 8080 }] }], ...spec },
  status: { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }], ...fields },
});
const service = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: { clusterIP: '10.96.0.7', selector: { app: 'cart' }, ports: [{ name: 'http', port: 80, targetPort: 'web' }], ...spec },
});
const resolve = (objects: readonly object[], port?: string | number, options: ResolveOptions = {}) =>
  resolveService(manifestsFromObjects(objects), { namespace: 'shop', name: 'cart', ...(port === undefined ? {} : { port }) }, options);
const told = (objects: readonly object[], port?: string | number, options: ResolveOptions = {}): string[] =>
  resolve(objects, port, options).backends.map((each) => `${each.pod} ${each.protocol}/${each.port} ${each.family}`);

describe('a port of a Service', () => {
  it('is its only one, or chosen by name or number, and a target port that is a name is that of each pod', () => {
    const other = pod(
      'b',
      { podIP: '10.0.0.2', podIPs: [{ ip: '10.0.0.2' }] },
      { containers: [{ ports: [{ name: 'web', containerPort: 9000 }] }] },
    );
    for (const port of [undefined, 'http', 80])
      expect(told([service({}), pod('a'), other], port)).toEqual(['shop/a TCP/8080 4', 'shop/b TCP/9000 4']);
  });

  it('is its own target port where none is written', () => {
    for (const targetPort of [undefined, 0, '', null])
      expect(told([service({ ports: [{ port: 80, targetPort }] }), pod('a')])).toEqual(['shop/a TCP/80 4']);
  });

  it('has a protocol, which the name at the pod must have, too', () => {
    const ports = [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'web' },
      { name: 'dns-tcp', port: 53, targetPort: 'web' },
    ];
    const objects = [service({ ports }), pod('a')];
    expect(told(objects, 'dns-tcp')).toEqual(['shop/a TCP/8080 4']);
    expect(told(objects, 53, { protocol: 'TCP' })).toEqual(['shop/a TCP/8080 4']);
    const { backends, notes, unresolved } = resolve(objects, 'dns');
    expect([backends, unresolved?.cause]).toEqual([[], 'no-backend']);
    expect(notes).toEqual(['`shop/a` is selected and is no backend: no container of it has UDP port `web`']);
    expect(() => resolve(objects, 53)).toThrow(
      'has several ports: name one of UDP/53 (`dns`), TCP/53 (`dns-tcp`), or give the protocol (`--protocol`)',
    );
    expect(() => resolve(objects)).toThrow('has several ports');
    expect(() => resolve(objects, 53, { protocol: 'SCTP' })).toThrow('has UDP/53 (`dns`), TCP/53 (`dns-tcp`), and not with SCTP');
  });

  it('that is not there is refused, with a word about target ports', () => {
    expect(() => resolve([service({}), pod('a')], 81)).toThrow('has no port 81, it has TCP/80 (`http`)');
    expect(() => resolve([service({}), pod('a')], 'web')).toThrow(
      'has no port `web`: that is the target port of TCP/80 (`http`), which clients connect to',
    );
    expect(() => resolve([service({ ports: [] }), pod('a')])).toThrow('has no ports');
  });

  it('finds the names of sidecars last, and says so; names of init containers that end are none', () => {
    const sidecar = {
      containers: [{ name: 'c' }],
      initContainers: [{ restartPolicy: 'Always', ports: [{ name: 'web', containerPort: 7000 }] }],
    };
    const found = resolve([service({}), pod('a', {}, sidecar)]);
    expect(found.backends.map(({ port }) => port)).toEqual([7000]);
    expect(found.notes[0]).toContain('a port of a sidecar');
    const init = { containers: [{ name: 'c' }], initContainers: [{ ports: [{ name: 'web', containerPort: 7000 }] }] };
    expect(told([service({}), pod('a', {}, init)])).toEqual([]);
  });
});

describe('the backends of a Service', () => {
  it('are the pods of its namespace with every label of the selector, that run', () => {
    const at = (name: string, n: number, fields: object, metadata: object = {}) =>
      pod(name, { podIP: `10.0.1.${n}`, podIPs: [{ ip: `10.0.1.${n}` }], ...fields }, {}, metadata);
    const objects = [
      service({ selector: { app: 'cart', tier: '' } }),
      at('a', 1, {}, { labels: { app: 'cart', tier: null } }),
      at('b', 2, {}, { labels: { app: 'cart' } }),
      at('c', 3, {}, { labels: { app: 'cart', tier: '' }, namespace: 'other' }),
      at('d', 4, { phase: 'Succeeded' }, { labels: { app: 'cart', tier: '' } }),
      at('e', 5, { phase: 'Pending' }, { labels: { app: 'cart', tier: '', more: 'x' } }),
    ];
    expect(told(objects)).toEqual(['shop/a TCP/8080 4', 'shop/e TCP/8080 4']);
  });

  it('that are being deleted count only where there are no others', () => {
    const leaving = pod('a', {}, {}, { deletionTimestamp: '2024-01-01T00:00:00Z' });
    expect(told([service({}), leaving])).toEqual(['shop/a TCP/8080 4']);
    expect(told([service({}), leaving, pod('b', { podIP: '10.0.0.2', podIPs: [{ ip: '10.0.0.2' }] })])).toEqual(['shop/b TCP/8080 4']);
  });

  it('are at the addresses of the families of the Service', () => {
    const both = pod('a', { podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] });
    const none = pod('b', { podIP: null, podIPs: null });
    const families = (spec: object, options: ResolveOptions = {}) =>
      told([service(spec), both, none], undefined, options).map((text) => text.slice(5));
    expect(families({ ipFamilies: ['IPv6'] })).toEqual(['a TCP/8080 6', 'b TCP/8080 null']);
    expect(families({ ipFamilies: ['IPv6', 'IPv4'] })).toEqual(['a TCP/8080 4', 'a TCP/8080 6', 'b TCP/8080 null']);
    expect(families({ clusterIPs: ['10.96.0.7', 'fd00:96::7'] })).toEqual(['a TCP/8080 4', 'a TCP/8080 6', 'b TCP/8080 null']);
    expect(families({ clusterIP: null, ipFamilyPolicy: 'RequireDualStack' }, { family: 6 })).toEqual(['a TCP/8080 6', 'b TCP/8080 6']);
    // Only the cluster knows which family it gives, and the verdicts of both must agree.
    expect(families({ clusterIP: null })).toEqual(['a TCP/8080 null', 'b TCP/8080 null']);
    expect(families({ ipFamilyPolicy: 'PreferDualStack' })).toEqual(['a TCP/8080 null', 'b TCP/8080 null']);
    expect(resolve([service({ ipFamilies: ['IPv6'] }), pod('a')]).unresolved?.cause).toBe('no-backend');
  });

  it('are reached without translation when it is headless, other than by the name of the port', () => {
    const objects = [
      service({ clusterIP: 'None' }),
      pod('a'),
      pod('b', { podIP: '10.0.0.2', podIPs: [{ ip: '10.0.0.2' }] }, { containers: [{ name: 'c' }] }),
    ];
    const byNumber = resolve(objects, 80);
    expect(byNumber.backends.map(({ pod, port }) => `${pod} ${port}`)).toEqual(['shop/a 80', 'shop/b 80']);
    expect(byNumber.notes[0]).toContain('nothing translates port 80');
    expect(told(objects, 'http')).toEqual(['shop/a TCP/8080 null']);
    const other = resolve(objects, 8080);
    expect([other.port, other.backends.length, other.notes[0]]).toEqual([
      null,
      2,
      expect.stringContaining('which is not one of its ports'),
    ]);
    expect(told([service({ clusterIP: 'None', ports: null }), pod('a')], 9)).toEqual(['shop/a TCP/9 null']);
  });

  it('are not known without a selector, and where something could not be read', () => {
    for (const selector of [{}, null]) expect(resolve([service({ selector }), pod('a')]).unresolved?.cause).toBe('no-selector');
    const bad = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad', namespace: 'shop' }, spec: 7 };
    expect(resolve([service({}), pod('a'), bad]).unresolved?.cause).toBe('unreadable-pods');
    expect(resolve([service({}), pod('a'), { ...bad, metadata: { name: 'bad', namespace: 'other' } }]).unresolved).toBeNull();
    const workload = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'w', namespace: 'shop' }, spec: 7 };
    expect(resolve([service({}), pod('a'), workload]).unresolved?.cause).toBe('unreadable-pods');
    const broken = service({ ports: 7 });
    expect(resolve([broken, pod('a')]).unresolved?.cause).toBe('unreadable-service');
    expect(() => resolve([pod('a')])).toThrow('there is no Service `shop/cart` in the input');
    const odd = service({ ipFamilies: ['IPv5'] });
    expect(resolve([odd, pod('a')]).unresolved?.cause).toBe('unreadable-service');
  });
});
