/**
 * What bytes of each message may look like: the field numbers, their types and which must be there. `scan.ts` holds bytes against this before generated code
 * sees them, because that code skips what it does not know, also right numbers with wrong types. A test compares this file with the .proto files.
 */

/**
 * What a field holds. `count`: a double that is a whole number below 2^53; `amount`: a finite double from 0; `rank`: any double that is a number. `version`: the uint32 1, nothing else.
 * `address`: 4 or 16 bytes. Enumerations: the highest value; 0 is never right.
 */
export type FieldKind =
  | 'version'
  | 'uint32'
  | 'sint32'
  | 'bool'
  | 'fixed32'
  | 'count'
  | 'amount'
  | 'rank'
  | 'string'
  | 'bytes'
  | 'address'
  | 'packed uint32'
  | 'packed fixed32'
  | { readonly highest: number }
  | MessageSchema;

export interface Field {
  readonly number: number;
  readonly name: string;
  /** Message and field, as messages name it. */
  readonly path: string;
  readonly kind: FieldKind;
  readonly repeated: boolean;
}

/** `required`: a bit for the number of every field that must be there. `oneOf`: bits of which exactly one must be set. */
export interface MessageSchema {
  readonly name: string;
  /** By field number; field numbers are below 31. */
  readonly fields: readonly (Field | undefined)[];
  readonly required: number;
  readonly oneOf: readonly number[];
}

type FieldText = `${number} ${string}${'' | '?' | '*' | `|${string}`}`;

/**
 * Keys are `number name` and a mark: none for a required field, `?` for one that may be absent, `*` for a repeated one (which may be absent), `|group` for a member
 * of a group of which exactly one must be there.
 */
function message(name: string, texts: Readonly<Record<FieldText, FieldKind>>): MessageSchema {
  const fields: (Field | undefined)[] = [];
  let required = 0;
  const groups = new Map<string, number>();
  for (const [text, kind] of Object.entries(texts)) {
    const [, digits, fieldName, mark, group] = /^(\d+) (\w+)(\?|\*|\|(\w+))?$/.exec(text)!;
    const number = Number(digits);
    fields[number] = { number, name: fieldName!, path: `\`${name}.${fieldName}\``, kind, repeated: mark === '*' };
    if (mark === undefined) required |= 1 << number;
    if (group !== undefined) groups.set(group, (groups.get(group) ?? 0) | (1 << number));
  }
  return { name, fields, required, oneOf: [...groups.values()] };
}

const PROTOCOL = { highest: 3 };
const DIRECTION = { highest: 2 };

const ORIGIN = message('Origin', { '1 file': 'uint32', '2 line': 'uint32', '3 column': 'uint32' });
const LABEL_SET = message('LabelSet', { '1 pairs': 'packed fixed32' });
const NAMESPACE = message('Namespace', { '1 name': 'uint32', '2 label_set': 'uint32' });
const NAMED_PORT = message('NamedPort', { '1 name': 'uint32', '2 port': 'uint32', '3 protocol': PROTOCOL });
const WORKLOAD = message('Workload', { '1 kind': 'uint32', '2 name': 'uint32' });
const POD = message('Pod', {
  '1 namespace': 'uint32',
  '2 name': 'uint32',
  '3 label_set': 'uint32',
  '4 ips*': 'address',
  '5 named_ports*': NAMED_PORT,
  '6 host_network': 'bool',
  '7 node?': 'uint32',
  '8 workload?': WORKLOAD,
  '9 origin': ORIGIN,
});
const NODE = message('Node', { '1 name': 'uint32', '2 ips*': 'address', '3 label_set?': 'uint32' });
const SERVICE_ADDRESS = message('ServiceAddress', { '1 namespace': 'uint32', '2 name': 'uint32', '3 ip': 'address' });
const UNREADABLE_ADDRESS = message('UnreadableAddress', {
  '1 kind': 'uint32',
  '2 namespace?': 'uint32',
  '3 name': 'uint32',
  '4 ip': 'address',
});

