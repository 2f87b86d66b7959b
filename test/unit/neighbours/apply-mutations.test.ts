/**
 * What each mutation does to manifests, and what it says.
 */
import { describe, expect, it } from 'vitest';
import { applyMutations } from '../../../src/neighbours/apply-mutations.ts';
import type { Mutation } from '../../../src/neighbours/mutation.ts';
import { Vocabulary } from '../../../src/neighbours/vocabulary.ts';
import { cluster } from '../../support/planted.ts';

const CNP = (name: string, priority: number) => `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec: {tier: Admin, priority: ${priority}, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}, {action: Accept, from: [{namespaces: {}}]}]}
`;
const MANIFESTS = cluster(
  { 'prod/closed': '{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: sql}, {port: 22}]}]}' },
  `${CNP('a', 1)}---\n${CNP('b', 2)}`,
);
const changed = (...mutations: readonly Mutation[]) => applyMutations(MANIFESTS, mutations);
const podsOf = (...mutations: readonly Mutation[]) =>
  changed(...mutations).manifests.pods.map(
    ({ object: { metadata, status } }) =>
      `${metadata.namespace}/${metadata.name} ${status?.podIPs?.map(({ ip }) => ip).join() ?? status?.podIP}`,
  );
const ref = (name: string) => ({ kind: 'ClusterNetworkPolicy', name });

describe('mutations', () => {
  it.each<[Mutation, string | undefined]>([
    [{ kind: 'relabel', pod: 'prod/db', key: 'app', value: null }, 'pod prod/db loses the label app=db'],
    [{ kind: 'relabel', pod: 'prod/db', key: 'app', value: 'web' }, 'pod prod/db has the label app=web in place of app=db'],
    [{ kind: 'relabel', pod: 'prod/db', key: '__proto__', value: 'x' }, 'pod prod/db gets the label __proto__=x'],
    [{ kind: 'relabel', pod: 'prod/db', key: 'app', value: 'db' }, undefined],
    [{ kind: 'relabel', pod: 'prod/db', key: 'none', value: null }, undefined],
    [{ kind: 'scale', pod: 'prod/db', more: 2 }, '2 more pods like prod/db: db-more-1, db-more-2'],
    [{ kind: 'move', pod: 'prod/db', namespace: 'dev' }, 'pod prod/db moves to the namespace dev'],
    [{ kind: 'move', pod: 'prod/db', namespace: 'prod' }, undefined],
    [{ kind: 'address', pod: 'dev/api', near: 'prod/web' }, 'pod dev/api has the address 10.0.2.4 in place of 10.0.1.2'],
    [{ kind: 'dual-stack', pod: 'dev/api' }, 'pod dev/api has the address fd00::24, too'],
    [{ kind: 'dual-stack', pod: 'prod/db' }, undefined],
    [{ kind: 'ports', pod: 'prod/db', name: 'sql', port: 22 }, 'pod prod/db declares the port sql as 22 in place of 5432'],
    [{ kind: 'ports', pod: 'prod/db', name: 'sql', port: null }, 'pod prod/db declares no port sql any more, which was 5432'],
    [{ kind: 'ports', pod: 'prod/web', name: 'sql', port: null }, undefined],
    [
      { kind: 'relabel-namespace', namespace: 'dev', key: 'env', value: 'prod' },
      'namespace dev has the label env=prod in place of env=dev',
    ],
    [
      { kind: 'namespace', like: 'prod', pod: 'dev/api' },
      'new namespace prod-2 with the labels of prod, without policies of its own, and in it the pod prod-2/api, like dev/api',
    ],
    [
      { kind: 'namespace', like: null, pod: 'dev/api' },
      'new namespace new-2 without labels, without policies of its own, and in it the pod new-2/api, like dev/api',
    ],
    [{ kind: 'drop', policy: { kind: 'NetworkPolicy', namespace: 'prod', name: 'closed' } }, 'NetworkPolicy prod/closed is removed'],
    [{ kind: 'drop', policy: ref('c') }, undefined],
    [
      { kind: 'reorder', what: 'priorities', policies: [ref('a'), ref('b')] },
      'ClusterNetworkPolicy a and ClusterNetworkPolicy b exchange their priorities, 1 and 2',
    ],
    [
      { kind: 'reorder', what: 'rules', policy: ref('a'), direction: 'ingress', rule: 0 },
      'the rules 0 and 1 of spec.ingress of ClusterNetworkPolicy a change places',
    ],
    [{ kind: 'reorder', what: 'rules', policy: ref('a'), direction: 'ingress', rule: 1 }, undefined],
    [{ kind: 'reorder', what: 'documents' }, 'the policies are read in the reverse order'],
  ])('%j', (mutation, said) => {
    const { changes, mutations, manifests, original } = changed(mutation);
    expect([changes, mutations]).toEqual(said === undefined ? [[], []] : [[said], [mutation]]);
    expect(original).toBe(MANIFESTS);
    expect(JSON.stringify(manifests) === JSON.stringify(MANIFESTS)).toBe(said === undefined);
  });

  it('give new pods names and addresses that nobody has, in every family', () => {
    expect(podsOf({ kind: 'scale', pod: 'prod/db', more: 2 }).slice(4)).toEqual([
      'prod/db-more-1 10.0.2.4,fd00::24',
      'prod/db-more-2 10.0.2.5,fd00::25',
    ]);
    const copy: Mutation = { kind: 'namespace', like: 'prod', pod: 'prod/web' };
    expect(podsOf(copy, copy).slice(4)).toEqual(['prod-2/web 10.0.2.4', 'prod-3/web 10.0.2.5']);
    expect(podsOf({ kind: 'relabel', pod: 'dev/api', key: 'a', value: 'b' }, { kind: 'move', pod: 'dev/api', namespace: 'prod' })[0]).toBe(
      'prod/api 10.0.1.2',
    );
  });

  it('are refused for a pod that is not there', () => {
    expect(() => changed({ kind: 'scale', pod: 'prod/none', more: 1 })).toThrow('there is no pod `prod/none`');
  });
});

describe('the words that mutations are drawn from', () => {
  const words = new Vocabulary(MANIFESTS, { pods: new Set(['prod/db']), labels: [['tier', 'batch']], namespaceLabels: [['env', 'prod']] });

  it('are those that policies and invariants speak of', () => {
    expect(words.pods[0]).toBe('prod/db');
    expect(words.relabelings('prod/db').map(({ key, value }) => [key, value])).toEqual([
      ['app', null],
      ['app', 'api'],
      ['app', 'job'],
      ['app', 'web'],
      ['tier', 'batch'],
    ]);
    expect(words.namespaceRelabelings('dev').map(({ key, value }) => [key, value])).toEqual([
      ['env', null],
      ['env', 'prod'],
    ]);
    expect(words.portChanges('prod/db').map(({ name, port }) => [name, port])).toEqual([
      ['sql', null],
      ['sql', 22],
    ]);
    expect(words.reorderings.map(({ what }) => what)).toEqual(['rules', 'rules', 'priorities', 'documents']);
  });
});
