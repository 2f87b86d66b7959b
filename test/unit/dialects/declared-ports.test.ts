/**
 * Which numbers pods give a name of a port: of which pods, which containers and which of several, where a data plane looks names up before it writes its rules.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { DeclaredPorts } from '../../../src/dialects/declared-ports.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { PodMatch } from '../../../src/model/policy.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { ContainerPort, NamespaceObject, ObjectMeta, PodObject } from '../../../src/model/resource.ts';
import type { Selector } from '../../../src/model/selector.ts';

const pod = (labels: ObjectMeta['labels'], spec: PodObject['spec'], namespace: string | undefined = 'shop', phase?: string): PodObject => ({
  kind: 'Pod',
  metadata: { name: 'p', labels: labels ?? null, ...(namespace === '' ? {} : { namespace }) },
  spec,
  ...(phase === undefined ? {} : { status: { phase } }),
});
const declares = (...ports: ContainerPort[]): NonNullable<PodObject['spec']> => ({ containers: [{ ports }] });
const http = (containerPort: number): ContainerPort => ({ name: 'http', containerPort });

const IN_SHOP: PodMatch = { kind: 'pods', namespaces: { name: 'shop' }, pods: [] };
const EVERYWHERE: PodMatch = { kind: 'pods', namespaces: { selector: [] }, pods: [] };
const namespacesWith = (...selector: Selector): PodMatch => ({ kind: 'pods', namespaces: { selector }, pods: [] });

const declared = (pods: readonly PodObject[], more: Partial<CniProfile> = {}, namespaces: readonly NamespaceObject[] = []) =>
  new DeclaredPorts(toManifests({ pods, namespaces }), { ...spec, name: 'test', ...more });
const numbers = (pods: readonly PodObject[], more: Partial<CniProfile> = {}, name = 'http') =>
  declared(pods, more).numbers([IN_SHOP], 'TCP', name);

describe('the numbers of a name', () => {
  test('are those of every pod, each once, ascending by number', () => {
    const pods = [8080, 443, 80, 8080].map((number) => pod({}, declares(http(number))));
    expect(numbers(pods)).toEqual([80, 443, 8080]);
    expect(numbers(pods.toReversed())).toEqual([80, 443, 8080]);
  });

  test('are of that name and that protocol, which is TCP where none is written', () => {
    const web = pod(
      {},
      declares(
        http(80),
        { name: 'metrics', containerPort: 9090 },
        { name: 'http', containerPort: 53, protocol: 'UDP' },
        { containerPort: 1 },
      ),
    );
    const ports = declared([web]);
    expect(ports.numbers([IN_SHOP], 'TCP', 'http')).toEqual([80]);
    expect(ports.numbers([IN_SHOP], 'UDP', 'http')).toEqual([53]);
    expect(ports.numbers([IN_SHOP], 'SCTP', 'http')).toEqual([]);
    expect(ports.numbers([IN_SHOP], 'TCP', 'metrics')).toEqual([9090]);
    expect(ports.numbers([IN_SHOP], 'TCP', '')).toEqual([]);
  });

  test('are those of pods that one of the selections matches', () => {
    const pods = [
      pod({ app: 'a' }, declares(http(1))),
      pod({ app: 'b' }, declares(http(2))),
      pod({ app: 'a' }, declares(http(3)), 'other'),
      pod(null, declares(http(4)), ''),
    ];
    const ports = declared(pods);
    const app = (value: string): PodMatch => ({ ...IN_SHOP, pods: [{ key: 'app', operator: 'in', values: [value] }] });
    expect(ports.numbers([app('a')], 'TCP', 'http')).toEqual([1]);
    expect(ports.numbers([app('a'), app('b')], 'TCP', 'http')).toEqual([1, 2]);
    expect(ports.numbers([{ ...IN_SHOP, namespaces: { name: 'default' } }], 'TCP', 'http')).toEqual([4]);
    expect(ports.numbers([EVERYWHERE], 'TCP', 'http')).toEqual([1, 2, 3, 4]);
    expect(ports.numbers([], 'TCP', 'http')).toEqual([]);
  });

  test('are found by a label whose value is null, which is the empty one', () => {
    const match = (value: string): PodMatch => ({ ...IN_SHOP, pods: [{ key: 'app', operator: 'in', values: [value] }] });
    const ports = declared([pod({ app: null }, declares(http(80)))]);
    expect(ports.numbers([match('')], 'TCP', 'http')).toEqual([80]);
    expect(ports.numbers([match('null')], 'TCP', 'http')).toEqual([]);
  });

  test('are found by the labels of the namespace', () => {
    const namespaces: NamespaceObject[] = [
      { kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } },
      { kind: 'Namespace', metadata: { name: 'other', labels: { team: 'b' } } },
    ];
    const ports = declared([pod({}, declares(http(1))), pod({}, declares(http(2)), 'other')], {}, namespaces);
    expect(ports.numbers([namespacesWith({ key: 'team', operator: 'in', values: ['a'] })], 'TCP', 'http')).toEqual([1]);
    expect(ports.numbers([namespacesWith({ key: 'team', operator: 'exists', values: [] })], 'TCP', 'http')).toEqual([1, 2]);
    expect(ports.numbers([namespacesWith({ key: 'team', operator: 'doesNotExist', values: [] })], 'TCP', 'http')).toEqual([]);
  });

  test.each<[string, NamespaceObject[]]>([
    ['is not among the objects', []],
    ['is, without labels', [{ kind: 'Namespace', metadata: { name: 'shop' } }]],
    ['lies about it', [{ kind: 'Namespace', metadata: { name: 'shop', labels: { 'kubernetes.io/metadata.name': 'other' } } }]],
  ])('are found by the name of a namespace that %s', (_, namespaces) => {
    const ports = declared([pod({}, declares(http(1)))], {}, namespaces);
    const named = (value: string) => namespacesWith({ key: 'kubernetes.io/metadata.name', operator: 'in', values: [value] });
    expect(ports.numbers([named('shop')], 'TCP', 'http')).toEqual([1]);
    expect(ports.numbers([named('other')], 'TCP', 'http')).toEqual([]);
  });
});

describe('a pod that declares a name', () => {
  test('counts unless it is completed', () => {
    for (const phase of ['Succeeded', 'Failed']) expect(numbers([pod({}, declares(http(80)), 'shop', phase)])).toEqual([]);
    for (const phase of ['Running', 'Pending']) expect(numbers([pod({}, declares(http(80)), 'shop', phase)])).toEqual([80]);
  });

  test('counts on the network of its node where the profile treats it as a pod', () => {
    const host = [pod({}, { ...declares(http(80)), hostNetwork: true })];
    expect(numbers(host, { hostNetwork: 'pod' })).toEqual([80]);
    expect(numbers(host, { hostNetwork: 'node' })).toEqual([]);
    expect(numbers([pod({}, { ...declares(http(80)), hostNetwork: false })], { hostNetwork: 'node' })).toEqual([80]);
  });

  test('names ports of sidecars where the profile counts them, never of other init containers', () => {
    const init = (restartPolicy?: string): PodObject[] => [
      pod({}, { initContainers: [{ ports: [http(80)], ...(restartPolicy === undefined ? {} : { restartPolicy }) }] }),
    ];
    expect(numbers(init('Always'), { sidecarPorts: true })).toEqual([80]);
    expect(numbers(init('Always'), { sidecarPorts: false })).toEqual([]);
    expect(numbers(init('Never'), { sidecarPorts: true })).toEqual([]);
    expect(numbers(init(''), { sidecarPorts: true })).toEqual([]);
    expect(numbers(init(), { sidecarPorts: true })).toEqual([]);
  });

  test('gives it every number of its containers, or the first for each protocol, where containers come before sidecars', () => {
    const ports: ContainerPort[] = [
      http(9000),
      { name: 'other', containerPort: 1 },
      { name: 'http', containerPort: 53, protocol: 'UDP' },
      http(80),
      { name: 'other', containerPort: 2 },
    ];
    const web = pod(
      {},
      { initContainers: [{ ports: [http(7000)], restartPolicy: 'Always' }], containers: [{ ports: [] }, { ports }, { ports: [http(81)] }] },
    );
    expect(numbers([web], { namedPortDuplicates: 'every' })).toEqual([80, 81, 7000, 9000]);
    expect(numbers([web], { namedPortDuplicates: 'first' })).toEqual([9000]);
    expect(numbers([web], { namedPortDuplicates: 'first' }, 'other')).toEqual([1]);
    expect(declared([web], { namedPortDuplicates: 'first' }).numbers([IN_SHOP], 'UDP', 'http')).toEqual([53]);
    expect(numbers([web, pod({}, declares(http(80)))], { namedPortDuplicates: 'first' })).toEqual([80, 9000]);
  });
});
