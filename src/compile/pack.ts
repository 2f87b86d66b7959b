/**
 * The results of all stages -> the columns of one buffer.
 */
import { groupBy } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { StringInterner } from '../lib/interner.ts';
import { PageStore } from '../lib/page-store.ts';
import type { Cluster } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { ACTIONS } from '../tables/decisions.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, NONE_32, PAGE_CELLS_32, type SectionName } from '../tables/layout.ts';
import { packTables, type RuleTables } from '../tables/rule-tables.ts';
import { type AddressMap, lookUpAddresses } from './address-lookup.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecisionTable } from './decisions.ts';
import type { CompiledDirection } from './direction.ts';
import type { Endpoints } from './endpoints.ts';
import type { PortClasses } from './ports.ts';
import type { PrefixIndex } from './prefixes.ts';

export interface CompiledParts {
  readonly cluster: Cluster;
  readonly profile: CniProfile;
  readonly prefixes: PrefixIndex;
  readonly addresses: AddressMap;
  readonly endpoints: Endpoints;
  readonly catalogue: Catalogue;
  readonly ports: PortClasses;
  readonly decisions: DecisionTable;
  readonly ingress: CompiledDirection;
  readonly egress: CompiledDirection;
}

type Sections = { [N in SectionName]?: ArrayLike<number> };

export function pack(parts: CompiledParts, shared: boolean): RuleTables {
  const strings = new StringInterner();
  const sections: Sections = {
    properties: [strings.intern('profile'), strings.intern(parts.profile.name)],
    switches: [
      Number(parts.profile.hairpin === 'allow'),
      Number(parts.profile.ownNode !== 'policy'),
      Number(parts.profile.otherProtocols === 'allow'),
    ],
    ...endpointSections(parts),
    ...podSections(parts, strings),
    ...addressSections(parts, strings),
    ...portSections(parts.ports),
    ...rowSections('ingress', parts.ingress),
    ...rowSections('egress', parts.egress),
    egressOwnNode: parts.egress.ownNode,
    ...decisionSections(parts),
    ...policySections(parts.catalogue, strings),
    ...aimSections(parts),
  };
  return packTables({ ...sections, ...stringSections(strings) }, shared);
}

function endpointSections({ endpoints, ingress, egress, cluster }: CompiledParts): Sections {
  const classes = (classOfUnit: Uint32Array): Uint32Array => endpoints.unit.map((unit) => classOfUnit[unit]!);
  return {
    endpointKind: endpoints.kind,
    endpointFamily: endpoints.family,
    endpointObject: endpoints.object,
    endpointIngressSubject: classes(ingress.subjectOfUnit),
    endpointEgressSubject: classes(egress.subjectOfUnit),
    endpointIngressPeer: classes(ingress.peerOfUnit),
    endpointEgressPeer: classes(egress.peerOfUnit),
    ...identities(endpoints, cluster),
  };
}

