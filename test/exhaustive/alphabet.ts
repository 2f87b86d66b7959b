/**
 * The letters of the exhaustive comparison. A letter is what one policy says: a subject, a rule or none or one of either direction, the policy types as they
 * are written, and how a list without a rule is written. `SINGLES` crosses the parts, `ALPHABET` varies each part while the others stand at their centre, so that
 * every form of every field meets every other in a pair; `SPELLINGS` says with null, empty or missing what other letters say; `SUB_ALPHABET` has one or two letters for each way of matching.
 */
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../src/model/resource.ts';
import { CORE, FURTHER, names, PEERS, type PeerName, PORTS, type PortName, SUBJECTS, type Subject, type SubjectName } from './parts.ts';

export type PolicyType = 'Ingress' | 'Egress';
/** `undefined`: the field is missing. */
type PolicyTypes = readonly PolicyType[] | null | undefined;

interface LetterRule {
  readonly direction: PolicyType;
  /** `undefined`: the field is missing. */
  readonly peers: readonly NetworkPolicyPeer[] | null | undefined;
  /** `undefined`: the field is missing. */
  readonly ports: readonly NetworkPolicyPort[] | null | undefined;
}

/** A list of rules that holds none; `undefined`: the field is missing. */
type NoRules = readonly [] | null | undefined;

export interface Letter {
  readonly name: string;
  readonly subject: Subject;
  /** None, one, or one of each direction. */
  readonly rules: readonly LetterRule[];
  readonly policyTypes: PolicyTypes;
  /** How the list of a direction without a rule is written. */
  readonly withoutRule: Readonly<Record<PolicyType, NoRules>>;
}

const DIRECTIONS: readonly PolicyType[] = ['Ingress', 'Egress'];
const MISSING: Letter['withoutRule'] = { Ingress: undefined, Egress: undefined };
const CENTRE = { subject: 'all of a', peers: 'app=x', ports: 'TCP 4-6' } as const;

type RuleText = readonly [direction: PolicyType, peers: PeerName, ports: PortName];

function letter(subject: SubjectName, rules: readonly RuleText[], policyTypes: PolicyTypes, withoutRule = MISSING): Letter {
  const says = rules.length === 0 ? 'no rule' : rules.map((parts) => parts.join(' ')).join(' and ');
  const lists = DIRECTIONS.filter((each) => withoutRule[each] !== undefined).map(
    (each) => `, ${each} ${withoutRule[each] ? '[]' : 'null'}`,
  );
  return {
    name: `${subject}: ${says}${lists.join('')}; types ${policyTypes === undefined ? 'missing' : JSON.stringify(policyTypes)}`,
    subject: SUBJECTS[subject],
    rules: rules.map(([direction, peers, ports]) => ({ direction, peers: PEERS[peers], ports: PORTS[ports] })),
    policyTypes,
    withoutRule,
  };
}

/** A rule whose policy types name its direction and nothing else. */
function rule(subject: SubjectName, direction: PolicyType, peers: PeerName, ports: PortName): Letter {
  return letter(subject, [[direction, peers, ports]], [direction]);
}

const INGRESS: RuleText = ['Ingress', CENTRE.peers, CENTRE.ports];
const EGRESS: RuleText = ['Egress', 'env=x', 'TCP web'];

