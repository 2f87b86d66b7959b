/**
 * Whom the policies of a direction are about: the policies that select each unit, and the classes of units that they cannot tell apart.
 */
import { type Grouping, groupBy, membersOf } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import type { NamedPort } from '../model/cluster.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Catalogue } from './catalogue.ts';
import type { DirectionInput } from './direction.ts';
import { portNames } from './mentions.ts';

/** Ends of flows that no policy applies to. */
const NO_SUBJECT = 0;
/** Pods that no policy selects in this direction. */
export const UNSELECTED = 1;

/** For each unit, the policies that select it and say something in this direction, ascending. */
export function selectSubjects({ direction, catalogue, subjects, endpoints, peerSets }: DirectionInput): Grouping {
  const unitOf = new GrowableUint32();
  const policyOf = new GrowableUint32();
  for (const [number, { policy, rules }] of catalogue.policies.entries()) {
    if (!policy.isolates[direction] && rules[direction].length === 0) continue;
    const set = subjects[number]!;
    for (let i = peerSets.sets.start(set); i < peerSets.sets.start(set + 1); i++) {
      unitOf.push(peerSets.sets.items.get(i));
      policyOf.push(number);
    }
  }
  const pairs = groupBy(unitOf.view(), endpoints.units.count);
  return { start: pairs.start, items: pairs.items.map((pair) => policyOf.get(pair)) };
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
  const plain: number[] = [];
  const others = new Map<string, number>();
  const units: number[] = [NO_SUBJECT, UNSELECTED];
  const namesOfPolicy = catalogue.policies.map((_, policy) => (direction === 'ingress' ? portNamesOf(catalogue, policy) : NO_NAMES));
  const ofUnit = new Uint32Array(endpoints.units.count);
  for (let unit = 0; unit < ofUnit.length; unit++) {
    if (endpoints.units.group[unit] === NONE_32) continue;
    if (selection.start[unit] === selection.start[unit + 1]) {
      ofUnit[unit] = UNSELECTED;
      continue;
    }
    const policies = membersOf(selection, unit);
    const ports = namedPortsAsked(endpoints.units.namedPorts[unit]!, policies, namesOfPolicy);
    const list = lists.intern(policies);
    if (list === plain.length) plain.push(NO_SUBJECT);
    const key = ports.length === 0 ? '' : `${list} ${JSON.stringify(ports)}`;
    let subject = key === '' ? plain[list]! : (others.get(key) ?? NO_SUBJECT);
    if (subject === NO_SUBJECT) {
      subject = units.length;
      if (key === '') plain[list] = subject;
      else others.set(key, subject);
      units.push(unit);
    }
    ofUnit[unit] = subject;
  }
  return { ofUnit, units };
}

/** Those of the ports whose names the policies use. */
function namedPortsAsked(
  declared: readonly NamedPort[],
  policies: Uint32Array,
  namesOfPolicy: readonly (readonly string[])[],
): readonly NamedPort[] {
  if (declared.length === 0) return declared;
  const names = new Set<string>();
  for (const policy of policies) for (const name of namesOfPolicy[policy]!) names.add(name);
  return declared.filter(({ protocol, name }) => names.has(`${protocol}/${name}`));
}

const NO_NAMES: readonly string[] = [];

function portNamesOf(catalogue: Catalogue, policy: number): readonly string[] {
  let names: string[] | undefined;
  for (const rule of catalogue.policies[policy]!.rules.ingress) {
    const { ports } = catalogue.rules[rule]!.rule;
    if (ports === 'any') continue;
    for (const port of ports) if (port.kind === 'named') names = [...(names ?? []), ...portNames(port)];
  }
  return names ?? NO_NAMES;
}
