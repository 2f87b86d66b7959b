/**
 * Names of flow ends: what is refused, in which words, and how endpoints are called.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { Directory } from '../../../src/evaluate/directory.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { FlowEnd } from '../../../src/model/flow.ts';

const pod = (name: string, ips: readonly string[], more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  spec: { containers: [], ...more },
  status: { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) },
});
const workload = (kind: string, name: string): object => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop' },
  spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: [] } } },
});
const { tables } = compile(
  manifestsFromObjects([
    pod('web', ['10.0.0.1', 'fd00::1']),
    pod('cart', ['10.0.0.2']),
    pod('agent', ['10.1.0.9'], { hostNetwork: true, nodeName: 'n1' }),
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { addresses: [{ type: 'InternalIP', address: '10.1.0.9' }] } },
    workload('Deployment', 'api'),
    workload('Deployment', 'twice'),
    workload('StatefulSet', 'twice'),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'outside', namespace: 'shop' },
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }, { ipBlock: { cidr: '2001:db8::/32' } }] }] },
    },
  ]),
);
const directory = new Directory(tables, new TableNames(tables));
const namesOf = (end: FlowEnd) => Array.from(directory.resolve(end).endpoints, (endpoint) => directory.nameOf(endpoint));

describe('a flow end', () => {
  test.each<[FlowEnd, string[]]>([
    ['shop/web', ['shop/web (IPv4)', 'shop/web (IPv6)']],
    ['shop/pod/web', ['shop/web (IPv4)', 'shop/web (IPv6)']],
    ['shop/POD/cart', ['shop/cart']],
    [{ pod: 'shop/cart' }, ['shop/cart']],
    [{ pod: 'shop/pod/cart' }, ['shop/cart']],
    ['fd00::1', ['shop/web (IPv6)']],
    [{ ip: '10.0.0.2' }, ['shop/cart']],
    ['10.1.0.9', ['node/n1']],
    ['192.0.2.7', ['192.0.2.0/24']],
    ['2001:db8::7', ['2001:db8::/32']],
    ['203.0.113.1', ['0.0.0.0/0']],
    ['2001:db9::', ['::/0']],
  ])('%j stands for %j', (end, names) => {
    expect(namesOf(end)).toEqual(names);
  });

  test('of a workload stands for its pods, under its short and its full name', () => {
    const short = namesOf('shop/api');
    expect(short).toHaveLength(1);
    expect(namesOf('shop/Deployment/api')).toEqual(short);
    expect(namesOf({ workload: 'shop/api' })).toEqual(short);
  });

  test.each<[unknown, string]>([
    ['web', 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `web`'],
    ['shop/', 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `shop/`'],
    ['a/b/c/d', 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `a/b/c/d`'],
    ['shop/wab', 'there is no pod or workload `shop/wab`: did you mean `shop/web`?'],
    ['shop/something-else', 'there is no pod or workload `shop/something-else`'],
    [{ pod: 'other/nothing-near' }, 'there is no pod `other/nothing-near`'],
    [{ pod: 'shop/cort' }, 'there is no pod `shop/cort`: did you mean `shop/cart`?'],
    [{ pod: 'shop/deployment/api' }, 'there is no pod `shop/deployment/api`'],
    [{ workload: 'shop/webb' }, 'there is no workload `shop/webb`'],
    [{ workload: 'shop/pod/web' }, 'there is no workload `shop/pod/web`'],
    [{ workload: 'shop/apj' }, 'there is no workload `shop/apj`: did you mean `shop/api`?'],
    ['shop/twice', '`shop/twice` could be `shop/deployment/twice` or `shop/statefulset/twice`: name the kind'],
    ['10.0.0.256', 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `10.0.0.256`'],
    ['fd00::zz', '`fd00::zz` is not an IP address'],
    [{ ip: 'shop/web' }, '`shop/web` is not an IP address'],
    ['::ffff:10.0.0.1', '`::ffff:10.0.0.1` is an IPv4 address in IPv6 notation: write it as IPv4'],
    [5, 'expected a flow end: text, or an object with one of `pod`, `workload` and `ip`, got `5`'],
    [undefined, 'expected a flow end: text, or an object with one of `pod`, `workload` and `ip`, got `undefined`'],
    [{}, 'expected a flow end: text, or an object with one of `pod`, `workload` and `ip`, got `{}`'],
    [{ ip: 5 }, 'expected a flow end: text, or an object with one of `pod`, `workload` and `ip`, got `{"ip":5}`'],
    [{ host: 'x' }, 'expected a flow end: text, or an object with one of `pod`, `workload` and `ip`, got `{"host":"x"}`'],
  ])('%j is refused', (end, message) => {
    expect(() => directory.resolve(end as FlowEnd)).toThrow(new RangeError(message));
  });
});