/** Ways of writing policy types. */
const TYPES: readonly PolicyTypes[] = [undefined, null, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress']];
const NO_RULES: readonly NoRules[] = [undefined, null, []];

/** Every way of writing policy types beside no rule, beside one that they may or may not name, and beside one of each direction, some alive and some dead. */
function typesOf(subject: SubjectName): Letter[] {
  return TYPES.flatMap((types) => [
    letter(subject, [], types),
    letter(subject, [INGRESS], types),
    letter(subject, [EGRESS], types),
    letter(subject, [INGRESS, EGRESS], types),
  ]);
}

/** Every way of writing lists without a rule, alone and beside a rule of the other direction. */
function listsOf(subject: SubjectName): Letter[] {
  return TYPES.flatMap((types) => [
    ...NO_RULES.flatMap((ingress) => NO_RULES.map((egress) => letter(subject, [], types, { Ingress: ingress, Egress: egress }))),
    ...NO_RULES.map((egress) => letter(subject, [INGRESS], types, { Ingress: undefined, Egress: egress })),
    ...NO_RULES.map((ingress) => letter(subject, [EGRESS], types, { Ingress: ingress, Egress: undefined })),
  ]);
}

/** The core parts in full, and each further form with the core forms of the parts beside it, one part at a time. */
const CROSSED: readonly Letter[] = DIRECTIONS.flatMap((direction) => [
  ...cross(CORE.subjects, direction, CORE.peers, CORE.ports),
  ...cross(FURTHER.subjects, direction, CORE.peers, [CENTRE.ports]),
  ...cross([CENTRE.subject], direction, FURTHER.peers, CORE.ports),
  ...cross(['a app=x'], direction, FURTHER.peers, [CENTRE.ports]),
  ...cross([CENTRE.subject], direction, CORE.peers, FURTHER.ports),
]);

function cross(subjects: readonly SubjectName[], direction: PolicyType, peers: readonly PeerName[], ports: readonly PortName[]): Letter[] {
  return subjects.flatMap((subject) => peers.flatMap((peer) => ports.map((port) => rule(subject, direction, peer, port))));
}

/** All crossings of parts; policy types and lists without rules in every way. */
export const SINGLES: readonly Letter[] = unique([...CROSSED, ...names(SUBJECTS).flatMap(typesOf), ...listsOf(CENTRE.subject)]);

/** Each core part in full and each further form that has a meaning of its own, the others at the centre; policies without a rule, with two, and with dead ones. */
export const ALPHABET: readonly Letter[] = unique([
  ...DIRECTIONS.flatMap((direction) => [
    ...CORE.peers.map((peers) => rule(CENTRE.subject, direction, peers, CENTRE.ports)),
    ...CORE.ports.map((ports) => rule(CENTRE.subject, direction, 'any', ports)),
  ]),
  ...CORE.subjects.map((subject) => rule(subject, 'Ingress', CENTRE.peers, CENTRE.ports)),
  ...(['all of b', 'a app notin (x)'] as const).map((subject) => rule(subject, 'Egress', CENTRE.peers, CENTRE.ports)),
  rule('a app exists and notin (y)', 'Ingress', CENTRE.peers, CENTRE.ports),
  ...(['empty list', 'env absent', 'every namespace, app exists and notin (x)', '.4/31 but .5/32 or .6/31 but .6/32'] as const).flatMap(
    (peers) => DIRECTIONS.map((direction) => rule(CENTRE.subject, direction, peers, CENTRE.ports)),
  ),
  ...(['env notin (x)', 'env=x and name notin (b)', '.4/31 or ::4/127'] as const).map((peers) =>
    rule(CENTRE.subject, 'Ingress', peers, 'any'),
  ),
  ...(['env exists', 'zone exists, which no namespace has'] as const).map((peers) => rule(CENTRE.subject, 'Egress', peers, 'any')),
  ...typesOf(CENTRE.subject).filter(({ policyTypes }) => policyTypes !== null && policyTypes?.length !== 0),
  ...[['Ingress'], ['Ingress', 'Egress']].map((types) => letter('a app notin (x)', [], types as PolicyType[])),
  letter('all of b', [], ['Ingress', 'Egress']),
  letter('all of b', [INGRESS, EGRESS], undefined),
]);

/** What says with null, an empty list or a missing field what another letter says. */
export const SPELLINGS: readonly Letter[] = unique([
  ...(['a without selector', 'a selector null', 'a app=x and exists'] as const).map((subject) =>
    rule(subject, 'Egress', CENTRE.peers, CENTRE.ports),
  ),
  ...(['null list', 'env=x beside null', '.6/31 without except, beside null', 'own pods by null'] as const).map((peers) =>
    rule(CENTRE.subject, 'Ingress', peers, CENTRE.ports),
  ),
  ...(['null list', 'app=x beside null', 'every namespace by null'] as const).map((peers) =>
    rule(CENTRE.subject, 'Egress', peers, CENTRE.ports),
  ),
  ...FURTHER.ports.map((ports, i) => rule(CENTRE.subject, i % 2 === 0 ? 'Ingress' : 'Egress', CENTRE.peers, ports)),
  ...([null, []] as const).flatMap((none) => [
    letter(CENTRE.subject, [], none),
    letter(CENTRE.subject, [INGRESS, EGRESS], none),
    letter(CENTRE.subject, [], undefined, { Ingress: none, Egress: none }),
    letter(CENTRE.subject, [INGRESS], undefined, { Ingress: undefined, Egress: none }),
    letter(CENTRE.subject, [], ['Ingress', 'Egress'], { Ingress: none, Egress: none }),
  ]),
]);

/** One letter for each way of matching, in either direction where the two are compiled differently. */
export const SUB_ALPHABET: readonly Letter[] = unique([
  letter('all of a', [], ['Ingress', 'Egress']),
  letter('all of b', [], undefined),
  rule('a app absent', 'Ingress', 'any', 'TCP 5'),
  rule('all of a', 'Ingress', '.4/30 but .6/31', 'any'),
  rule('all of a', 'Ingress', 'every namespace, app notin (x)', 'TCP 4-6'),
  rule('a app=x', 'Ingress', 'any', 'TCP web'),
  rule('a app=x', 'Ingress', '::4/127 but ::5/128', '5-7 without protocol'),
  letter('all of a', [['Ingress', 'app exists', 'all UDP']], undefined),
  rule('all of b', 'Ingress', '.4/31 but .5/32', 'TCP 4-6'),
  rule('all of b', 'Egress', '0/0 but .4/31', 'any'),
  rule('all of a', 'Egress', 'env=x', 'TCP web'),
  rule('all of a', 'Egress', '0/0', 'TCP 4 or UDP web'),
  rule('a without selector', 'Egress', 'namespace b, app=y', 'any'),
  rule('a app notin (x)', 'Egress', 'app=x', 'SCTP 5-7'),
  letter('all of a', [['Egress', '::/0', 'empty item']], undefined),
  letter('all of b', [INGRESS, EGRESS], undefined),
  letter('all of a', [INGRESS, EGRESS], ['Egress']),
]);

function unique(letters: readonly Letter[]): Letter[] {
  return [...new Map(letters.map((each) => [each.name, each])).values()];
}

/** How many sets of three letters `ALPHABET` makes, and how many policy sets those are. */
export const TRIPLES = { letterSets: 166_650, policySets: 316_835 } as const;
