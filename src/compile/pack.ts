/**
 * The results of all stages -> the columns of tables.
 */
import { groupBy } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { StringInterner } from '../lib/interner.ts';
import { PageStore } from '../lib/page-store.ts';
import { newWords } from '../lib/words.ts';
import type { Cluster } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { ACTIONS } from '../tables/decisions.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, NONE_32, PAGE_CELLS_32, PORT_COUNT, PORT_PAGES } from '../tables/layout.ts';
import { RuleTables, type Sections } from '../tables/rule-tables.ts';
import { type AddressMap, lookUpAddresses } from './address-lookup.ts';
import type { Catalogue } from './catalogue.ts';
import { stringSections, textColumn, textNumbers } from './columns.ts';
import type { DecisionTable } from './decisions.ts';
import type { CompiledDirection } from './direction.ts';
import type { Endpoints } from './endpoints.ts';
import type { PortClasses } from './ports.ts';
import type { PrefixIndex } from './prefixes.ts';

export interface CompiledParts {
  readonly cluster: Cluster;
  readonly profile: CniProfile;
  readonly errors: number;
  readonly prefixes: PrefixIndex;
  readonly addresses: AddressMap;
  readonly endpoints: Endpoints;
  readonly catalogue: Catalogue;
  readonly ports: PortClasses;
  readonly decisions: DecisionTable;
  readonly ingress: CompiledDirection;
  readonly egress: CompiledDirection;
}

export function pack(parts: CompiledParts, shared: boolean): RuleTables {
  const strings = new StringInterner();
  const classes = classesOfEndpoints(parts);
  const properties = { profile: parts.profile.name, ...(parts.errors === 0 ? {} : { errors: String(parts.errors) }) };
  const sections: Sections = {
    properties: Object.entries(properties).flatMap(([name, value]) => [strings.intern(name), strings.intern(value)]),
    switches: [
      Number(parts.profile.hairpin === 'allow'),
      Number(parts.profile.ownNode !== 'policy'),
      Number(parts.profile.otherProtocols === 'allow'),
    ],
    ...endpointSections(parts, classes),
    ...podSections(parts, strings),
    ...addressSections(parts, strings),
    ...portSections(parts.ports),
    ...rowSections('ingress', parts.ingress),
    ...rowSections('egress', parts.egress),
    egressOwnNode: parts.egress.ownNode,
    ...decisionSections(parts),
    ...policySections(parts.catalogue, strings),
    ...aimSections(parts, classes),
  };
  return RuleTables.of({ ...sections, ...stringSections(strings) }, shared);
}

/** The classes of each endpoint. */
interface EndpointClasses {
  readonly ingressSubject: Uint32Array;
  readonly egressSubject: Uint32Array;
  readonly ingressPeer: Uint32Array;
  readonly egressPeer: Uint32Array;
}

function classesOfEndpoints({ endpoints: { unit }, ingress, egress }: CompiledParts): EndpointClasses {
  const classes = (classOfUnit: Uint32Array): Uint32Array => {
    const column = newWords(unit.length);
    for (let endpoint = 0; endpoint < unit.length; endpoint++) column[endpoint] = classOfUnit[unit[endpoint]!]!;
    return column;
  };
  return {
    ingressSubject: classes(ingress.subjectOfUnit),
    egressSubject: classes(egress.subjectOfUnit),
    ingressPeer: classes(ingress.peerOfUnit),
    egressPeer: classes(egress.peerOfUnit),
  };
}

function endpointSections({ endpoints, cluster }: CompiledParts, classes: EndpointClasses): Sections {
  return {
    endpointKind: endpoints.kind,
    endpointFamily: endpoints.family,
    endpointObject: endpoints.object,
    endpointIngressSubject: classes.ingressSubject,
    endpointEgressSubject: classes.egressSubject,
    endpointIngressPeer: classes.ingressPeer,
    endpointEgressPeer: classes.egressPeer,
    ...identities(endpoints, cluster),
  };
}

