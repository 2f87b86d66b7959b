/**
 * Warnings about what is allowed and probably not meant: each where it belongs, and none that claims more than is known.
 */
import { describe, expect, it } from 'vitest';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';

const policy = (spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: x}\nspec: ${spec}\n`;
const pod = (name: string, rest = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: x}\nspec: {containers: [{ports: [${rest}]}]}\n`;

const warnings = (text: string): string[] =>
  parseManifests(text)
    .diagnostics.filter(({ severity }) => severity === 'warning')
    .map(({ code, field, message }) => `${code} ${field}: ${message}`);

describe('null in place of a list', () => {
  it.each([
    [
      '{podSelector: {matchExpressions: null}}',
      'null-selector spec.podSelector.matchExpressions: `matchExpressions` is null and restricts nothing',
    ],
    [
      '{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: null}}]}]}',
      'null-selector spec.ingress[0].from[0].podSelector.matchExpressions: `matchExpressions` is null and restricts nothing',
    ],
    [
      '{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: null}}]}]}',
      'null-except spec.egress[0].to[0].ipBlock.except: `except` is null: nothing is left out of the block',
    ],
  ])('%s is said', (spec, expected) => {
    expect(warnings(policy(spec))).toEqual([expected]);
  });

  it.each([
    '{podSelector: {matchExpressions: []}}',
    '{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: []}}]}]}',
    '{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}',
  ])('%s is nothing to speak of', (spec) => {
    expect(warnings(policy(spec))).toEqual([]);
  });
});

describe('names of ports that no pod has', () => {
  const NAMED = policy('{podSelector: {}, ingress: [{ports: [{port: web}]}]}');
  const CERTAIN =
    'unknown-port-name spec.ingress[0].ports[0].port: no pod has a TCP port of the name `web`, which therefore matches nothing';
  const DOUBTFUL =
    'unknown-port-name spec.ingress[0].ports[0].port: no pod that could be read has a TCP port of the name `web`, which matches nothing unless another pod has it';

  it('match nothing when every pod was read', () => {
    expect(warnings(`${NAMED}---\n${pod('a')}`)).toEqual([CERTAIN]);
    expect(warnings(`${NAMED}---\n${pod('a', '{name: web, containerPort: 80}')}`)).toEqual([]);
  });

  it.each([
    ['a pod that cannot be read', `${pod('b', '{name: web, containerPort: 0}')}`],
    [
      'a workload that cannot be read',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b, namespace: x}\nspec: {replicas: -1, template: {}}\n`,
    ],
    ['an object without a kind', 'apiVersion: v1\nmetadata: {name: b}\nspec: {}\n'],
  ])('may match something beside %s', (_, text) => {
    expect(warnings(`${NAMED}---\n${pod('a')}---\n${text}`)).toContain(DOUBTFUL);
  });

  it('match nothing beside a policy that cannot be read, which declares no port', () => {
    expect(warnings(`${NAMED}---\n${pod('a')}---\n${policy('{podSelector: 1}').replace('name: p', 'name: q')}`)).toEqual([CERTAIN]);
  });
});

describe('addresses that two pods share', () => {
  const withIp = (name: string, podIP: string): unknown => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'x' },
    status: { podIP },
  });

  it('are the same however they are written', () => {
    const codes = (a: string, b: string): string[] =>
      manifestsFromObjects([withIp('a', a), withIp('b', b)]).diagnostics.map(({ code }) => code);
    expect(codes('fd00::1', 'fd00:0:0:0:0:0:0:1')).toEqual(['duplicate-pod-ip']);
    expect(codes('FD00::A', 'fd00::a')).toEqual(['duplicate-pod-ip']);
    expect(codes('10.0.0.1', '10.0.0.1')).toEqual(['duplicate-pod-ip']);
    expect(codes('fd00::1', 'fd00::2')).toEqual([]);
  });
});
