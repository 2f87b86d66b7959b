/**
 * Holds tables from outside against the layout: every number that leads from one column into another leads inside it. After this no read of an evaluator or of an
 * explanation can be out of bounds. Linear in the size of the tables, allocates nothing. It does not say that the verdicts are right: only the compiler can.
 */
import { ACTIONS, DECIDED_BY_RULES, DEFAULT_REASONS, DEFAULT_VERDICTS } from './decisions.ts';
import {
  ENDPOINT_HOST_POD,
  ENDPOINT_NODE,
  ENDPOINT_POD,
  ENDPOINT_PREFIX,
  NONE_32,
  PAGE_BITS,
  PAGE_CELLS_32,
  PORT_PAGES,
  pagesFor,
  type SectionName,
  UNKNOWN,
} from './layout.ts';
import { type Columns, type RuleTables, TableFormatError } from './rule-tables.ts';
import { isUtf8 } from './utf8.ts';

const PROTOCOL_COUNT = 3;
const SWITCH_COUNT = 3;
/** Words of an IPv6 address, and of a prefix of either family. */
const ADDRESS_WORDS = 4;

const DIRECTIONS = ['ingress', 'egress'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** How many there are of everything that a number can refer to. */
type Counts = Readonly<
  Record<
    | 'strings'
    | 'endpoints'
    | 'pods'
    | 'workloads'
    | 'nodes'
    | 'prefixes'
    | 'shared'
    | 'portClasses'
    | 'decisions'
    | 'atoms'
    | 'rules'
    | 'policies',
    number
  >
>;

/** Columns of indices, and what they count. `?`: NONE_32 is allowed. */
const INDICES: Readonly<Partial<Record<SectionName, keyof Counts | `${keyof Counts}?`>>> = {
  properties: 'strings',
  podNamespace: 'strings',
  podName: 'strings',
  podWorkload: 'workloads?',
  workloadNamespace: 'strings',
  workloadKind: 'strings',
  workloadName: 'strings',
  nodeName: 'strings',
  sharedEndpoint: 'endpoints',
  sharedOwner: 'strings?',
  portCell: 'portClasses',
  ingressIsolating: 'policies',
  egressIsolating: 'policies',
  ingressDecisionCell: 'decisions',
  egressDecisionCell: 'decisions',
  decisionAtom: 'atoms',
  decisionPass: 'atoms',
  atomRule: 'rules',
  rulePolicy: 'policies',
  ruleFile: 'strings',
  ruleBecause: 'strings?',
  policyKind: 'strings',
  policyNamespace: 'strings?',
  policyName: 'strings',
  policyTier: 'strings',
  policyFile: 'strings',
  aimRule: 'rules',
  ingressSubjectMember: 'endpoints',
  egressSubjectMember: 'endpoints',
  ingressPeerMember: 'endpoints',
  egressPeerMember: 'endpoints',
};

/** Columns that have one element per item: they must be as long as the first. */
const PARALLEL: readonly (readonly SectionName[])[] = [
  [
    'endpointKind',
    'endpointFamily',
    'endpointObject',
    'endpointIngressSubject',
    'endpointEgressSubject',
    'endpointIngressPeer',
    'endpointEgressPeer',
    'endpointSelf',
    'endpointHost',
    'endpointPlace',
  ],
  ['podName', 'podNamespace', 'podWorkload'],
  ['workloadName', 'workloadNamespace', 'workloadKind'],
  ['prefixFamily', 'prefixLength'],
  ['lookup4Start', 'lookup4Target'],
  ['portClassFirst', 'portClassLast', 'portClassProtocol'],
  ['decisionVerdict', 'decisionDefault'],
  ['atomRule', 'atomPeer', 'atomPort', 'atomOpen'],
  ['rulePolicy', 'ruleDirection', 'ruleAction', 'ruleIndex', 'ruleFile', 'ruleLine', 'ruleColumn', 'ruleBecause'],
  ['policyName', 'policyKind', 'policyNamespace', 'policyTier', 'policyFile', 'policyLine', 'policyColumn', 'policyGroup'],
  ['aimRule', 'aimSubjectClass', 'aimPeerClass', 'aimProtocol', 'aimFromPort', 'aimToPort'],
  ['ingressIsolatingStart', 'ingressSubjectMemberStart'],
  ['egressIsolatingStart', 'egressSubjectMemberStart'],
];

/** Lists of lists: the column of starts, and the column that it cuts. */
const LISTS: readonly (readonly [start: SectionName, items: SectionName])[] = [
  ['stringStart', 'stringBytes'],
  ['sharedStart', 'sharedEndpoint'],
  ['ingressIsolatingStart', 'ingressIsolating'],
  ['egressIsolatingStart', 'egressIsolating'],
  ['decisionAtomStart', 'decisionAtom'],
  ['decisionPassStart', 'decisionPass'],
  ['ingressSubjectMemberStart', 'ingressSubjectMember'],
  ['egressSubjectMemberStart', 'egressSubjectMember'],
  ['ingressPeerMemberStart', 'ingressPeerMember'],
  ['egressPeerMemberStart', 'egressPeerMember'],
];

/**
 * Checks every column against those that it refers to.
 * @throws {TableFormatError} for the first number that leads nowhere, with the column, the position, what was got and what was expected
 */
export function validateTables({ columns }: RuleTables): void {
  const counts = countsOf(columns);
  for (const [first, ...others] of PARALLEL) {
    for (const other of others) expectLength(columns, other, columns[first!].length, `\`${first}\``);
  }
  for (const [start, items] of LISTS) checkList(columns, start, items);
  for (const [name, target] of Object.entries(INDICES) as [SectionName, string][]) {
    const optional = target.endsWith('?');
    const counted = (optional ? target.slice(0, -1) : target) as keyof Counts;
    checkBelow(name, columns[name], counts[counted], optional);
  }
  checkStrings(columns, counts);
  checkEndpoints(columns, counts);
  checkPods(columns, counts);
  checkAddresses(columns, counts);
  checkPorts(columns, counts);
  checkDecisions(columns, counts);
  checkRules(columns);
  for (const direction of DIRECTIONS) {
    checkRows(columns, counts, direction);
    checkClasses(columns, direction);
  }
  checkAims(columns);
}

function countsOf(columns: Columns): Counts {
  return {
    strings: Math.max(0, columns.stringStart.length - 1),
    endpoints: columns.endpointKind.length,
    pods: columns.podName.length,
    workloads: columns.workloadName.length,
    nodes: columns.nodeName.length,
    prefixes: columns.prefixFamily.length,
    shared: columns.sharedOwner.length,
    portClasses: columns.portClassFirst.length,
    decisions: columns.decisionVerdict.length,
    atoms: columns.atomRule.length,
    rules: columns.rulePolicy.length,
    policies: columns.policyName.length,
  };
}

function checkStrings(columns: Columns, { strings }: Counts): void {
  const { stringBytes, stringStart, properties, switches } = columns;
  for (let i = 0; i < strings; i++) {
    if (!isUtf8(stringBytes, stringStart[i]!, stringStart[i + 1]!))
      throw new TableFormatError(`string ${i} of the tables is not valid UTF-8`);
  }
  if (properties.length % 2 !== 0) throw new TableFormatError(`section \`properties\` has ${properties.length} elements, expected pairs`);
  expectLength(columns, 'switches', SWITCH_COUNT, 'the switches of a profile');
  checkBelow('switches', switches, 2, false);
}

function checkEndpoints({ endpointKind, endpointFamily, endpointObject }: Columns, { pods, nodes, prefixes }: Counts): void {
  checkBelow('endpointKind', endpointKind, ENDPOINT_PREFIX + 1, false);
  for (let i = 0; i < endpointKind.length; i++) {
    const kind = endpointKind[i]!;
    const family = endpointFamily[i]!;
    const isPod = kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD;
    const limit = isPod ? pods : kind === ENDPOINT_NODE ? nodes : prefixes;
    if (endpointObject[i]! >= limit) throw outside('endpointObject', i, endpointObject[i]!, limit);
    if (family !== 4 && family !== 6 && !(isPod && family === 0))
      throw unexpected('endpointFamily', i, family, isPod ? '0, 4 or 6' : '4 or 6');
  }
}

/** The endpoints of pods come first, in the order of pods, one or two each. */
function checkPods(columns: Columns, { pods, endpoints }: Counts): void {
  const { podEndpoint, endpointKind, endpointObject } = columns;
  expectLength(columns, 'podEndpoint', pods + 1, 'the number of pods and one');
  if (podEndpoint[0] !== 0) throw unexpected('podEndpoint', 0, podEndpoint[0]!, '0');
  for (let pod = 0; pod < pods; pod++) {
    const start = podEndpoint[pod]!;
    const end = podEndpoint[pod + 1]!;
    if (end <= start || end > start + 2 || end > endpoints)
      throw unexpected('podEndpoint', pod + 1, end, 'one or two endpoints for each pod');
    for (let endpoint = start; endpoint < end; endpoint++) {
      const kind = endpointKind[endpoint]!;
      if (kind !== ENDPOINT_POD && kind !== ENDPOINT_HOST_POD) throw unexpected('endpointKind', endpoint, kind, 'a pod');
      if (endpointObject[endpoint] !== pod) throw unexpected('endpointObject', endpoint, endpointObject[endpoint]!, `pod ${pod}`);
    }
  }
}

function checkAddresses(columns: Columns, counts: Counts): void {
  const { prefixFamily, prefixLength, lookup4Start, lookup4Target, lookup6Start, lookup6Target, sharedStart, sharedOwner } = columns;
  expectLength(columns, 'prefixWords', counts.prefixes * ADDRESS_WORDS, 'four words a prefix');
  for (let i = 0; i < counts.prefixes; i++) {
    const family = prefixFamily[i]!;
    if (family !== 4 && family !== 6) throw unexpected('prefixFamily', i, family, '4 or 6');
    if (prefixLength[i]! > (family === 4 ? 32 : 128))
      throw unexpected('prefixLength', i, prefixLength[i]!, family === 4 ? '0 to 32' : '0 to 128');
  }
  // `endpointName` reads a prefix by the endpoint's family.
  for (let i = 0; i < counts.endpoints; i++) {
    if (columns.endpointKind[i] === ENDPOINT_PREFIX && prefixFamily[columns.endpointObject[i]!] !== columns.endpointFamily[i]) {
      throw unexpected('endpointFamily', i, columns.endpointFamily[i]!, 'the family of its prefix');
    }
  }
  expectLength(columns, 'lookup6Start', lookup6Target.length * ADDRESS_WORDS, 'four words a start');
  checkStarts('lookup4Start', lookup4Start, 1);
  checkStarts('lookup6Start', lookup6Start, ADDRESS_WORDS);
  checkBelow('lookup4Target', lookup4Target, counts.endpoints + counts.shared, false);
  checkBelow('lookup6Target', lookup6Target, counts.endpoints + counts.shared, false);
  expectLength(columns, 'sharedStart', counts.shared + 1, 'the number of shared addresses and one');
  expectLength(columns, 'sharedUnreadable', counts.shared, '`sharedOwner`');
  checkBelow('sharedUnreadable', columns.sharedUnreadable, 2, false);
  for (let i = 0; i < counts.shared; i++) {
    const empty = sharedStart[i] === sharedStart[i + 1];
    if (empty === (sharedOwner[i] === NONE_32)) throw unexpected('sharedOwner', i, sharedOwner[i]!, 'endpoints or an owner, not both');
  }
}

/** Starts of intervals: the first address of the family, then strictly ascending. */
function checkStarts(name: SectionName, start: Uint32Array, words: number): void {
  if (start.length < words) throw new TableFormatError(`section \`${name}\` is empty, expected intervals that cover the family`);
  for (let word = 0; word < words; word++) if (start[word] !== 0) throw unexpected(name, word, start[word]!, '0');
  for (let at = words; at < start.length; at += words) {
    let word = 0;
    while (word < words - 1 && start[at + word] === start[at + word - words]) word++;
    if (start[at + word]! <= start[at + word - words]!) throw unexpected(name, at + word, start[at + word]!, 'ascending addresses');
  }
}

function checkPorts(columns: Columns, { portClasses }: Counts): void {
  const { portClassFirst, portClassLast, portClassProtocol, portPage, portCell } = columns;
  if (portClasses === 0) throw new TableFormatError('section `portClassFirst` is empty, expected a class for every port');
  expectLength(columns, 'portPage', PROTOCOL_COUNT * PORT_PAGES, 'the pages of three protocols');
  checkPages('portPage', portPage, 'portCell', portCell);
  checkBelow('portClassProtocol', portClassProtocol, PROTOCOL_COUNT, false);
  checkOrdered('portClassFirst', portClassFirst, portClassLast);
}

function checkDecisions(columns: Columns, { decisions }: Counts): void {
  const { decisionVerdict, decisionDefault, decisionAtomStart, decisionPassStart } = columns;
  expectLength(columns, 'decisionAtomStart', decisions + 1, 'the number of decisions and one');
  expectLength(columns, 'decisionPassStart', decisions + 1, 'the number of decisions and one');
  if (decisions < DEFAULT_REASONS.length) {
    throw new TableFormatError(`tables hold ${decisions} decisions, expected at least the ${DEFAULT_REASONS.length} defaults`);
  }
  checkBelow('decisionVerdict', decisionVerdict, UNKNOWN + 1, false);
  for (let i = 0; i < decisions; i++) {
    const reason = decisionDefault[i]!;
    const isFixed = i < DEFAULT_REASONS.length;
    const isDefault = reason !== DECIDED_BY_RULES;
    if (isFixed && reason !== i) throw unexpected('decisionDefault', i, reason, `${i}`);
    if (isDefault && reason >= DEFAULT_REASONS.length) throw outside('decisionDefault', i, reason, DEFAULT_REASONS.length);
    if (isDefault && decisionVerdict[i] !== DEFAULT_VERDICTS[reason]) {
      throw unexpected('decisionVerdict', i, decisionVerdict[i]!, `${DEFAULT_VERDICTS[reason]}`);
    }
    // The defaults have numbers of their own; only what was passed on before makes another decision of one.
    const hasPasses = decisionPassStart[i] !== decisionPassStart[i + 1];
    if (isFixed ? hasPasses : isDefault && !hasPasses) {
      throw unexpected('decisionPassStart', i + 1, decisionPassStart[i + 1]!, isFixed ? 'no passes before a default' : 'passes');
    }
    if (isDefault !== (decisionAtomStart[i] === decisionAtomStart[i + 1])) {
      throw unexpected('decisionAtomStart', i + 1, decisionAtomStart[i + 1]!, isDefault ? 'no reasons for a default' : 'reasons');
    }
  }
}

function checkRules({ ruleDirection, ruleAction, atomOpen }: Columns): void {
  checkBelow('ruleDirection', ruleDirection, DIRECTIONS.length, false);
  checkBelow('ruleAction', ruleAction, ACTIONS.length, false);
  checkBelow('atomOpen', atomOpen, 2, false);
}

/** (subject class, port class) -> row -> verdict bits and decisions, for every subject, row and peer class that there is. */
function checkRows(columns: Columns, { portClasses }: Counts, direction: Direction): void {
  const subjects = classCount(columns, `${direction}SubjectMemberStart`);
  const peers = classCount(columns, `${direction}PeerMemberStart`);
  const verdictRows = checkDirectory(columns, `${direction}Allow`, 'Page', pagesFor(peers, PAGE_BITS), 'verdict row');
  const rows = checkDirectory(columns, `${direction}Decision`, 'Group', pagesFor(peers, PAGE_CELLS_32 ** 2), 'row');
  for (const map of ['Row', 'VerdictRow'] as const) checkRowMap(columns, `${direction}${map}`, subjects, portClasses);
  checkBelow(`${direction}RowCell`, columns[`${direction}RowCell`], rows, false);
  checkBelow(`${direction}VerdictRowCell`, columns[`${direction}VerdictRowCell`], verdictRows, false);
  for (const [from, to] of [
    ['AllowPage', 'AllowBits'],
    ['UnknownPage', 'UnknownBits'],
    ['DecisionGroup', 'DecisionPage'],
    ['DecisionPage', 'DecisionCell'],
  ] as const) {
    checkPages(`${direction}${from}`, columns[`${direction}${from}`], `${direction}${to}`, columns[`${direction}${to}`]);
  }
  if (direction === 'egress' && columns.egressOwnNode.length !== 0) {
    expectLength(columns, 'egressOwnNode', subjects, 'the subject classes');
    checkBelow('egressOwnNode', columns.egressOwnNode, subjects, true);
  }
  if (columns[`${direction}UnknownPage`].length === 0) {
    expectLength(columns, `${direction}UnknownBlock`, 0, 'there are no unknown bits');
    return;
  }
  const unknownRows = checkDirectory(columns, `${direction}Unknown`, 'Page', pagesFor(peers, PAGE_BITS), 'verdict row');
  if (unknownRows !== verdictRows) {
    throw new TableFormatError(
      `section \`${direction}UnknownPage\` has ${unknownRows} verdict rows, \`${direction}AllowPage\` has ${verdictRows}`,
    );
  }
}

/** Rows, so many for each subject class as there are port classes; or of more than 16 port classes the numbers of pages of them; or numbers of blocks, and the pages in blocks of 16. */
function checkRowMap(columns: Columns, map: `${Direction}${'Row' | 'VerdictRow'}`, subjects: number, portClasses: number): void {
  const [blocks, pages, cells] = [`${map}Block`, `${map}Page`, `${map}Cell`] as const;
  const pagesPerSubject = pagesFor(portClasses, PAGE_CELLS_32);
  if (pagesPerSubject === 1) {
    for (const unused of [blocks, pages]) expectLength(columns, unused, 0, 'there are at most 16 port classes');
    expectLength(columns, cells, subjects * portClasses, 'the port classes of every subject class');
    return;
  }
  if (columns[blocks].length === 0) {
    expectLength(columns, pages, subjects * pagesPerSubject, 'the pages of every subject class');
  } else {
    expectLength(columns, blocks, subjects * pagesFor(pagesPerSubject, PAGE_CELLS_32), 'the blocks of every subject class');
    checkPages(blocks, columns[blocks], pages, columns[pages]);
  }
  checkPages(pages, columns[pages], cells, columns[cells]);
}

/** Page numbers, `pagesPerRow` for each row; of more than 16 a row has numbers of blocks, and the pages stand in blocks of 16. Tells how many rows there are. */
function checkDirectory(
  columns: Columns,
  prefix: `${Direction}${'Allow' | 'Unknown' | 'Decision'}`,
  level: 'Page' | 'Group',
  pagesPerRow: number,
  row: string,
): number {
  const pages = `${prefix}${level}` as SectionName;
  const blocks = `${prefix}Block` as SectionName;
  const inBlocks = pagesPerRow > PAGE_CELLS_32;
  if (!inBlocks) expectLength(columns, blocks, 0, 'rows this short have no blocks');
  const name = inBlocks ? blocks : pages;
  const perRow = inBlocks ? pagesFor(pagesPerRow, PAGE_CELLS_32) : pagesPerRow;
  const { length } = columns[name];
  if (length === 0 || length % perRow !== 0) {
    throw new TableFormatError(`section \`${name}\` has ${length} elements, expected ${perRow} for each ${row}`);
  }
  if (inBlocks) checkPages(blocks, columns[blocks] as Uint32Array, pages, columns[pages] as Uint32Array);
  return length / perRow;
}

/** Classes of endpoints, and the members that say the same from the other side. */
function checkClasses(columns: Columns, direction: Direction): void {
  const suffix = direction === 'ingress' ? 'Ingress' : 'Egress';
  for (const role of ['Subject', 'Peer'] as const) {
    const name = `endpoint${suffix}${role}` as const;
    const classOf = columns[name];
    const start = columns[`${direction}${role}MemberStart`];
    const member = columns[`${direction}${role}Member`];
    checkBelow(name, classOf, classCount(columns, `${direction}${role}MemberStart`), false);
    for (let group = 0; group < start.length - 1; group++) {
      for (let i = start[group]!; i < start[group + 1]!; i++) {
        if (classOf[member[i]!] !== group) throw unexpected(`${direction}${role}Member`, i, member[i]!, `an endpoint of class ${group}`);
      }
    }
  }
}

function checkAims(columns: Columns): void {
  const { aimRule, aimSubjectClass, aimPeerClass, aimProtocol, aimFromPort, aimToPort, ruleDirection } = columns;
  checkBelow('aimProtocol', aimProtocol, PROTOCOL_COUNT, false);
  checkOrdered('aimFromPort', aimFromPort, aimToPort);
  const subjects = DIRECTIONS.map((direction) => classCount(columns, `${direction}SubjectMemberStart`));
  const peers = DIRECTIONS.map((direction) => classCount(columns, `${direction}PeerMemberStart`));
  for (let aim = 0; aim < aimRule.length; aim++) {
    const direction = ruleDirection[aimRule[aim]!]!;
    if (aimSubjectClass[aim]! >= subjects[direction]!) throw outside('aimSubjectClass', aim, aimSubjectClass[aim]!, subjects[direction]!);
    if (aimPeerClass[aim]! >= peers[direction]!) throw outside('aimPeerClass', aim, aimPeerClass[aim]!, peers[direction]!);
  }
}

function classCount(columns: Columns, start: SectionName): number {
  return Math.max(0, columns[start].length - 1);
}

/** A directory of page numbers, and the pages, 16 cells each. */
function checkPages(name: SectionName, directory: Uint32Array, cellsName: SectionName, cells: Uint32Array): void {
  if (cells.length % PAGE_CELLS_32 !== 0) {
    throw new TableFormatError(`section \`${cellsName}\` has ${cells.length} elements, expected whole pages of ${PAGE_CELLS_32}`);
  }
  checkBelow(name, directory, cells.length / PAGE_CELLS_32, false);
}

/** Starts of lists: from 0, never descending, to the end of the items. */
function checkList(columns: Columns, name: SectionName, itemsName: SectionName): void {
  const start = columns[name];
  const { length } = columns[itemsName];
  if (start.length === 0) throw new TableFormatError(`section \`${name}\` is empty, expected at least one element`);
  let previous = 0;
  for (let i = 0; i < start.length; i++) {
    const value = start[i]!;
    if (i === 0 ? value !== 0 : value < previous) throw unexpected(name, i, value, i === 0 ? '0' : `at least ${previous}`);
    previous = value;
  }
  if (previous !== length) throw unexpected(name, start.length - 1, previous, `${length}, the length of \`${itemsName}\``);
}

function checkOrdered(name: SectionName, low: Uint16Array, high: Uint16Array): void {
  for (let i = 0; i < low.length; i++) if (low[i]! > high[i]!) throw unexpected(name, i, low[i]!, `at most ${high[i]}`);
}

function checkBelow(name: SectionName, column: Uint8Array | Uint16Array | Uint32Array, limit: number, noneAllowed: boolean): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (value >= limit && !(noneAllowed && value === NONE_32)) throw outside(name, i, value, limit);
  }
}

function expectLength(columns: Columns, name: SectionName, expected: number, because: string): void {
  const { length } = columns[name];
  if (length !== expected) throw new TableFormatError(`section \`${name}\` has ${length} elements, expected ${expected}: ${because}`);
}

function outside(name: SectionName, position: number, got: number, limit: number): TableFormatError {
  return new TableFormatError(`section \`${name}\` refers to number ${got} at position ${position}, there are ${limit}`);
}

function unexpected(name: SectionName, position: number, got: number, expected: string): TableFormatError {
  return new TableFormatError(`section \`${name}\` is ${got} at position ${position}, expected ${expected}`);
}
