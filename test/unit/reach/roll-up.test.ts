/**
 * Many ends in few words: the names stand for exactly the ends that were given.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { joinEndpoints } from '../../../src/reach/joint-endpoints.ts';
import { RollUp } from '../../../src/reach/roll-up.ts';

const pod = (name: string, namespace: string, ips: readonly string[], workload?: string) => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${namespace}
${workload === undefined ? '' : `  ownerReferences: [{ apiVersion: apps/v1, kind: StatefulSet, name: ${workload}, uid: u, controller: true }]\n`}spec: { containers: [{ name: c }] }
status: { podIP: "${ips[0]}", podIPs: [${ips.map((ip) => `{ ip: "${ip}" }`).join(', ')}] }
`;
const node = (name: string, ...addresses: readonly string[]) => `---
apiVersion: v1
kind: Node
metadata: { name: ${name} }
status: { addresses: [${addresses.map((address) => `{ type: InternalIP, address: "${address}" }`).join(', ')}] }
`;
const policy = (...cidrs: readonly string[]) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: a }
spec: { podSelector: {}, ingress: [{ from: [${cidrs.map((cidr) => `{ ipBlock: { cidr: "${cidr}" } }`).join(', ')}] }] }
`;

const CLUSTER = [
  pod('db-0', 'a', ['10.0.0.1'], 'db'),
  pod('db-1', 'a', ['10.0.0.2'], 'db'),
  pod('solo', 'a', ['10.0.0.3', 'fd00::3']),
  pod('one', 'b', ['10.0.0.4']),
  node('n1', '10.1.0.1', '10.1.0.2'),
  node('n2', '10.1.0.3', 'fd00::f3'),
  policy('192.168.0.0/16', '192.168.1.0/24', '192.168.1.128/25', '2001:db8::/32', '10.1.0.2/32'),
].join('');

/** Ends by what they are: `a/db-0`, `a/solo 6`, `n1 10.1.0.2`, `192.168.0.0/16`. */
function world(text: string) {
  const { tables } = compile(parseManifests(text), { shared: false });
  const joint = joinEndpoints([tables, tables]);
  const rollUp = new RollUp([tables, tables], joint);
  const single = Array.from({ length: joint.count }, (_, end) => rollUp.groups([end]));
  return { joint, rollUp, single };
}

const texts = (groups: ReturnType<RollUp['groups']>) =>
  groups.map(
    ({ family, kind, ...rest }) =>
      `${kind}${family ?? ''}${Object.values(rest)
        .flat()
        .map((value) => (value === null ? '' : ` ${value}`))
        .join('')}`,
  );

describe('RollUp', () => {
  const { joint, rollUp, single } = world(CLUSTER);
  /** Joint endpoints whose own name is one of these. */
  const ends = (...names: readonly string[]) => [...joint.family.keys()].filter((end) => names.includes(texts(single[end] ?? []).join()));
  const DB = ends('pod a db-0', 'pod a db-1');
  const SOLO = ends('pod4 a solo', 'pod6 a solo');
  const ONE = ends('pod b one');

  const outside = (...cidrs: readonly string[]) =>
    [...joint.family.keys()].filter((end) => single[end]?.some((group) => group.kind === 'addresses' && cidrs.includes(group.cidr)));

  it('has an end for each address', () => {
    expect([DB.length, SOLO.length, ONE.length]).toEqual([2, 2, 1]);
    expect(rollUp.groups([])).toEqual([]);
  });

  it('says a workload only where all its pods are meant', () => {
    expect(rollUp.groups(DB)).toEqual([{ kind: 'workload', namespace: 'a', workloadKind: 'StatefulSet', name: 'db', family: null }]);
    expect(texts(rollUp.groups(DB.slice(0, 1)))).toEqual(['pod a db-0']);
    expect(texts(rollUp.groups(DB.slice(1)))).toEqual(['pod a db-1']);
  });

  it('says a namespace only where all its pods are meant, and not for a single pod', () => {
    expect(texts(rollUp.groups([...DB, ...SOLO]))).toEqual(['namespace a']);
    expect(texts(rollUp.groups([...DB, ...ONE]))).toEqual(['workload a StatefulSet db', 'pod b one']);
    expect(texts(rollUp.groups(ONE))).toEqual(['pod b one']);
  });

  it('says every pod only where no pod is missing', () => {
    expect(texts(rollUp.groups([...ONE, ...DB, ...SOLO]))).toEqual(['every-pod']);
    expect(texts(rollUp.groups([...SOLO, ...ONE]))).toEqual(['pod a solo', 'pod b one']);
  });

  it('says a family where an owner has addresses of another that are not meant', () => {
    const [first, second] = SOLO.map((end) => joint.family[end]);
    expect([first, second].sort()).toEqual([4, 6]);
    const six = SOLO.filter((end) => joint.family[end] === 6);
    expect(texts(rollUp.groups(six))).toEqual(['pod6 a solo']);
    expect(texts(rollUp.groups([...six, ...DB]))).toEqual(['workload a StatefulSet db', 'pod6 a solo']);
    expect(texts(rollUp.groups(SOLO))).toEqual(['pod a solo']);
  });

  it('says which address of a node is meant where it has several of a family', () => {
    const nodes = [...joint.family.keys()].filter((end) => single[end]?.[0]?.kind === 'node');
    expect(nodes.map((end) => texts(rollUp.groups([end])))).toEqual([
      ['node4 n1 10.1.0.1'],
      ['node4 n1 10.1.0.2'],
      ['node4 n2'],
      ['node6 n2'],
    ]);
    expect(texts(rollUp.groups(nodes.slice(0, 2)))).toEqual(['node n1']);
    expect(texts(rollUp.groups(nodes))).toEqual(['every-node']);
    expect(texts(rollUp.groups(nodes.slice(1)))).toEqual(['node n2', 'node4 n1 10.1.0.2']);
  });

  it('says blocks with exceptions, and blocks inside exceptions again', () => {
    const whole = outside('192.168.0.0/16', '192.168.1.0/24', '192.168.1.128/25');
    expect(whole).toHaveLength(3);
    expect(texts(rollUp.groups(whole))).toEqual(['addresses 192.168.0.0/16']);
    expect(texts(rollUp.groups(outside('192.168.0.0/16', '192.168.1.128/25')))).toEqual([
      'addresses 192.168.0.0/16 192.168.1.0/24',
      'addresses 192.168.1.128/25',
    ]);
    expect(texts(rollUp.groups(outside('192.168.1.0/24')))).toEqual(['addresses 192.168.1.0/24 192.168.1.128/25']);
    expect(texts(rollUp.groups(outside('0.0.0.0/0', '2001:db8::/32')))).toEqual([
      'addresses 0.0.0.0/0 192.168.0.0/16',
      'addresses 2001:db8::/32',
    ]);
  });

  it('gives all addresses of an owner one key', () => {
    expect(new Set(SOLO.map((end) => rollUp.ownerKey(end))).size).toBe(1);
    expect(new Set([...SOLO, ...DB, ...outside('2001:db8::/32')].map((end) => rollUp.ownerKey(end))).size).toBe(4);
  });
});
