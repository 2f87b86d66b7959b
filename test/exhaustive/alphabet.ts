/**
 * The rules of the exhaustive comparison. A letter is what one rule adds to a policy set: subject, direction, peers, ports and the policy types written beside
 * it, or isolation without a rule. `PRODUCT` is every combination of the parts; `ALPHABET` varies each part in full while the others stand at
 * their centre, so that every form of every field meets every other in a pair; `SUB_ALPHABET` has one or two letters for each way of matching.
 */
import type { LabelSelector, NetworkPolicyPeer, NetworkPolicyPort } from '../../src/model/resource.ts';

export type PolicyType = 'Ingress' | 'Egress';

/** `undefined`: the field is missing. */
export interface Subject {
  readonly namespace: 'a' | 'b';
  readonly podSelector: LabelSelector | undefined;
}

export interface Letter {
  readonly name: string;
  readonly subject: Subject;
  /** Absent: isolation without a rule. */
  readonly rule?: {
    readonly direction: PolicyType;
    /** `undefined`: the field is missing. */
    readonly peers: readonly NetworkPolicyPeer[] | undefined;
    readonly ports: readonly NetworkPolicyPort[] | undefined;
  };
  /** `undefined`: the field is missing. */
  readonly policyTypes: readonly PolicyType[] | undefined;
}

const APP = 'app';
const select = (operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', values?: readonly string[], key = APP): LabelSelector => ({
  matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
});
const appIs = (value: string): LabelSelector => ({ matchLabels: { [APP]: value } });
const block = (cidr: string, ...except: string[]): NetworkPolicyPeer[] => [{ ipBlock: except.length === 0 ? { cidr } : { cidr, except } }];

const SUBJECTS = {
  'all of a': { namespace: 'a', podSelector: {} },
  'a without selector': { namespace: 'a', podSelector: undefined },
  'a app=x': { namespace: 'a', podSelector: appIs('x') },
  'a app in (x,y)': { namespace: 'a', podSelector: select('In', ['x', 'y']) },
  'a app notin (x)': { namespace: 'a', podSelector: select('NotIn', ['x']) },
  'a app exists': { namespace: 'a', podSelector: select('Exists') },
  'a app absent': { namespace: 'a', podSelector: select('DoesNotExist') },
  'all of b': { namespace: 'b', podSelector: {} },
} as const satisfies Record<string, Subject>;
type SubjectName = keyof typeof SUBJECTS;

const NAME_LABEL = 'kubernetes.io/metadata.name';
const PEERS = {
  any: undefined,
  'empty list': [],
  'own pods': [{ podSelector: {} }],
  'app=x': [{ podSelector: appIs('x') }],
  'app in (x,y)': [{ podSelector: select('In', ['x', 'y']) }],
  'app notin (x)': [{ podSelector: select('NotIn', ['x']) }],
  'app exists': [{ podSelector: select('Exists') }],
  'app absent': [{ podSelector: select('DoesNotExist') }],
  'every namespace': [{ namespaceSelector: {} }],
  'env=x': [{ namespaceSelector: { matchLabels: { env: 'x' } } }],
  'every namespace, app notin (x)': [{ namespaceSelector: {}, podSelector: select('NotIn', ['x']) }],
  'namespace b, app=y': [{ namespaceSelector: select('In', ['b'], NAME_LABEL), podSelector: appIs('y') }],
  '.6/32': block('10.0.0.6/32'),
  '.4/31 but .5/32': block('10.0.0.4/31', '10.0.0.5/32'),
  '.4/30 but .6/31': block('10.0.0.4/30', '10.0.0.6/31'),
  '.4/30 but .6/31 and .6/32': block('10.0.0.4/30', '10.0.0.6/31', '10.0.0.6/32'),
  '0/0': block('0.0.0.0/0'),
  '0/0 but .4/31': block('0.0.0.0/0', '10.0.0.4/31'),
  '::4/127 but ::5/128': block('fd00::4/127', 'fd00::5/128'),
  '::/0': block('::/0'),
  'app=x or .7/32': [{ podSelector: appIs('x') }, ...block('10.0.0.7/32')],
} as const satisfies Record<string, readonly NetworkPolicyPeer[] | undefined>;
type PeerName = keyof typeof PEERS;

const PORTS = {
  any: undefined,
  'empty list': [],
  'TCP 5': [{ protocol: 'TCP', port: 5 }],
  'TCP 4-6': [{ protocol: 'TCP', port: 4, endPort: 6 }],
  '5-7 without protocol': [{ port: 5, endPort: 7 }],
  'UDP 6': [{ protocol: 'UDP', port: 6 }],
  'SCTP 5-7': [{ protocol: 'SCTP', port: 5, endPort: 7 }],
  'TCP web': [{ protocol: 'TCP', port: 'web' }],
  'UDP web': [{ protocol: 'UDP', port: 'web' }],
  'all UDP': [{ protocol: 'UDP' }],
  'empty item': [{}],
  'TCP 4 or UDP web': [
    { protocol: 'TCP', port: 4 },
    { protocol: 'UDP', port: 'web' },
  ],
} as const satisfies Record<string, readonly NetworkPolicyPort[] | undefined>;
type PortName = keyof typeof PORTS;