/** Columns for flows decided by comparison. Numbers: pods first, then nodes, then every endpoint that is nobody in particular. */
function identities({ kind, object, count }: Endpoints, { pods, nodes }: Cluster): Sections {
  const nodeNumber = new Map<string | undefined, number>(nodes.map(({ name }, i) => [name, pods.length + i]));
  const self = newWords(count);
  const host = newWords(count).fill(NONE_32);
  const place = newWords(count);
  for (let endpoint = 0; endpoint < count; endpoint++) {
    const nobody = pods.length + nodes.length + endpoint;
    const of = object[endpoint]!;
    if (kind[endpoint] === ENDPOINT_POD) {
      self[endpoint] = of;
      host[endpoint] = nodeNumber.get(pods[of]!.node) ?? NONE_32;
    } else if (kind[endpoint] === ENDPOINT_HOST_POD) {
      self[endpoint] = nodeNumber.get(pods[of]!.node) ?? nobody;
    } else {
      self[endpoint] = kind[endpoint] === ENDPOINT_NODE ? pods.length + of : nobody;
    }
    place[endpoint] = host[endpoint] === NONE_32 ? self[endpoint]! : host[endpoint]!;
  }
  return { endpointSelf: self, endpointHost: host, endpointPlace: place };
}

function podSections({ cluster: { pods, nodes }, endpoints }: CompiledParts, strings: StringInterner): Sections {
  const podNamespace = textColumn(pods, strings, ({ namespace }) => namespace);
  const podName = newWords(pods.length);
  const podWorkload = newWords(pods.length);
  const workloads = new WorkloadInterner();
  const name = textNumbers(strings);
  for (let i = 0; i < pods.length; i++) {
    const pod = pods[i]!;
    podName[i] = name(pod.name);
    podWorkload[i] = pod.workload === undefined ? NONE_32 : workloads.intern(pod.namespace, pod.workload.kind, pod.workload.name);
  }
  return {
    podNamespace,
    podName,
    podWorkload,
    podEndpoint: endpoints.podStart,
    workloadNamespace: textColumn(workloads.list, strings, ({ namespace }) => namespace),
    workloadKind: textColumn(workloads.list, strings, ({ kind }) => kind),
    workloadName: textColumn(workloads.list, strings, ({ name }) => name),
    nodeName: textColumn(nodes, strings, ({ name }) => name),
  };
}

interface Workload {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/** So many workloads of a namespace are compared one by one; more are found in a map. */
const FEW_WORKLOADS = 8;

/** Numbers of workloads, in order of first appearance, for the pods of one namespace after the other. Pods of one mostly follow each other. */
class WorkloadInterner {
  readonly list: Workload[] = [];
  /** The first one of the namespace. */
  private first = 0;
  /** Those of the namespace by `keyOf`, once there are many: the numbers below `entered`. */
  private readonly byKey = new Map<string, number>();
  private entered = 0;
  private last: Workload | undefined;
  private lastNumber = 0;

  intern(namespace: string, kind: string, name: string): number {
    const { last } = this;
    if (last !== undefined && name === last.name && namespace === last.namespace && kind === last.kind) return this.lastNumber;
    if (namespace !== last?.namespace) {
      this.first = this.entered = this.list.length;
      if (this.byKey.size > 0) this.byKey.clear();
    }
    this.lastNumber = this.find(kind, name);
    if (this.lastNumber === this.list.length) this.list.push({ namespace, kind, name });
    this.last = this.list[this.lastNumber];
    return this.lastNumber;
  }

