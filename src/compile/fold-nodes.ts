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
  /** The last node on the way here, itself included, whose atom hides what those before it do not, or 0. Its parent leads to the one before: they are of different tiers. */
  private readonly hider = new GrowableUint32();
  /** Numbers of nodes are given again, these are not. */
  private readonly made = new GrowableUint32();
  private madeSoFar = 0;
  /** Where `after` last led from each node, and what was made then: peer classes that are moved one after the other have often met the same. */
  private readonly lastAfter = new GrowableUint32();
  private readonly lastMade = new GrowableUint32();
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
    this.madeSoFar = 0;
    this.add(0, NONE_32, 0);
  }

  /** Forgets all nodes but the first `count`. */
  forgetFrom(count: number): void {
    this.parent.length = this.atomOf.length = this.hider.length = this.decision.length = count;
    this.made.length = this.lastAfter.length = this.lastMade.length = count;
  }

  /** The node of what is at `from` and has met the atom. */
  after(from: number, atom: number): number {
    const { atomOf, made, lastAfter, lastMade } = this;
    const known = lastAfter.get(from);
    if (known < made.length && made.get(known) === lastMade.get(from) && atomOf.get(known) === atom) return known;
    if (this.isHidden(from, atom)) return from;
    const node = this.make(from, atom);
    lastAfter.set(from, node);
    lastMade.set(from, made.get(node));
    return node;
  }

  private make(from: number, atom: number): number {
    const hidesMore = this.hidesMore(from, atom);
    const kept = hidesMore ? this.without(from, atom) : from;
    return kept === from ? this.add(from, atom, hidesMore ? this.count : this.hider.get(from)) : this.after(kept, atom);
  }

  /** Writes the atoms of a node into `atoms` from `count` on, and tells where they end. */
  atomsOf(node: number, atoms: Uint32Array, count: number): number {
    let end = count;
    for (let at = node; at !== 0; at = this.parent.get(at)) atoms[end++] = this.atomOf.get(at);
    return end;
  }

  /** Does the atom mean nothing beside those of the node? Few of them hide others: what one of a tier hides is left out, the hiders of that tier behind it too. */
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
    this.made.push(++this.madeSoFar);
    this.lastAfter.push(NONE_32);
    this.lastMade.push(0);
    this.decision.push(NONE_32);
    return this.parent.length - 1;
  }
}
