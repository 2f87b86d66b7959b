/**
 * The frozen layout of compiled tables: one buffer, a section directory, typed columns. The compiler writes it, the evaluator reads it, and this file is
 * the only thing that they share about it. Little endian throughout.
 *
 *   bytes 0..3    magic "NPTB"
 *   bytes 4..7    version
 *   bytes 8..11   number of sections n
 *   bytes 12..15  0
 *   bytes 16..23  total length in bytes (two uint32, low word first)
 *   bytes 24..31  0
 *   bytes 32..    n directory entries of 16 bytes: section number, element type, byte offset / 64, length in elements
 *   then          the sections, each starting at a multiple of 64 bytes
 */
export const MAGIC = 0x4254504e; // "NPTB"
export const VERSION = 5;
export const HEADER_BYTES = 32;
export const DIRECTORY_ENTRY_BYTES = 16;
export const ALIGNMENT = 64;

export type ElementType = 'u8' | 'u16' | 'u32';
export const ELEMENT_TYPES: readonly ElementType[] = ['u8', 'u16', 'u32'];
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = { u8: 1, u16: 2, u32: 4 };

/** Stands for "none" in uint32 columns. */
export const NONE_32 = 0xffffffff;

/** Cells of a page: every page is one cache line. */
export const PAGE_BYTES = 64;
/** Verdict bits of a page, and the shift and mask that split a peer class into page and bit. */
export const PAGE_BITS = 512;
/** uint32 cells of a page. */
export const PAGE_CELLS_32 = 16;
/** Ports of a protocol, 0 included. */
export const PORT_COUNT = 65536;
/** Pages of the port directory that one protocol has. */
export const PORT_PAGES = PORT_COUNT / PAGE_CELLS_32;
/** How many pages hold so many cells. At least one: what has no cell has an empty page. */
export function pagesFor(cells: number, cellsPerPage: number): number {
  return Math.max(1, Math.ceil(cells / cellsPerPage));
}

/** Kinds of endpoints, as in the `endpointKind` column. */
export const ENDPOINT_POD = 0;
/** A host-network pod that the profile treats as its node. */
export const ENDPOINT_HOST_POD = 1;
export const ENDPOINT_NODE = 2;
/** The addresses whose longest matching prefix is this one, and that belong to no pod, node or Service. There is at least one. */
export const ENDPOINT_PREFIX = 3;

/** Verdicts as numbers, in verdict batches and in the `decisionVerdict` column. */
export const DENY = 0;
export const ALLOW = 1;
export const UNKNOWN = 2;

/**
 * The sections. A name, the number that stands for it in files (never reused), the element type, and what it holds.
 * CSR means: `xStart[i]..xStart[i + 1]` delimits the entries of item i in `x`, so `xStart` has one element more than there are items.
 */