  /** Among those of the namespace; the next number where it is not there. */
  private find(kind: string, name: string): number {
    const { list, first } = this;
    if (list.length - first <= FEW_WORKLOADS) {
      for (let i = first; i < list.length; i++) if (list[i]!.name === name && list[i]!.kind === kind) return i;
      return list.length;
    }
    for (; this.entered < list.length; this.entered++)
      this.byKey.set(keyOf(list[this.entered]!.kind, list[this.entered]!.name), this.entered);
    return this.byKey.get(keyOf(kind, name)) ?? list.length;
  }
}

/** Both are free text. */
function keyOf(kind: string, name: string): string {
  return `${kind.length} ${kind}${name}`;
}

function addressSections({ cluster, endpoints, prefixes, addresses }: CompiledParts, strings: StringInterner): Sections {
  const { intervals, shared } = lookUpAddresses(cluster, endpoints, addresses);
  const sharedStart = [0];
  for (const { endpoints: owners } of shared) sharedStart.push(sharedStart[sharedStart.length - 1]! + owners.length);
  return {
    prefixFamily: new Uint8Array(prefixes.count).fill(4, 0, prefixes.count4).fill(6, prefixes.count4),
    prefixLength: prefixes.length,
    prefixWords: prefixes.words,
    lookup4Start: intervals[4].start,
    lookup4Target: intervals[4].target,
    lookup6Start: intervals[6].start,
    lookup6Target: intervals[6].target,
    sharedStart,
    sharedEndpoint: shared.flatMap(({ endpoints: owners }) => owners),
    sharedOwner: shared.map(({ owner }) => (owner === undefined ? NONE_32 : strings.intern(owner.name))),
    sharedUnreadable: shared.map(({ owner }) => Number(owner?.unreadable ?? false)),
  };
}

function portSections(ports: PortClasses): Sections {
  const pages = new PageStore(PAGE_CELLS_32);
  const page = new Uint32Array(PAGE_CELLS_32);
  // The ports of all protocols, one after the other, as classes are.
  const directory = new Uint32Array(PROTOCOLS.length * PORT_PAGES);
  let portClass = 0;
  const end = (): number => ports.protocol[portClass]! * PORT_COUNT + ports.last[portClass]! + 1;
  for (let at = 0; at < directory.length; ) {
    for (let i = 0; i < PAGE_CELLS_32; i++) {
      if (end() === at * PAGE_CELLS_32 + i) portClass++;
      page[i] = portClass;
    }
    // Most pages are of one class, and like the next.
    const next = page[0] === portClass ? Math.floor(end() / PAGE_CELLS_32) : at + 1;
    directory.fill(pages.intern(page), at, next);
    at = next;
  }
  return {
    portPage: directory,
    portCell: pages.contents(),
    portClassFirst: ports.first,
    portClassLast: ports.last,
    portClassProtocol: ports.protocol,
  };
}

function rowSections(direction: 'ingress' | 'egress', { rows, rowMap, verdictRowMap, isolating }: CompiledDirection): Sections {
  const allow = rows.bitDirectory('allow');
  const unknown = rows.hasUnknown ? rows.bitDirectory('unknown') : { blocks: [], pages: [] };
  const decisions = rows.decisionDirectory();
  const [decisionPages, decisionGroups] = rows.decisionTree.levels;
  return {
    [`${direction}RowBlock`]: rowMap.lists.blocks(),
    [`${direction}RowPage`]: rowMap.lists.pages(),
    [`${direction}RowCell`]: rowMap.cells(),
    [`${direction}VerdictRowBlock`]: verdictRowMap.lists.blocks(),
    [`${direction}VerdictRowPage`]: verdictRowMap.lists.pages(),
    [`${direction}VerdictRowCell`]: verdictRowMap.cells(),
    [`${direction}AllowBlock`]: allow.blocks,
    [`${direction}AllowPage`]: allow.pages,
    [`${direction}AllowBits`]: rows.allowTree.levels[0]!.contents(),
    [`${direction}UnknownBlock`]: unknown.blocks,
    [`${direction}UnknownPage`]: unknown.pages,
    [`${direction}UnknownBits`]: rows.hasUnknown ? rows.unknownTree.levels[0]!.contents() : [],
    [`${direction}DecisionBlock`]: decisions.blocks,
    [`${direction}DecisionGroup`]: decisions.pages,
    [`${direction}DecisionPage`]: decisionGroups!.contents(),
    [`${direction}DecisionCell`]: decisionPages!.contents(),
    [`${direction}IsolatingStart`]: isolating.start,
    [`${direction}Isolating`]: isolating.items,
  };
}

function decisionSections({ decisions, catalogue }: CompiledParts): Sections {
  const atoms = decisions.atoms();
  const passes = decisions.passes();
  return {
    decisionVerdict: decisions.verdict.view(),
    decisionDefault: decisions.defaultReason.view(),
    decisionAtomStart: atoms.start,
    decisionAtom: atoms.items,
    decisionPassStart: passes.start,
    decisionPass: passes.items,
    atomRule: catalogue.atomRule.view(),
    atomPeer: catalogue.atomPeer.view(),
    atomPort: catalogue.atomPort.view(),
    atomOpen: catalogue.atomOpen.view(),
  };
}

/** One pass over rules and one over policies: fetching them from memory is what it costs. */
function policySections(
  { ruleList, policyList, policyOfRule, groupOfPolicy, tierOfPolicy, tiers }: Catalogue,
  strings: StringInterner,
): Sections {
  const ofRules = (): Uint32Array => newWords(ruleList.length);
  const rule = {
    rulePolicy: ofRules(),
    ruleDirection: ofRules(),
    ruleAction: ofRules(),
    ruleIndex: ofRules(),
    ruleFile: ofRules(),
    ruleLine: ofRules(),
    ruleColumn: ofRules(),
    ruleBecause: ofRules(),
  };
  const ruleFile = textNumbers(strings);
  const because = textNumbers(strings);
  for (let i = 0; i < ruleList.length; i++) {
    const { direction, action, index, origin, reason } = ruleList[i]!;
    rule.rulePolicy[i] = policyOfRule.get(i);
    rule.ruleDirection[i] = direction === 'ingress' ? 0 : 1;
    rule.ruleAction[i] = ACTIONS.indexOf(action);
    rule.ruleIndex[i] = index < 0 ? NONE_32 : index;
    rule.ruleFile[i] = ruleFile(origin.file);
    rule.ruleLine[i] = origin.line;
    rule.ruleColumn[i] = origin.column;
    rule.ruleBecause[i] = because(reason);
  }
  const ofPolicies = (): Uint32Array => newWords(policyList.length);
  const policy = {
    policyKind: ofPolicies(),
    policyNamespace: ofPolicies(),
    policyName: ofPolicies(),
    policyTier: ofPolicies(),
    policyFile: ofPolicies(),
    policyLine: ofPolicies(),
    policyColumn: ofPolicies(),
    policyGroup: ofPolicies(),
  };
  const kind = textNumbers(strings);
  const namespace = textNumbers(strings);
  const name = textNumbers(strings);
  const tierName = textNumbers(strings);
  const file = textNumbers(strings);
  for (let i = 0; i < policyList.length; i++) {
    const { ref, origin } = policyList[i]!;
    policy.policyKind[i] = kind(ref.kind);
    policy.policyNamespace[i] = namespace(ref.namespace);
    policy.policyName[i] = name(ref.name);
    policy.policyTier[i] = tierName(tiers[tierOfPolicy.get(i)]!.name);
    policy.policyFile[i] = file(origin.file);
    policy.policyLine[i] = origin.line;
    policy.policyColumn[i] = origin.column;
    policy.policyGroup[i] = groupOfPolicy.get(i);
  }
  return { ...rule, ...policy };
}

function aimSections({ ingress, egress }: CompiledParts, classes: EndpointClasses): Sections {
  const joined = (column: 'rule' | 'subject' | 'peer' | 'protocol' | 'fromPort' | 'toPort'): Uint32Array => {
    const values = new GrowableUint32();
    values.pushAll(ingress.aims[column].view());
    values.pushAll(egress.aims[column].view());
    return values.view();
  };
  const ingressSubjects = groupBy(classes.ingressSubject, ingress.subjectCount);
  const egressSubjects = groupBy(classes.egressSubject, egress.subjectCount);
  const ingressPeers = groupBy(classes.ingressPeer, ingress.peerCount);
  const egressPeers = groupBy(classes.egressPeer, egress.peerCount);
  return {
    aimRule: joined('rule'),
    aimSubjectClass: joined('subject'),
    aimPeerClass: joined('peer'),
    aimProtocol: joined('protocol'),
    aimFromPort: joined('fromPort'),
    aimToPort: joined('toPort'),
    ingressSubjectMemberStart: ingressSubjects.start,
    ingressSubjectMember: ingressSubjects.items,
    egressSubjectMemberStart: egressSubjects.start,
    egressSubjectMember: egressSubjects.items,
    ingressPeerMemberStart: ingressPeers.start,
    ingressPeerMember: ingressPeers.items,
    egressPeerMemberStart: egressPeers.start,
    egressPeerMember: egressPeers.items,
  };
}
