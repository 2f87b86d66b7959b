/**
 * Units: what rules cannot tell apart, in order of first appearance.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { newWords } from '../lib/words.ts';
import type { NamedPort } from '../model/cluster.ts';
import { NONE_32 } from '../tables/layout.ts';

/** What all endpoints of a unit have in common. NONE_32: no group (not a selectable pod), no prefix (ipBlocks cannot match). */
export interface Units {
  readonly group: Uint32Array;
  readonly prefix: Uint32Array;
  /** Group of nodes with equal labels; NONE_32: certainly no node, or no policy asks. */
  readonly nodeGroup: Uint32Array;
  readonly namedPorts: readonly (readonly NamedPort[])[];
  readonly count: number;
}

/** Named ports that policies mention, as one object for each list of them. */
interface AskedPorts {
  readonly ports: readonly NamedPort[];
  /** Different for different lists. */
  readonly text: string;
}

const NOTHING_ASKED: AskedPorts = { ports: [], text: '' };

export class UnitTable {
  readonly group = new GrowableUint32();
  readonly prefix = new GrowableUint32();
  private readonly nodeGroup = new GrowableUint32();
  private readonly asked: AskedPorts[] = [];
  private readonly prefixes: number;
  private readonly portNames: ReadonlySet<string>;
  /** The first unit of each group, in which most pods of it are, and of each prefix without a group. NONE_32: there is none yet. */
  private readonly firstOfGroup: Uint32Array;
  private readonly firstOfPrefix: Uint32Array;
  /** The other ones: by group and prefix where they have no named ports and no node group, which is nearly all, by text where they have. */
  private readonly others = new Map<number | string, number>();
  private readonly askedOfText = new Map<string, AskedPorts>();
  /** Pods that follow each other share their lists of ports. */
  private lastPorts: readonly NamedPort[] = NOTHING_ASKED.ports;
  private lastAsked = NOTHING_ASKED;

  /** `portNames`: `protocol/name` of the named ports that policies mention. */
  constructor(groups: number, prefixes: number, portNames: ReadonlySet<string>) {
    this.firstOfGroup = newWords(groups).fill(NONE_32);
    this.firstOfPrefix = newWords(prefixes).fill(NONE_32);
    this.prefixes = prefixes;
    this.portNames = portNames;
  }

  /** The unit of endpoints that have this in common. */
  of(group: number, prefix: number, nodeGroup: number, namedPorts: readonly NamedPort[]): number {
    const asked = this.askedOf(namedPorts);
    const firsts = group === NONE_32 ? this.firstOfPrefix : this.firstOfGroup;
    const place = group === NONE_32 ? prefix : group;
    if (place !== NONE_32) {
      const first = firsts[place]!;
      if (first === NONE_32) {
        firsts[place] = this.group.length;
        return this.add(group, prefix, nodeGroup, asked);
      }
      if (this.prefix.get(first) === prefix && this.nodeGroup.get(first) === nodeGroup && this.asked[first] === asked) return first;
    }
    const key = this.keyOf(group, prefix, nodeGroup, asked);
    let unit = this.others.get(key);
    if (unit === undefined) {
      unit = this.add(group, prefix, nodeGroup, asked);
      this.others.set(key, unit);
    }
    return unit;
  }

  columns(): Units {
    const { group, prefix, nodeGroup, asked } = this;
    const namedPorts = asked.map(({ ports }) => ports);
    return { group: group.view(), prefix: prefix.view(), nodeGroup: nodeGroup.view(), namedPorts, count: group.length };
  }

  private keyOf(group: number, prefix: number, nodeGroup: number, asked: AskedPorts): number | string {
    if (asked !== NOTHING_ASKED || nodeGroup !== NONE_32) {
      return `${group} ${prefix} ${nodeGroup} ${asked.text}`;
    }
    // `+ 1` and the cut make NONE_32 the number 0 of each.
    return ((group + 1) >>> 0) * (this.prefixes + 1) + ((prefix + 1) >>> 0);
  }

  private askedOf(namedPorts: readonly NamedPort[]): AskedPorts {
    if (namedPorts.length === 0 || this.portNames.size === 0) return NOTHING_ASKED;
    if (namedPorts !== this.lastPorts) {
      this.lastPorts = namedPorts;
      const ports = namedPorts.filter(({ protocol, name }) => this.portNames.has(`${protocol}/${name}`));
      const text = ports.map(({ protocol, name, port }) => `${protocol}/${name}=${port}`).join(' ');
      this.lastAsked = ports.length === 0 ? NOTHING_ASKED : (this.askedOfText.get(text) ?? { ports, text });
      this.askedOfText.set(text, this.lastAsked);
    }
    return this.lastAsked;
  }

  private add(group: number, prefix: number, nodeGroup: number, asked: AskedPorts): number {
    this.group.push(group);
    this.prefix.push(prefix);
    this.nodeGroup.push(nodeGroup);
    this.asked.push(asked);
    return this.group.length - 1;
  }
}