export const CLUSTER = message('Cluster', {
  '1 format_version': 'version',
  '2 strings*': 'string',
  '3 label_sets*': LABEL_SET,
  '4 namespaces*': NAMESPACE,
  '5 pods*': POD,
  '6 nodes*': NODE,
  '7 service_addresses*': SERVICE_ADDRESS,
  '8 unreadable_addresses*': UNREADABLE_ADDRESS,
});

const ANY = message('Any', {});
const REQUIREMENT = message('Requirement', { '1 key': 'uint32', '2 operator': { highest: 4 }, '3 values?': 'packed uint32' });
const SELECTOR = message('Selector', { '1 requirements*': REQUIREMENT });
const POD_MATCH = message('PodMatch', {
  '1 namespace|namespaces': 'uint32',
  '2 namespace_selector|namespaces': SELECTOR,
  '3 pods': SELECTOR,
});
const IP_PREFIX = message('IpPrefix', { '1 address': 'address', '2 length': 'uint32' });
const IP_BLOCK = message('IpBlock', { '1 cidr': IP_PREFIX, '2 except*': IP_PREFIX });
const NETWORKS = message('Networks', { '1 cidrs*': IP_PREFIX });
const NODE_MATCH = message('NodeMatch', { '1 nodes': SELECTOR });
const DOMAIN_NAMES = message('DomainNames', { '1 known*': IP_PREFIX, '2 names?': 'packed uint32' });
const PEER = message('Peer', {
  '1 pods|match': POD_MATCH,
  '2 ip_block|match': IP_BLOCK,
  '4 networks|match': NETWORKS,
  '5 nodes|match': NODE_MATCH,
  '6 domain_names|match': DOMAIN_NAMES,
});
const PEER_LIST = message('PeerList', { '1 peers*': PEER });
const PORT_RANGE = message('PortRange', { '1 protocol': PROTOCOL, '2 from': 'uint32', '3 to': 'uint32' });
const PORT_NAME = message('PortName', { '1 protocol?': PROTOCOL, '2 name': 'uint32' });
const PORT_MATCH = message('PortMatch', { '1 range|match': PORT_RANGE, '2 named|match': PORT_NAME });
const PORT_LIST = message('PortList', { '1 ports*': PORT_MATCH });
const RULE = message('Rule', {
  '1 direction': DIRECTION,
  '2 action': { highest: 5 },
  '3 any_peer|peers': ANY,
  '4 peer_list|peers': PEER_LIST,
  '5 any_port|ports': ANY,
  '6 port_list|ports': PORT_LIST,
  '7 index': 'sint32',
  '8 origin': ORIGIN,
  '9 reason?': 'uint32',
});
const OBJECT_REF = message('ObjectRef', { '1 kind': 'uint32', '2 namespace?': 'uint32', '3 name': 'uint32' });
const POLICY = message('Policy', {
  '1 ref': OBJECT_REF,
  '2 origin': ORIGIN,
  '3 subject': POD_MATCH,
  '4 isolates_ingress': 'bool',
  '5 isolates_egress': 'bool',
  '6 rules*': RULE,
  '7 rank?': 'rank',
});
const TIER = message('Tier', { '1 name': 'uint32', '2 match': { highest: 2 }, '3 policies*': POLICY });

export const POLICY_SET = message('PolicySet', {
  '1 format_version': 'version',
  '2 strings*': 'string',
  '3 tiers*': TIER,
  '4 on_unmatched': { highest: 2 },
});

export const TABLES = message('Tables', {
  '1 format_version': 'version',
  '2 layout_version': 'uint32',
  '3 length_bytes': 'count',
  '4 checksum': 'fixed32',
  '5 buffer': 'bytes',
});

export const FLOW_BATCH = message('FlowBatch', {
  '1 format_version': 'version',
  '2 count': 'uint32',
  '3 source': 'bytes',
  '4 destination': 'bytes',
  '5 protocol': 'bytes',
  '6 port': 'bytes',
  '7 verdict?': 'bytes',
});

