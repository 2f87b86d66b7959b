import { expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { mentionsOf } from '../../../src/compile/mentions.ts';
import { lower } from '../../../src/dialects/lower.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';

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
