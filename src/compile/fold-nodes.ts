/**
 * What has matched, while one subject class is folded: a node is a set of atoms, the node before and one atom more. Node 0 is the empty set. An atom that means nothing beside those of a node leads
 * to no other, and one beside which they mean nothing leads to the node of it alone: where the first match counts, nodes are few.
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
  /** The least atom that hides others, or NONE_32. */
  private readonly hider = new GrowableUint32();
  /** Where the last move from each node leads, if it is the current one. */
  private readonly movedIn = new GrowableUint32();
  private readonly movedTo = new GrowableUint32();
  private moves = 0;

  constructor(hiding: Hiding) {
    this.hiding = hiding;
  }

  get count(): number {
    return this.parent.length;
  }

  /** Begins with node 0. */
  clear(): void {
    this.forgetFrom(0);
    this.push(0, NONE_32, NONE_32);
  }

  /** Forgets all nodes but the first `count`. */
  forgetFrom(count: number): void {
    this.parent.length = this.atomOf.length = this.hider.length = count;
    this.movedIn.length = this.movedTo.length = this.decision.length = count;
  }

  /** What follows are moves by one atom. */
  startMove(): void {
    this.moves++;
  }

  /** The node of what is at `from` and has met the atom of this move: one for all that come from there. */
  after(from: number, atom: number): number {
    const { movedIn, movedTo, moves } = this;
    if (movedIn.get(from) !== moves) {
      movedIn.set(from, moves);
      movedTo.set(from, this.find(from, atom));
    }
    return movedTo.get(from);
  }

  /** Writes the atoms of a node into `atoms` from `count` on, and tells where they end. */
  atomsOf(node: number, atoms: Uint32Array, count: number): number {
    let end = count;
    for (let at = node; at !== 0; at = this.parent.get(at)) atoms[end++] = this.atomOf.get(at);
    return end;
  }

  private find(from: number, atom: number): number {
    const { hiding, hider } = this;
    if (hiding.isHidden(atom, hider.get(from))) return from;
    if (!hiding.hides(atom)) return this.push(from, atom, hider.get(from));
    if (from !== 0 && this.areHidden(from, atom)) return this.after(0, atom);
    return this.push(from, atom, Math.min(atom, hider.get(from)));
  }

  /** Do all atoms of the node mean nothing beside this one? */
  private areHidden(node: number, by: number): boolean {
    for (let at = node; at !== 0; at = this.parent.get(at)) if (!this.hiding.isHidden(this.atomOf.get(at), by)) return false;
    return true;
  }

  private push(parent: number, atom: number, hider: number): number {
    this.parent.push(parent);
    this.atomOf.push(atom);
    this.hider.push(hider);
    this.movedIn.push(0);
    this.movedTo.push(0);
    this.decision.push(NONE_32);
    return this.parent.length - 1;
  }
}