const GENERATED_FLOWS = message('GeneratedFlows', { '1 aimed': 'count', '2 mix': 'count', '3 uniform': 'count' });
const VERDICT_COUNTS = message('VerdictCounts', { '1 allow': 'count', '2 deny': 'count', '3 unknown': 'count' });
const PROTOCOL_COUNTS = message('ProtocolCounts', { '1 tcp': VERDICT_COUNTS, '2 udp': VERDICT_COUNTS, '3 sctp': VERDICT_COUNTS });
const RULE_REF = message('RuleRef', { '1 policy': OBJECT_REF, '2 direction': DIRECTION, '3 rule': 'sint32', '4 origin': ORIGIN });
const RULE_HITS = message('RuleHits', { '1 rule': RULE_REF, '2 hits': 'count' });
const POLICY_HITS = message('PolicyHits', { '1 policy': OBJECT_REF, '2 hits': 'count', '3 default_denials': 'count' });
const DEFAULT_COUNT = message('DefaultCount', { '1 reason': { highest: 7 }, '2 flows': 'count' });
const DENIED_PAIR = message('DeniedPair', { '1 from': 'uint32', '2 to': 'uint32', '3 flows': 'count' });
const RULE_COUNTERS = message('RuleCounters', {
  '1 rules*': RULE_HITS,
  '2 policies*': POLICY_HITS,
  '3 never_hit_rules*': RULE_REF,
  '4 never_hit_policies*': OBJECT_REF,
  '5 ingress_defaults*': DEFAULT_COUNT,
  '6 egress_defaults*': DEFAULT_COUNT,
});
const DENIED_PAIRS = message('DeniedPairs', { '1 level': { highest: 4 }, '2 pairs*': DENIED_PAIR });
const TABLE_FACTS = message('TableFacts', {
  '1 size_bytes': 'count',
  '2 endpoints': 'uint32',
  '3 policies': 'uint32',
  '4 rules': 'uint32',
  '5 decisions': 'uint32',
});
const RUN_FACTS = message('RunFacts', { '1 workers': 'uint32', '2 duration_ms': 'amount', '3 flows_per_second': 'amount' });

export const SIMULATION_REPORT = message('SimulationReport', {
  '1 format_version': 'version',
  '2 strings*': 'string',
  '3 profile': 'uint32',
  '4 seed': 'count',
  '5 flows': 'count',
  '6 counters': { highest: 3 },
  '7 generated': GENERATED_FLOWS,
  '8 verdicts': VERDICT_COUNTS,
  '9 verdicts_by_protocol': PROTOCOL_COUNTS,
  '10 rule_counters?': RULE_COUNTERS,
  '11 denied_pairs?': DENIED_PAIRS,
  '12 tables': TABLE_FACTS,
  '13 run': RUN_FACTS,
});

const VALUE_GROUP = message('ValueGroup', { '1 count': 'uint32', '2 keys?': 'bytes', '3 lengths?': 'bytes', '4 cells*': 'bytes' });
const OBJECT_COLUMNS = message('ObjectColumns', {
  '1 count': 'uint32',
  '2 object': 'bytes',
  '3 file': 'bytes',
  '4 line': 'bytes',
  '5 column': 'bytes',
  '6 workload?': 'bytes',
  '7 places?': 'bytes',
});

export const SNAPSHOT_CONTENTS = message('SnapshotContents', {
  '1 texts': 'bytes',
  '2 text_lengths': 'bytes',
  '3 values*': VALUE_GROUP,
  '4 namespaces?': OBJECT_COLUMNS,
  '5 pods?': OBJECT_COLUMNS,
  '6 nodes?': OBJECT_COLUMNS,
  '7 services?': OBJECT_COLUMNS,
  '8 network_policies?': OBJECT_COLUMNS,
  '9 admin_policies?': OBJECT_COLUMNS,
  '10 workloads?': OBJECT_COLUMNS,
  '11 places?': 'bytes',
  '12 findings': 'uint32',
  '13 text_count': 'uint32',
});

export const SNAPSHOT = message('Snapshot', {
  '1 magic': 'string',
  '2 format_version': 'version',
  '3 length_bytes': 'count',
  '4 checksum': 'fixed32',
  '5 contents': 'bytes',
});