const DIRECTIONS: readonly PolicyType[] = ['Ingress', 'Egress'];
const names = <T extends object>(parts: T) => Object.keys(parts) as (keyof T)[];

/** A rule whose policy types name its direction and nothing else, unless said otherwise. */
function rule(
  subject: SubjectName,
  direction: PolicyType,
  peers: PeerName,
  ports: PortName,
  policyTypes: readonly PolicyType[] | undefined = [direction],
): Letter {
  const types = policyTypes === undefined ? 'no types' : `types [${policyTypes.join(',')}]`;
  const name = `${subject}: ${direction} ${peers}; ${ports}; ${types}`;
  return { name, subject: SUBJECTS[subject], rule: { direction, peers: PEERS[peers], ports: PORTS[ports] }, policyTypes };
}

function isolation(subject: SubjectName, policyTypes: readonly PolicyType[]): Letter {
  return { name: `${subject}: no rule; types [${policyTypes.join(',')}]`, subject: SUBJECTS[subject], policyTypes };
}

const CENTRE = { subject: 'all of a', peers: 'app=x', ports: 'TCP 4-6' } as const;

/** Ways of writing the policy types of a rule, other than naming its direction. */
const TYPES = [undefined, [], ['Ingress', 'Egress'], ['Ingress'], ['Egress']] as const;
const ISOLATIONS: readonly (readonly PolicyType[])[] = [['Ingress'], ['Egress'], ['Ingress', 'Egress']];

const isolations = names(SUBJECTS).flatMap((subject) => ISOLATIONS.map((types) => isolation(subject, types)));
const variants = DIRECTIONS.flatMap((direction) =>
  TYPES.map((types) => rule(CENTRE.subject, direction, CENTRE.peers, CENTRE.ports, types)),
);

/** Every subject, direction, peers and ports; every way of writing policy types; isolation of every subject. */
export const PRODUCT: readonly Letter[] = unique([
  ...names(SUBJECTS).flatMap((subject) =>
    DIRECTIONS.flatMap((direction) => names(PEERS).flatMap((peers) => names(PORTS).map((ports) => rule(subject, direction, peers, ports)))),
  ),
  ...variants,
  ...isolations,
]);

/** Each part in full, the others at the centre. */
export const ALPHABET: readonly Letter[] = unique([
  ...DIRECTIONS.flatMap((direction) => [
    ...names(PEERS).map((peers) => rule(CENTRE.subject, direction, peers, CENTRE.ports)),
    ...names(PORTS).map((ports) => rule(CENTRE.subject, direction, 'any', ports)),
    ...names(SUBJECTS).map((subject) => rule(subject, direction, CENTRE.peers, CENTRE.ports)),
  ]),
  ...variants,
  ...isolations.filter(({ subject }) => [SUBJECTS['all of a'], SUBJECTS['a app notin (x)']].some((each) => each === subject)),
  isolation('all of b', ['Ingress', 'Egress']),
]);

/** One letter for each way of matching, in either direction where the two are compiled differently. */
export const SUB_ALPHABET: readonly Letter[] = unique([
  isolation('all of a', ['Ingress', 'Egress']),
  isolation('all of b', ['Ingress']),
  rule('a app absent', 'Ingress', 'any', 'TCP 5'),
  rule('all of a', 'Ingress', '.4/30 but .6/31', 'any'),
  rule('all of a', 'Ingress', 'every namespace, app notin (x)', 'TCP 4-6'),
  rule('a app=x', 'Ingress', 'any', 'TCP web'),
  rule('a app=x', 'Ingress', '::4/127 but ::5/128', '5-7 without protocol'),
  rule('all of a', 'Ingress', 'app exists', 'all UDP', undefined),
  rule('all of b', 'Ingress', '.4/31 but .5/32', 'TCP 4-6'),
  rule('all of b', 'Egress', '0/0 but .4/31', 'any'),
  rule('all of a', 'Egress', 'env=x', 'TCP web'),
  rule('all of a', 'Egress', '0/0', 'TCP 4 or UDP web'),
  rule('a without selector', 'Egress', 'namespace b, app=y', 'any'),
  rule('a app notin (x)', 'Egress', 'app=x', 'SCTP 5-7'),
  rule('all of a', 'Egress', '::/0', 'empty item', undefined),
]);

function unique(letters: readonly Letter[]): Letter[] {
  return [...new Map(letters.map((letter) => [letter.name, letter])).values()];
}

/** How many sets of three letters `ALPHABET` makes, and how many policy sets those are. */
export const TRIPLES = { letterSets: 121_485, policySets: 224_034 } as const;
