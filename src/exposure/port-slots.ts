/**
 * The ports at which the rules that bind a pod can differ: intervals of numbers, and towards pods that do not exist yet the names that they may give to ports, of which nobody knows the number.
 */
import type { NamedPort } from '../model/cluster.ts';
import type { PortMatch, Rule } from '../model/policy.ts';
import { type Direction, PROTOCOLS, type Protocol } from '../model/protocol.ts';

const LAST_PORT = 65_535;

/** Name of the slot of all names that no rule has. */
export const OTHER_NAMES = '';

/** Ports `from..to` that no rule tells apart; or the port that the destination calls `name`, whichever it is. */
export type PortSlot =
  | { readonly kind: 'numbers'; readonly protocol: Protocol; readonly from: number; readonly to: number }
  | { readonly kind: 'name'; readonly protocol: Protocol; readonly name: string };

/** `ownPorts`: the named ports of the pod that the rules bind. */
export function portSlots(rules: readonly Rule[], direction: Direction, ownPorts: readonly NamedPort[]): PortSlot[] {
  return PROTOCOLS.flatMap((protocol): PortSlot[] => {
    const starts = new Set([1]);
    const names = new Set<string>();
    const add = (from: number, to: number): void => {
      for (const start of [from, to + 1]) if (start > 1 && start <= LAST_PORT) starts.add(start);
    };
    for (const { ports } of rules) {
      for (const port of ports === 'any' ? [] : ports) {
        if (port.protocol !== 'any' && port.protocol !== protocol) continue;
        if (port.kind === 'range') add(port.from, port.to);
        else if (direction === 'egress') names.add(port.name);
        else for (const { port: number } of numbersOf(ownPorts, port, protocol)) add(number, number);
      }
    }
    // No container port has the empty name: it stands for every name that no rule has.
    if (direction === 'egress') names.add(OTHER_NAMES);
    const sorted = [...starts].sort((a, b) => a - b);
    return [
      ...sorted.map((from, i): PortSlot => ({ kind: 'numbers', protocol, from, to: (sorted[i + 1] ?? LAST_PORT + 1) - 1 })),
      ...[...names].sort().map((name): PortSlot => ({ kind: 'name', protocol, name })),
    ];
  });
}

function numbersOf(ownPorts: readonly NamedPort[], { name }: { readonly name: string }, protocol: Protocol): readonly NamedPort[] {
  return ownPorts.filter((own) => own.name === name && own.protocol === protocol);
}

/** Is a rule about a port? `perhaps`: that depends on which numbers the peer gives to names. */
export function isAbout({ ports }: Rule, slot: PortSlot, direction: Direction, ownPorts: readonly NamedPort[]): 'yes' | 'perhaps' | 'no' {
  if (ports === 'any') return 'yes';
  const found = new Set(ports.map((port) => isMeant(port, slot, direction, ownPorts)));
  return found.has('yes') ? 'yes' : found.has('perhaps') ? 'perhaps' : 'no';
}

function isMeant(port: PortMatch, slot: PortSlot, direction: Direction, ownPorts: readonly NamedPort[]): 'yes' | 'perhaps' | 'no' {
  if (port.protocol !== 'any' && port.protocol !== slot.protocol) return 'no';
  if (port.kind === 'named' && port.name === '') return 'no';
  if (slot.kind === 'numbers') {
    if (port.kind === 'range') return port.from <= slot.from && slot.to <= port.to ? 'yes' : 'no';
    if (direction === 'egress') return 'perhaps';
    return numbersOf(ownPorts, port, slot.protocol).some((own) => own.port === slot.from) ? 'yes' : 'no';
  }
  if (port.kind === 'named') return port.name === slot.name ? 'yes' : 'perhaps';
  return port.from <= 1 && port.to === LAST_PORT ? 'yes' : 'perhaps';
}