export const SECTIONS = {
  // Strings: UTF-8 bytes, CSR.
  stringBytes: { id: 1, type: 'u8' },
  stringStart: { id: 2, type: 'u32' },
  /** Pairs (string, string): free-form facts such as profile name. */
  properties: { id: 3, type: 'u32' },
  /** Flags, 0 or 1: a pod always reaches itself; a pod and its own node reach each other, save what `egressOwnNode` says; flows of protocols outside the model are allowed. */
  switches: { id: 4, type: 'u8' },

  // Endpoints: one per pod and address family, per address of a node, and per prefix (of those that policies name and the two that name everything) with outside addresses.
  endpointKind: { id: 10, type: 'u8' },
  /** 4, 6, or 0 for a pod without address. */
  endpointFamily: { id: 11, type: 'u8' },
  /** ENDPOINT_POD and ENDPOINT_HOST_POD: index of the pod. ENDPOINT_NODE: index of the node. ENDPOINT_PREFIX: index of the prefix. */
  endpointObject: { id: 12, type: 'u32' },
  /** Classes per direction. Subject class 0 is "no policy applies here". Peer classes as seen by that direction's rules. */
  endpointIngressSubject: { id: 13, type: 'u32' },
  endpointEgressSubject: { id: 14, type: 'u32' },
  endpointIngressPeer: { id: 15, type: 'u32' },
  endpointEgressPeer: { id: 16, type: 'u32' },
  /**
   * Who an endpoint is and who may always talk to it, for flows decided by comparison. Equal `self`: the same pod. `self` of one equal to `host` of the
   * other: a pod and its own node. NONE values are chosen so that they never compare equal by accident.
   */
  endpointSelf: { id: 17, type: 'u32' },
  endpointHost: { id: 18, type: 'u32' },
  /** Equal for endpoints of one pod and for those on one node: only such pairs can be decided by comparison. */
  endpointPlace: { id: 19, type: 'u32' },

  // Pods, sorted by namespace and name. Strings are indices into the string table.
  podNamespace: { id: 20, type: 'u32' },
  podName: { id: 21, type: 'u32' },
  /** Index of the workload, or NONE_32. */
  podWorkload: { id: 22, type: 'u32' },
  /** CSR over endpoints: the faces of a pod are consecutive. First endpoint of the pod; the count is 1 or 2. */
  podEndpoint: { id: 23, type: 'u32' },
  workloadNamespace: { id: 24, type: 'u32' },
  workloadKind: { id: 25, type: 'u32' },
  workloadName: { id: 26, type: 'u32' },
  nodeName: { id: 27, type: 'u32' },

  // Prefixes, in the order of `comparePrefixes`; four words each (IPv4 in the first).
  prefixFamily: { id: 30, type: 'u8' },
  prefixLength: { id: 31, type: 'u8' },
  prefixWords: { id: 32, type: 'u32' },
  /** Address lookup: first addresses of disjoint intervals that cover the family, ascending, and the lookup target of each. IPv6 has four words a start. */
  lookup4Start: { id: 33, type: 'u32' },
  lookup4Target: { id: 34, type: 'u32' },
  lookup6Start: { id: 35, type: 'u32' },
  lookup6Target: { id: 36, type: 'u32' },
  /** A lookup target is an endpoint, or, from `endpointCount` on, an entry here: addresses with several owners or of a Service. CSR over endpoints. */
  sharedStart: { id: 37, type: 'u32' },
  sharedEndpoint: { id: 38, type: 'u32' },
  /** String naming the owner (`kind namespace/name`) of an address without verdict: a Service, or an object that could not be read. NONE_32 for an address with several owners. */
  sharedOwner: { id: 39, type: 'u32' },
  /** 1: the owner could not be read. */
  sharedUnreadable: { id: 29, type: 'u8' },

  // Ports: (protocol, port) -> port class. Pages of 16 uint32 cells; the directory has 4096 entries a protocol.
  portPage: { id: 40, type: 'u32' },
  portCell: { id: 41, type: 'u32' },
  /** First port of each port class, and its protocol. A class is an interval. */
  portClassFirst: { id: 42, type: 'u16' },
  portClassLast: { id: 43, type: 'u16' },
  portClassProtocol: { id: 44, type: 'u8' },

  // Rows, per direction. (subject class, port class) -> row, and -> verdict row, each in pages of 16 uint32 cells. Where there are at most 16 port classes, `...RowPage` is empty and
  // the cells are those of one subject class after the other: `cell[subject * portClasses + portClass]`. A row lists decision groups, a group lists 16 decision pages, a page holds the decisions of 16 peer classes. A verdict row lists pages of bits, one bit per peer class. Equal pages, groups and rows are stored once.
  // Where a row has more than 16 pages (or groups), it lists blocks, and the blocks of 16 numbers stand in place of the rows: `x[block[row * blocks + (i >>> 4)] * 16 + (i & 15)]`.
  // So do subject classes where all their pages of rows would be too many: where `...RowBlock` is not empty.
  ingressRowBlock: { id: 143, type: 'u32' },
  ingressRowPage: { id: 50, type: 'u32' },
  ingressRowCell: { id: 51, type: 'u32' },
  ingressVerdictRowBlock: { id: 144, type: 'u32' },
  ingressVerdictRowPage: { id: 130, type: 'u32' },
  ingressVerdictRowCell: { id: 131, type: 'u32' },
  ingressAllowBlock: { id: 140, type: 'u32' },
  ingressAllowPage: { id: 52, type: 'u32' },
  ingressAllowBits: { id: 53, type: 'u32' },
  /** This and the next are empty when no decision of this direction is unknown. */
  ingressUnknownBlock: { id: 141, type: 'u32' },
  ingressUnknownPage: { id: 54, type: 'u32' },
  ingressUnknownBits: { id: 55, type: 'u32' },
  ingressDecisionBlock: { id: 142, type: 'u32' },
  ingressDecisionGroup: { id: 56, type: 'u32' },
  ingressDecisionPage: { id: 57, type: 'u32' },
  ingressDecisionCell: { id: 58, type: 'u32' },
  egressRowBlock: { id: 148, type: 'u32' },
  egressRowPage: { id: 60, type: 'u32' },
  egressRowCell: { id: 61, type: 'u32' },
  egressVerdictRowBlock: { id: 149, type: 'u32' },
  egressVerdictRowPage: { id: 132, type: 'u32' },
  egressVerdictRowCell: { id: 133, type: 'u32' },
  egressAllowBlock: { id: 145, type: 'u32' },
  egressAllowPage: { id: 62, type: 'u32' },
  egressAllowBits: { id: 63, type: 'u32' },
  egressUnknownBlock: { id: 146, type: 'u32' },
  egressUnknownPage: { id: 64, type: 'u32' },
  egressUnknownBits: { id: 65, type: 'u32' },
  egressDecisionBlock: { id: 147, type: 'u32' },
  egressDecisionGroup: { id: 66, type: 'u32' },
  egressDecisionPage: { id: 67, type: 'u32' },
  egressDecisionCell: { id: 68, type: 'u32' },
  /** For each subject class, the one whose rows judge the way from its pods to their own node; NONE_32: nothing does. Empty when nothing judges that way for any. */
  egressOwnNode: { id: 134, type: 'u32' },

  // Subject classes, per direction: the policies that isolate (CSR over policies) and the endpoints in the class (CSR).
  ingressIsolatingStart: { id: 70, type: 'u32' },
  ingressIsolating: { id: 71, type: 'u32' },
  egressIsolatingStart: { id: 72, type: 'u32' },
  egressIsolating: { id: 73, type: 'u32' },

  // Decisions: verdict, default reason (index into DEFAULT_REASONS, DECIDED_BY_RULES when rules did) and atoms (CSR).
  decisionVerdict: { id: 80, type: 'u8' },
  decisionDefault: { id: 81, type: 'u8' },
  decisionAtomStart: { id: 82, type: 'u32' },
  decisionAtom: { id: 83, type: 'u32' },
  /** The atoms of the rules that passed the flow on, tier by tier (CSR). */
  decisionPassStart: { id: 87, type: 'u32' },
  decisionPass: { id: 88, type: 'u32' },
  // Atoms: one way in which a rule can match. NONE_32 for "every peer" and "every port".
  atomRule: { id: 84, type: 'u32' },
  atomPeer: { id: 85, type: 'u32' },
  atomPort: { id: 86, type: 'u32' },
  /** 1: it is open whether the peer matches, for the reason of the rule. */
  atomOpen: { id: 89, type: 'u8' },

  // Rules and policies, in order of tier, policy, direction, rule.
  rulePolicy: { id: 90, type: 'u32' },
  /** 0 ingress, 1 egress. */
  ruleDirection: { id: 91, type: 'u8' },
  /** Index into ACTIONS. */
  ruleAction: { id: 92, type: 'u8' },
  ruleIndex: { id: 93, type: 'u32' },
  ruleFile: { id: 94, type: 'u32' },
  ruleLine: { id: 95, type: 'u32' },
  ruleColumn: { id: 96, type: 'u32' },
  /** Why the rule is unknown, or what is open about its peers: a string, or NONE_32. */
  ruleBecause: { id: 97, type: 'u32' },
  policyKind: { id: 100, type: 'u32' },
  /** NONE_32 for a cluster-scoped policy. */
  policyNamespace: { id: 101, type: 'u32' },
  policyName: { id: 102, type: 'u32' },
  policyTier: { id: 103, type: 'u32' },
  policyFile: { id: 104, type: 'u32' },
  policyLine: { id: 105, type: 'u32' },
  policyColumn: { id: 106, type: 'u32' },
  /** Equal for policies of one tier that have no order among them. */
  policyGroup: { id: 107, type: 'u32' },

  // Aims: one combination of subject, peers and ports that a rule speaks of, for generating traffic at rules and their edges.
  aimRule: { id: 110, type: 'u32' },
  aimSubjectClass: { id: 111, type: 'u32' },
  aimPeerClass: { id: 112, type: 'u32' },
  aimProtocol: { id: 113, type: 'u8' },
  aimFromPort: { id: 114, type: 'u16' },
  aimToPort: { id: 115, type: 'u16' },
  /** Members of classes, CSR over endpoints, per direction and role. */
  ingressSubjectMemberStart: { id: 116, type: 'u32' },
  ingressSubjectMember: { id: 117, type: 'u32' },
  egressSubjectMemberStart: { id: 118, type: 'u32' },
  egressSubjectMember: { id: 119, type: 'u32' },
  ingressPeerMemberStart: { id: 120, type: 'u32' },
  ingressPeerMember: { id: 121, type: 'u32' },
  egressPeerMemberStart: { id: 122, type: 'u32' },
  egressPeerMember: { id: 123, type: 'u32' },
} as const satisfies Record<string, { readonly id: number; readonly type: ElementType }>;

export type SectionName = keyof typeof SECTIONS;

/** No section may have as many elements: where 4 bytes each stand is told in 32 bits with a sign to spare. */
export const MOST_ELEMENTS = 2 ** 31;
