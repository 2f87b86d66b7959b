/**
 * Whom the policies of a direction are about: the policies that select each unit, and the classes of units that they cannot tell apart.
 */
import { groupBy, membersOf } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import type { NamedPort } from '../model/cluster.ts';
import { NONE_32 } from '../tables/layout.ts';
import { type Catalogue, portNames } from './catalogue.ts';
import type { DirectionInput } from './direction.ts';

/** Ends of flows that no policy applies to. */
const NO_SUBJECT = 0;
/** Pods that no policy selects in this direction. */
export const UNSELECTED = 1;

/** For each unit, the policies that select it and say something in this direction, ascending. */
export function selectSubjects({ direction, catalogue, endpoints, peerSets }: DirectionInput): ReturnType<typeof groupBy> {
  const unitOf = new GrowableUint32();
  const policyOf = new GrowableUint32();
  for (const [number, { policy, rules }] of catalogue.policies.entries()) {
    if (!policy.isolates[direction] && rules[direction].length === 0) continue;
    const units = peerSets.unitsOfPods(policy.subject);
    unitOf.pushAll(units);
    policyOf.pushRepeated(number, units.length);
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
  selection: ReturnType<typeof groupBy>,
): { ofUnit: Uint32Array; units: number[] } {
  const lists = new ListInterner();
  const numbers = new Map<string, number>();
  const units: number[] = [NO_SUBJECT, UNSELECTED];
  const namesOfPolicy = catalogue.policies.map((_, policy) => (direction === 'ingress' ? portNamesOf(catalogue, policy) : NO_NAMES));
  const ofUnit = new Uint32Array(endpoints.units.count);
  for (let unit = 0; unit < ofUnit.length; unit++) {
    if (endpoints.units.group[unit] === NONE_32) continue;
    const policies = membersOf(selection, unit);
    if (policies.length === 0) {
      ofUnit[unit] = UNSELECTED;
      continue;
    }
    const ports = namedPortsAsked(endpoints.units.namedPorts[unit]!, policies, namesOfPolicy);
    const key = `${lists.intern(policies)} ${ports.length === 0 ? '' : JSON.stringify(ports)}`;
    let subject = numbers.get(key);
    if (subject === undefined) {
      subject = units.length;
      numbers.set(key, subject);
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
  return catalogue.policies[policy]!.rules.ingress.flatMap((rule) => {
    const { ports } = catalogue.rules[rule]!.rule;
    return ports === 'any' ? [] : ports.flatMap((port) => (port.kind === 'named' ? portNames(port) : []));
  });
}
