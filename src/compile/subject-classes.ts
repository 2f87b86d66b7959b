/**
 * Whom the policies of a direction are about: the policies that select each unit, and the classes of units that they cannot tell apart.
 */
import { type Grouping, membersOf } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import { newWords } from '../lib/words.ts';
import type { NamedPort } from '../model/cluster.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Catalogue } from './catalogue.ts';
import type { DirectionInput } from './direction.ts';
import { addPortNames } from './mentions.ts';

/** Ends of flows that no policy applies to. */
const NO_SUBJECT = 0;
/** Pods that no policy selects in this direction. */
export const UNSELECTED = 1;

/** For each unit, the policies that select it and say something in this direction, ascending. */
export function selectSubjects({ direction, catalogue, named: { subjects }, endpoints, peerSets: { sets } }: DirectionInput): Grouping {
  const isolates = catalogue.isolates[direction];
  const policies = new GrowableUint32();
  const start = newWords(endpoints.units.count + 1);
  const units = sets.items.view();
  for (let number = 0; number < subjects.length; number++) {
    if (isolates.get(number) === 0 && catalogue.rulesFrom(number, direction) === catalogue.rulesTo(number, direction)) continue;
    policies.push(number);
    const end = sets.start(subjects[number]! + 1);
    for (let i = sets.start(subjects[number]!); i < end; i++) start[units[i]!]!++;
  }
  let total = 0;
  for (let unit = 0; unit < start.length; unit++) start[unit] = total += start[unit]!;
  const items = newWords(total);
  // From behind, so that in the end each unit's policies begin where `start` says.
  for (let k = policies.length - 1; k >= 0; k--) {
    const number = policies.get(k);
    const end = sets.start(subjects[number]! + 1);
    for (let i = sets.start(subjects[number]!); i < end; i++) items[--start[units[i]!]!] = number;
  }
  return { start, items };
}

/**
 * Subject classes: units that the same policies select and that give the same numbers to the port names that those policies' ingress rules use.
 * `units` holds one unit of each class; the first two classes are fixed.
 */
export function classifySubjects(
  { direction, catalogue, endpoints }: DirectionInput,
  selection: Grouping,
): { ofUnit: Uint32Array; units: number[] } {
  const lists = new ListInterner();
  /** Classes by their list of policies, where no port name matters: nearly all. The others by text. */
  const plain = new GrowableUint32();
  const others = new Map<string, number>();
  const units: number[] = [NO_SUBJECT, UNSELECTED];
  /** For each list, the port names that its policies use, once that is asked. */
  const namesOfList: (ReadonlySet<string> | undefined)[] = [];
  const ofUnit = new Uint32Array(endpoints.units.count);
  for (let unit = 0; unit < ofUnit.length; unit++) {
    if (endpoints.units.group[unit] === NONE_32) continue;
    const from = selection.start[unit]!;
    const to = selection.start[unit + 1]!;
    if (from === to) {
      ofUnit[unit] = UNSELECTED;
      continue;
    }
    const list = lists.internPart(selection.items, from, to);
    if (list === plain.length) {
      plain.push(NO_SUBJECT);
      namesOfList.push(undefined);
    }
    let ports = NO_PORTS;
    const declared = endpoints.units.namedPorts[unit]!;
    if (direction === 'ingress' && declared.length > 0) {
      const names = namesOfList[list] ?? portNamesOf(catalogue, membersOf(selection, unit));
      namesOfList[list] = names;
      if (names.size > 0) ports = declared.filter(({ protocol, name }) => names.has(`${protocol}/${name}`));
    }
    const key = ports.length === 0 ? '' : `${list} ${JSON.stringify(ports)}`;
    let subject = key === '' ? plain.get(list) : (others.get(key) ?? NO_SUBJECT);
    if (subject === NO_SUBJECT) {
      subject = units.length;
      if (key === '') plain.set(list, subject);
      else others.set(key, subject);
      units.push(unit);
    }
    ofUnit[unit] = subject;
  }
  return { ofUnit, units };
}

const NO_PORTS: readonly NamedPort[] = [];

/** The names that the ingress rules of policies use. */
function portNamesOf(catalogue: Catalogue, of: Uint32Array): ReadonlySet<string> {
  const names = new Set<string>();
  for (let i = 0; i < of.length; i++) {
    const past = catalogue.rulesTo(of[i]!, 'ingress');
    for (let rule = catalogue.rulesFrom(of[i]!, 'ingress'); rule < past; rule++) {
      const { ports } = catalogue.ruleList[rule]!;
      if (ports !== 'any') addPortNames(ports, names);
    }
  }
  return names;
}
