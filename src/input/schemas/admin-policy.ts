/**
 * Shapes of policy.networking.k8s.io ClusterNetworkPolicy (v1alpha2), AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1), with the experimental fields.
 * Below subjects and peers, the API server drops a field that it does not know and keeps an object that often means more than what was written: `namespaces` with an old
 * `namespaceSelector` in it becomes every namespace. These objects are used as the server has them. Everywhere else an unknown field is an error, as in a NetworkPolicy:
 * what is left of such objects is refused by the server, or has lost a condition.
 */
import {
  integer,
  labels,
  listOf,
  type ObjectShape,
  objectOf,
  oneOf,
  oneOfWith,
  prunedObject,
  type Shape,
  strictObject,
  text,
} from '../shape.ts';
import { requirementFields, topLevel } from './meta.ts';

const REFUSED = 'which the API server refuses';

const requirement = prunedObject(REFUSED, requirementFields, ['key', 'operator']);

function selectorOf(things: string): ObjectShape {
  const fields = { matchLabels: labels, matchExpressions: listOf(requirement) };
  const inPlace = 'write `matchLabels` and `matchExpressions` here, without a level between';
  return prunedObject(`which selects every ${things}`, fields, [], { namespaceSelector: inPlace, podSelector: inPlace, selector: inPlace });
}

const namespaces = selectorOf('namespace');
const nodes = selectorOf('node');

function podsOf(required: readonly string[]): ObjectShape {
  const fields = { namespaceSelector: selectorOf('namespace'), podSelector: selectorOf('pod') };
  return prunedObject(REFUSED, fields, required, { namespaces: 'did you mean `namespaceSelector`?', pods: 'did you mean `podSelector`?' });
}

/** v1alpha2 requires the second only: without the first, pods of every namespace are selected. */
const pods = podsOf(['podSelector']);
const podsOfV1alpha1 = podsOf(['namespaceSelector', 'podSelector']);

/** Names of the first versions of v1alpha1. */
const OLD_NAMES = {
  namespaceSelector: 'did you mean `namespaces`?',
  namespacedPods: 'did you mean `pods`?',
  namespaceAndPodSelector: 'did you mean `pods`?',
  podSelector: 'write `pods` with a `namespaceSelector` and a `podSelector`',
};
const UNKNOWN_PEER = 'a peer that names nothing';
const EGRESS_ONLY = 'it is for egress: peers of ingress are pods';
const FOR_INGRESS = { ...OLD_NAMES, ipBlock: EGRESS_ONLY, networks: EGRESS_ONLY, nodes: EGRESS_ONLY, domainNames: EGRESS_ONLY };
const FOR_EGRESS = { ...OLD_NAMES, ipBlock: 'write `networks`; for exceptions, write a rule before this one' };

const ends = {
  v1alpha2: {
    subject: prunedObject(REFUSED, { namespaces, pods }, [], OLD_NAMES),
    ingress: prunedObject(UNKNOWN_PEER, { namespaces, pods }, [], FOR_INGRESS),
    egress: prunedObject(UNKNOWN_PEER, { namespaces, pods, nodes, networks: listOf(text), domainNames: listOf(text) }, [], FOR_EGRESS),
  },
  v1alpha1: {
    subject: prunedObject(REFUSED, { namespaces, pods: podsOfV1alpha1 }, [], OLD_NAMES),
    ingress: prunedObject(UNKNOWN_PEER, { namespaces, pods: podsOfV1alpha1 }, [], FOR_INGRESS),
    egress: prunedObject(
      UNKNOWN_PEER,
      { namespaces, pods: podsOfV1alpha1, nodes, networks: listOf(text), domainNames: listOf(text) },
      [],
      FOR_EGRESS,
    ),
    /** The baseline of v1alpha1 never had names. */
    baselineEgress: prunedObject(UNKNOWN_PEER, { namespaces, pods: podsOfV1alpha1, nodes, networks: listOf(text) }, [], {
      ...FOR_EGRESS,
      domainNames: 'a BaselineAdminNetworkPolicy cannot name domains',
    }),
  },
} as const;

const range = objectOf('error', { start: integer, end: integer }, ['start', 'end']);
const transport = strictObject({ destinationPort: objectOf('error', { number: integer, range }) }, [], {
  port: 'write `destinationPort: {number: …}`',
  number: 'write `destinationPort: {number: …}`',
  range: 'write `destinationPort: {range: {start: …, end: …}}`',
});
const protocol = strictObject({ tcp: transport, udp: transport, sctp: transport, destinationNamedPort: text }, [], {
  portNumber: 'in v1alpha2 write `tcp: {destinationPort: {number: …}}`',
  portRange: 'in v1alpha2 write `tcp: {destinationPort: {range: {start: …, end: …}}}`',
  namedPort: 'did you mean `destinationNamedPort`?',
  port: 'write `tcp: {destinationPort: {number: …}}`',
  protocol: 'write `tcp`, `udp` or `sctp` as the field',
});

