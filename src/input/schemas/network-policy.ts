/**
 * Shape of networking/v1 NetworkPolicy. Every field counts: one that is dropped changes what the policy means.
 */
import { integer, integerOrString, listOf, objectOf, oneOf, text } from '../shape.ts';
import { labelSelector, topLevel } from './meta.ts';

const ipBlock = objectOf('error', { cidr: text, except: listOf(text) }, ['cidr']);
const peer = objectOf('error', { podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock });
const port = objectOf('error', { protocol: oneOf('TCP', 'UDP', 'SCTP'), port: integerOrString, endPort: integer });

const spec = objectOf('error', {
  podSelector: labelSelector,
  policyTypes: listOf(oneOf('Ingress', 'Egress')),
  ingress: listOf(objectOf('error', { from: listOf(peer), ports: listOf(port) })),
  egress: listOf(objectOf('error', { to: listOf(peer), ports: listOf(port) })),
});

export const networkPolicy = topLevel('error', { spec });
