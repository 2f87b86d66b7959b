/**
 * What has matched, while one subject class is folded: a node is a set of atoms, the node before and one atom more. Node 0 is the empty set. An atom that means nothing beside those of a node leads
 * to no other, and those that mean nothing beside an atom are left out of the node that it leads to: where the first match counts, nodes are few.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Hiding } from './hiding.ts';

export class FoldNodes {
  /** The decision of each node, or NONE_32 where none is known. */
  readonly decision = new GrowableUint32();
  private readonly hiding: Hiding;
  private readonly parent = new GrowableUint32();
  private readonly atomOf = new GrowableUint32();
  /** The last node on the way here, itself included, whose atom hides what those before it do not, or 0. */
  private readonly hider = new GrowableUint32();
  /** The node that was last made after each: peer classes that are moved one after the other have often met the same. */
  private readonly child = new GrowableUint32();
  /** Atoms still to be added to a node that is made again without some. */
  private readonly rest = new GrowableUint32();

  constructor(hiding: Hiding) {
    this.hiding = hiding;
  }

  get count(): number {
    return this.parent.length;
  }

  /** Begins with node 0. */
  clear(): void {
    this.forgetFrom(0);
    this.add(0, NONE_32, 0);
  }

  /** Forgets all nodes but the first `count`. */
  forgetFrom(count: number): void {
    this.parent.length = this.atomOf.length = this.hider.length = this.child.length = this.decision.length = count;
  }

  /** The node of what is at `from` and has met the atom. */
  after(from: number, atom: number): number {
    const { parent, atomOf, child } = this;
    const known = child.get(from);
    if (known < parent.length && atomOf.get(known) === atom && parent.get(known) === from) return known;
    if (this.isHidden(from, atom)) return from;
    const hidesMore = this.hidesMore(from, atom);
    const kept = hidesMore ? this.without(from, atom) : from;
    if (kept !== from) return this.after(kept, atom);
    const node = this.add(from, atom, hidesMore ? this.count : this.hider.get(from));
    child.set(from, node);
    return node;
  }

  /** Writes the atoms of a node into `atoms` from `count` on, and tells where they end. */
  atomsOf(node: number, atoms: Uint32Array, count: number): number {
    let end = count;
    for (let at = node; at !== 0; at = this.parent.get(at)) atoms[end++] = this.atomOf.get(at);
    return end;
  }

  /** Does the atom mean nothing beside those of the node? Few of them hide others: one for each tier, as long as they come in order. */
  private isHidden(node: number, atom: number): boolean {
    const { hiding, parent, atomOf, hider } = this;
    for (let at = hider.get(node); at !== 0; at = hider.get(parent.get(at))) if (hiding.isHidden(atom, atomOf.get(at))) return true;
    return false;
  }

  /** Does the atom hide others that the last hider of the node does not? Atoms of one rule hide the same. */
  private hidesMore(node: number, atom: number): boolean {
    const { hiding, atomOf, hider } = this;
    const last = hider.get(node);
    return hiding.hides(atom) && (last === 0 || !hiding.hideAlike(atomOf.get(last), atom));
  }

  /** The node of those atoms that mean something beside this one, which hides others. */
  private without(node: number, by: number): number {
    const { hiding, parent, atomOf, rest } = this;
    let kept = node;
    for (let at = node; at !== 0; at = parent.get(at)) if (hiding.isHidden(atomOf.get(at), by)) kept = parent.get(at);
    const before = rest.length;
    for (let at = node; at !== kept; at = parent.get(at)) if (!hiding.isHidden(atomOf.get(at), by)) rest.push(atomOf.get(at));
    while (rest.length > before) kept = this.after(kept, rest.get(--rest.length));
    return kept;
  }

  private add(parent: number, atom: number, hider: number): number {
    this.parent.push(parent);
    this.atomOf.push(atom);
    this.hider.push(hider);
    this.child.push(NONE_32);
    this.decision.push(NONE_32);
    return this.parent.length - 1;
  }
}