const transportName = oneOf('TCP', 'UDP', 'SCTP');
const port = strictObject(
  {
    portNumber: objectOf('error', { protocol: transportName, port: integer }, ['port']),
    portRange: objectOf('error', { protocol: transportName, start: integer, end: integer }, ['start', 'end']),
    namedPort: text,
  },
  [],
  {
    port: 'write `portNumber: {protocol: …, port: …}`',
    protocol: 'write `portNumber: {protocol: …, port: …}`',
    tcp: 'in v1alpha1 write `portNumber: {protocol: TCP, port: …}`',
    udp: 'in v1alpha1 write `portNumber: {protocol: UDP, port: …}`',
    sctp: 'in v1alpha1 write `portNumber: {protocol: SCTP, port: …}`',
    destinationNamedPort: 'did you mean `namedPort`?',
  },
);

const action = oneOfWith({ allow: 'Accept' }, 'Accept', 'Deny', 'Pass');
const actionV1alpha1 = oneOfWith({ accept: 'Allow' }, 'Allow', 'Deny', 'Pass');
const actionOfBaseline = oneOfWith({ accept: 'Allow' }, 'Allow', 'Deny');

function ruleOf(actions: Shape, peerField: 'from' | 'to', peer: Shape): ObjectShape {
  const other = peerField === 'from' ? { to: 'did you mean `from`?' } : { from: 'did you mean `to`?' };
  return strictObject({ name: text, action: actions, [peerField]: listOf(peer), protocols: listOf(protocol) }, ['action', peerField], {
    ...other,
    ports: 'did you mean `protocols`, which v1alpha2 has in its place?',
  });
}

function ruleOfV1alpha1(actions: Shape, peerField: 'from' | 'to', peer: Shape): ObjectShape {
  const other = peerField === 'from' ? { to: 'did you mean `from`?' } : { from: 'did you mean `to`?' };
  return strictObject({ name: text, action: actions, [peerField]: listOf(peer), ports: listOf(port) }, ['action', peerField], {
    ...other,
    protocols: 'did you mean `ports`, which v1alpha1 has in its place?',
  });
}

const FOREIGN_FIELDS = {
  podSelector: 'write `subject: {pods: {namespaceSelector: …, podSelector: …}}`',
  policyTypes: 'leave it out: a direction without rules is not affected',
};

export const clusterNetworkPolicy = topLevel(
  'error',
  {
    spec: strictObject(
      {
        tier: oneOf('Admin', 'Baseline'),
        priority: integer,
        subject: ends.v1alpha2.subject,
        ingress: listOf(ruleOf(action, 'from', ends.v1alpha2.ingress)),
        egress: listOf(ruleOf(action, 'to', ends.v1alpha2.egress)),
      },
      ['tier', 'priority', 'subject'],
      FOREIGN_FIELDS,
    ),
  },
  ['spec'],
);

export const adminNetworkPolicy = topLevel(
  'error',
  {
    spec: strictObject(
      {
        priority: integer,
        subject: ends.v1alpha1.subject,
        ingress: listOf(ruleOfV1alpha1(actionV1alpha1, 'from', ends.v1alpha1.ingress)),
        egress: listOf(ruleOfV1alpha1(actionV1alpha1, 'to', ends.v1alpha1.egress)),
      },
      ['priority', 'subject'],
      { ...FOREIGN_FIELDS, tier: 'leave it out: v1alpha1 has a kind for each tier, this one is Admin' },
    ),
  },
  ['spec'],
);

export const baselineAdminNetworkPolicy = topLevel(
  'error',
  {
    spec: strictObject(
      {
        subject: ends.v1alpha1.subject,
        ingress: listOf(ruleOfV1alpha1(actionOfBaseline, 'from', ends.v1alpha1.ingress)),
        egress: listOf(ruleOfV1alpha1(actionOfBaseline, 'to', ends.v1alpha1.baselineEgress)),
      },
      ['subject'],
      {
        ...FOREIGN_FIELDS,
        priority: 'leave it out: there is one baseline',
        tier: 'leave it out: v1alpha1 has a kind for each tier, this one is Baseline',
      },
    ),
  },
  ['spec'],
);
