import { expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { mentionsOf } from '../../../src/compile/mentions.ts';
import { lower } from '../../../src/dialects/lower.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { Peer } from '../../../src/model/policy.ts';
import { inOneTier, policyOf, prefix, ruleOf } from './forms.ts';

const policy = (name: string, policySpec: object): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'x' },
  spec: policySpec,
});

test('the keys that selectors demand are those of subjects and of peers, of pods and of namespaces', () => {
  const manifests = manifestsFromObjects([
    policy('subject', { podSelector: { matchLabels: { subject: 'a' } } }),
    policy('peers', {
      podSelector: {},
      ingress: [
        {},
        {
          from: [
            { ipBlock: { cidr: '10.0.0.0/8' } },
            { podSelector: { matchExpressions: [{ key: 'peer', operator: 'Exists' }] } },
            {
              namespaceSelector: {
                matchLabels: { namespace: 'b', other: 'c' },
                matchExpressions: [
                  { key: 'no', operator: 'DoesNotExist' },
                  { key: 'not', operator: 'NotIn', values: ['e'] },
                ],
              },
              podSelector: { matchLabels: { both: 'd' } },
            },
          ],
        },
      ],
    }),
  ]);
  expect(mentionsOf(lower(manifests, spec).policySet).labelKeys).toEqual(new Set(['subject', 'peer', 'namespace', 'other', 'both']));
});

test('a prefix that many peers share is mentioned once', () => {
  const shared: Peer = { kind: 'ipBlock', cidr: prefix('10.0.0.0/8'), except: [prefix('10.1.0.0/16')] };
  const other: Peer = { kind: 'ipBlock', cidr: prefix('11.0.0.0/8'), except: [] };
  const rules = [shared, other, shared].map((peer) => ruleOf('allow', { peers: [peer] }));
  expect(mentionsOf(inOneTier([policyOf('a', rules)])).prefixes).toEqual([shared.cidr, ...shared.except, other.cidr]);
});

test('of very many prefixes all are mentioned, and those that come again after them perhaps twice', () => {
  const cidrs = Array.from({ length: 70_000 }, (_, i) => ({ family: 4 as const, words: [(0x0a000000 + i) >>> 0], length: 32 }));
  const peers: Peer[] = [...cidrs, cidrs[0]!].map((cidr) => ({ kind: 'ipBlock', cidr, except: [] }));
  expect(new Set(mentionsOf(inOneTier([policyOf('a', [ruleOf('allow', { peers })])])).prefixes)).toEqual(new Set(cidrs));
});
