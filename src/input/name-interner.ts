/**
 * Numbers for objects by kind, namespace and name, in order of first appearance. One table over columns: most namespaces have few objects of a kind, and a set of texts for each takes several times as long.
 */
import { Slots } from '../lib/slots.ts';
import { isClusterScoped, namespaceOf } from '../model/object-names.ts';
import type { Kept } from './findings.ts';

export class NameInterner {
  private readonly objects: Kept[] = [];
  private readonly slots = new Slots(16);

  get count(): number {
    return this.objects.length;
  }

  /** The number of the first object with this name. */
  intern(object: Kept): number {
    const { objects, slots } = this;
    const namespace = namespaceIn(object);
    const hash = hashText(hashText(SEED, object.metadata.name), namespace);
    const table = slots.table();
    const mask = table.length - 1;
    for (let slot = hash & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
      const number = table[slot]! - 1;
      if (slots.hashOf(number) === hash && isNamed(objects[number]!, object, namespace)) return number;
    }
    objects.push(object);
    return slots.add(hash);
  }
}

function isNamed(known: Kept, { kind, metadata }: Kept, namespace: string): boolean {
  return known.metadata.name === metadata.name && known.kind === kind && namespaceIn(known) === namespace;
}

function namespaceIn({ kind, metadata }: Kept): string {
  return isClusterScoped(kind) ? '' : namespaceOf(metadata);
}

/** Another in each process, so that nobody can choose names that meet in one slot. */
const SEED = Math.floor(Math.random() * 2 ** 32);

/** Multiply and shift (a constant of MurmurHash3). Only spreads names over slots: equality is always checked. */
function hashText(hash: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
