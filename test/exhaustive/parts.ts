/**
 * The parts that letters of the exhaustive comparison are made of: subjects, peers and ports, each by name. `CORE` forms are crossed with each other in full;
 * the others (further selectors, several blocks, and what null, empty and missing can be written for) are crossed with the core forms of one other part at a time.
 */
import type { LabelSelector, LabelSelectorRequirement, NetworkPolicyPeer, NetworkPolicyPort } from '../../src/model/resource.ts';

export interface Subject {
  readonly namespace: 'a' | 'b';
  /** `undefined`: the field is missing. */
  readonly podSelector: LabelSelector | null | undefined;
}

type Operator = LabelSelectorRequirement['operator'];

const APP = 'app';
const NAME_LABEL = 'kubernetes.io/metadata.name';

function requirement(key: string, operator: Operator, ...values: string[]): LabelSelectorRequirement {
  return { key, operator, ...(values.length === 0 ? {} : { values }) };
}
const select = (...matchExpressions: LabelSelectorRequirement[]): LabelSelector => ({ matchExpressions });
const app = (operator: Operator, ...values: string[]) => select(requirement(APP, operator, ...values));
const env = (operator: Operator, ...values: string[]) => ({ namespaceSelector: select(requirement('env', operator, ...values)) });
const appIs = (value: string): LabelSelector => ({ matchLabels: { [APP]: value } });
const block = (cidr: string, ...except: string[]): NetworkPolicyPeer => ({ ipBlock: except.length === 0 ? { cidr } : { cidr, except } });

const CORE_SUBJECTS = {
  'all of a': { namespace: 'a', podSelector: {} },
  'a app=x': { namespace: 'a', podSelector: appIs('x') },
  'a app in (x,y)': { namespace: 'a', podSelector: app('In', 'x', 'y') },
  'a app notin (x)': { namespace: 'a', podSelector: app('NotIn', 'x') },
  'a app exists': { namespace: 'a', podSelector: app('Exists') },
  'a app absent': { namespace: 'a', podSelector: app('DoesNotExist') },
  'all of b': { namespace: 'b', podSelector: {} },
} as const satisfies Record<string, Subject>;

export const SUBJECTS = {
  ...CORE_SUBJECTS,
  'a without selector': { namespace: 'a', podSelector: undefined },
  'a selector null': { namespace: 'a', podSelector: null },
  // Either requirement alone selects another set of pods than both.
  'a app exists and notin (y)': { namespace: 'a', podSelector: select(requirement(APP, 'Exists'), requirement(APP, 'NotIn', 'y')) },
  'a app=x and exists': { namespace: 'a', podSelector: { ...appIs('x'), ...app('Exists') } },
} as const satisfies Record<string, Subject>;
export type SubjectName = keyof typeof SUBJECTS;

const CORE_PEERS = {
  any: undefined,
  'own pods': [{ podSelector: {} }],
  'app=x': [{ podSelector: appIs('x') }],
  'app in (x,y)': [{ podSelector: app('In', 'x', 'y') }],
  'app notin (x)': [{ podSelector: app('NotIn', 'x') }],
  'app exists': [{ podSelector: app('Exists') }],
  'app absent': [{ podSelector: app('DoesNotExist') }],
  'every namespace': [{ namespaceSelector: {} }],
  'env=x': [{ namespaceSelector: { matchLabels: { env: 'x' } } }],
  'every namespace, app notin (x)': [{ namespaceSelector: {}, podSelector: app('NotIn', 'x') }],
  'namespace b, app=y': [{ namespaceSelector: select(requirement(NAME_LABEL, 'In', 'b')), podSelector: appIs('y') }],
  '.6/32': [block('10.0.0.6/32')],
  '.4/31 but .5/32': [block('10.0.0.4/31', '10.0.0.5/32')],
  '.4/30 but .6/31': [block('10.0.0.4/30', '10.0.0.6/31')],
  '.4/30 but .6/31 and .6/32': [block('10.0.0.4/30', '10.0.0.6/31', '10.0.0.6/32')],
  '0/0': [block('0.0.0.0/0')],
  '0/0 but .4/31': [block('0.0.0.0/0', '10.0.0.4/31')],
  '::4/127 but ::5/128': [block('fd00::4/127', 'fd00::5/128')],
  '::/0': [block('::/0')],
  'app=x or .7/32': [{ podSelector: appIs('x') }, block('10.0.0.7/32')],
} as const satisfies Record<string, readonly NetworkPolicyPeer[] | undefined>;

export const PEERS = {
  ...CORE_PEERS,
  'empty list': [],
  'null list': null,
  'env in (x,y)': [env('In', 'x', 'y')],
  'env notin (x)': [env('NotIn', 'x')],
  'env exists': [env('Exists')],
  'env absent': [env('DoesNotExist')],
  'zone exists, which no namespace has': [{ namespaceSelector: select(requirement('zone', 'Exists')) }],
  'every namespace, app exists and notin (x)': [
    { namespaceSelector: {}, podSelector: select(requirement(APP, 'Exists'), requirement(APP, 'NotIn', 'x')) },
  ],
  'env exists and name notin (a)': [{ namespaceSelector: select(requirement('env', 'Exists'), requirement(NAME_LABEL, 'NotIn', 'a')) }],
  'env=x and name notin (b)': [{ namespaceSelector: { matchLabels: { env: 'x' }, ...select(requirement(NAME_LABEL, 'NotIn', 'b')) } }],
  '.4/31 but .5/32 or .6/31 but .6/32': [block('10.0.0.4/31', '10.0.0.5/32'), block('10.0.0.6/31', '10.0.0.6/32')],
  '.4/30 but .6/31 or .6/32': [block('10.0.0.4/30', '10.0.0.6/31'), block('10.0.0.6/32')],
  '.4/31 or ::4/127': [block('10.0.0.4/31'), block('fd00::4/127')],
  'env=x beside null': [{ namespaceSelector: { matchLabels: { env: 'x' } }, podSelector: null, ipBlock: null }],
  'app=x beside null': [{ podSelector: appIs('x'), namespaceSelector: null, ipBlock: null }],
  '.6/31 without except, beside null': [{ ipBlock: { cidr: '10.0.0.6/31', except: null }, podSelector: null, namespaceSelector: null }],
  'own pods by null': [{ podSelector: { matchLabels: null, matchExpressions: null } }],
  'every namespace by null': [{ namespaceSelector: { matchLabels: null, matchExpressions: [] } }],
} as const satisfies Record<string, readonly NetworkPolicyPeer[] | null | undefined>;
export type PeerName = keyof typeof PEERS;

const CORE_PORTS = {
  any: undefined,
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

export const PORTS = {
  ...CORE_PORTS,
  'empty list': [],
  'null list': null,
  'protocol null, 5': [{ protocol: null, port: 5, endPort: null }],
  'all UDP by null': [{ protocol: 'UDP', port: null, endPort: null }],
} as const satisfies Record<string, readonly NetworkPolicyPort[] | null | undefined>;
export type PortName = keyof typeof PORTS;

export const names = <T extends object>(parts: T) => Object.keys(parts) as (keyof T)[];

/** What is crossed in full. */
export const CORE = { subjects: names(CORE_SUBJECTS), peers: names(CORE_PEERS), ports: names(CORE_PORTS) } as const;

/** The other forms. */
export const FURTHER = {
  subjects: names(SUBJECTS).filter((name) => !(name in CORE_SUBJECTS)),
  peers: names(PEERS).filter((name) => !(name in CORE_PEERS)),
  ports: names(PORTS).filter((name) => !(name in CORE_PORTS)),
} as const;