/** Columns for flows decided by comparison. Numbers: pods first, then nodes, then every endpoint that is nobody in particular. */
function identities({ kind, object, count }: Endpoints, { pods, nodes }: Cluster): Sections {
  const nodeNumber = new Map<string | undefined, number>(nodes.map(({ name }, i) => [name, pods.length + i]));
  const self = new Uint32Array(count);
  const host = new Uint32Array(count).fill(NONE_32);
  const place = new Uint32Array(count);
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

function podSections({ cluster, endpoints }: CompiledParts, strings: StringInterner): Sections {
  const workloads = new StringInterner();
  const workloadNames: { namespace: string; kind: string; name: string }[] = [];
  const podWorkload = cluster.pods.map(({ namespace, workload }) => {
    if (workload === undefined) return NONE_32;
    const number = workloads.intern(JSON.stringify([namespace, workload.kind, workload.name]));
    if (number === workloadNames.length) workloadNames.push({ namespace, ...workload });
    return number;
  });
  return {
    podNamespace: cluster.pods.map(({ namespace }) => strings.intern(namespace)),
    podName: cluster.pods.map(({ name }) => strings.intern(name)),
    podWorkload,
    podEndpoint: endpoints.podStart,
    workloadNamespace: workloadNames.map(({ namespace }) => strings.intern(namespace)),
    workloadKind: workloadNames.map(({ kind }) => strings.intern(kind)),
    workloadName: workloadNames.map(({ name }) => strings.intern(name)),
    nodeName: cluster.nodes.map(({ name }) => strings.intern(name)),
  };
}

function addressSections({ cluster, endpoints, prefixes, addresses }: CompiledParts, strings: StringInterner): Sections {
  const { intervals, shared } = lookUpAddresses(cluster, endpoints, addresses);
  const sharedStart = [0];
  for (const { endpoints: owners } of shared) sharedStart.push(sharedStart[sharedStart.length - 1]! + owners.length);
  return {
    prefixFamily: prefixes.prefixes.map(({ family }) => family),
    prefixLength: prefixes.prefixes.map(({ length }) => length),
    prefixWords: prefixes.prefixes.flatMap(({ words }) => [...words, 0, 0, 0].slice(0, 4)),
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
  const directory: number[] = [];
  for (const protocol of PROTOCOLS.keys()) {
    let uniform = -1;
    for (let first = 0; first < 65536; first += PAGE_CELLS_32) {
      const portClass = ports.classOf(protocol, first);
      // Classes are intervals, so equal ends make a page of one class; most pages are, and like the one before.
      const isUniform = portClass === ports.classOf(protocol, first + PAGE_CELLS_32 - 1);
      if (isUniform && portClass === uniform) {
        directory.push(directory[directory.length - 1]!);
        continue;
      }
      for (let i = 0; i < PAGE_CELLS_32; i++) page[i] = ports.classOf(protocol, first + i);
      directory.push(pages.intern(page));
      uniform = isUniform ? portClass : -1;
    }
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
    [`${direction}RowPage`]: rowMap.directory.view(),
    [`${direction}RowCell`]: rowMap.pages.contents(),
    [`${direction}VerdictRowPage`]: verdictRowMap.directory.view(),
    [`${direction}VerdictRowCell`]: verdictRowMap.pages.contents(),
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

function policySections({ rules, policies, tiers }: Catalogue, strings: StringInterner): Sections {
  return {
    rulePolicy: rules.map(({ policy }) => policy),
    ruleDirection: rules.map(({ rule }) => (rule.direction === 'ingress' ? 0 : 1)),
    ruleAction: rules.map(({ rule }) => ACTIONS.indexOf(rule.action)),
    ruleIndex: rules.map(({ rule }) => (rule.index < 0 ? NONE_32 : rule.index)),
    ruleFile: rules.map(({ rule }) => strings.intern(rule.origin.file)),
    ruleLine: rules.map(({ rule }) => rule.origin.line),
    ruleColumn: rules.map(({ rule }) => rule.origin.column),
    ruleBecause: rules.map(({ rule }) => (rule.reason === undefined ? NONE_32 : strings.intern(rule.reason))),
    policyKind: policies.map(({ policy }) => strings.intern(policy.ref.kind)),
    policyNamespace: policies.map(({ policy }) => (policy.ref.namespace === undefined ? NONE_32 : strings.intern(policy.ref.namespace))),
    policyName: policies.map(({ policy }) => strings.intern(policy.ref.name)),
    policyTier: policies.map(({ tier }) => strings.intern(tiers[tier]!.name)),
    policyFile: policies.map(({ policy }) => strings.intern(policy.origin.file)),
    policyLine: policies.map(({ policy }) => policy.origin.line),
    policyColumn: policies.map(({ policy }) => policy.origin.column),
    policyGroup: policies.map(({ group }) => group),
  };
}

function aimSections({ ingress, egress, endpoints }: CompiledParts): Sections {
  const joined = (column: 'rule' | 'subject' | 'peer' | 'protocol' | 'fromPort' | 'toPort'): Uint32Array => {
    const values = new GrowableUint32();
    values.pushAll(ingress.aims[column].view());
    values.pushAll(egress.aims[column].view());
    return values.view();
  };
  const members = (classOfUnit: Uint32Array, count: number) =>
    groupBy(
      endpoints.unit.map((unit) => classOfUnit[unit]!),
      count,
    );
  const ingressSubjects = members(ingress.subjectOfUnit, ingress.subjectCount);
  const egressSubjects = members(egress.subjectOfUnit, egress.subjectCount);
  const ingressPeers = members(ingress.peerOfUnit, ingress.peerCount);
  const egressPeers = members(egress.peerOfUnit, egress.peerCount);
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

function stringSections({ strings }: StringInterner): Sections {
  const encoder = new TextEncoder();
  const start = new Uint32Array(strings.length + 1);
  let bytes = new Uint8Array(Math.max(64, strings.length * 16));
  let end = 0;
  for (const [i, text] of strings.entries()) {
    // A UTF-16 code unit takes at most three bytes.
    if (end + text.length * 3 > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, end + text.length * 3));
      larger.set(bytes);
      bytes = larger;
    }
    end += encoder.encodeInto(text, bytes.subarray(end)).written;
    start[i + 1] = end;
  }
  return { stringBytes: bytes.subarray(0, end), stringStart: start };
}
