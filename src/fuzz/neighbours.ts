/**
 * The neighbourhood of a cluster, for fast-check: lists of mutations, drawn from what policies and invariants speak of. They shrink to fewer mutations, then to simpler ones.
 */
import fc from 'fast-check';
import { type InvariantOptions, topicsOf } from '../invariants/check-invariants.ts';
import type { Invariant } from '../invariants/invariant.ts';
import type { Manifests } from '../model/resource.ts';
import { applyMutations } from '../neighbours/apply-mutations.ts';
import { DEFAULT_MUTATIONS, MUTATION_KINDS, type Mutation, type MutationKind, type Neighbour } from '../neighbours/mutation.ts';
import { Vocabulary } from '../neighbours/vocabulary.ts';
import { shortList } from './short-list.ts';

export interface NeighbourOptions extends InvariantOptions {
  /** What may happen. Default: `DEFAULT_MUTATIONS`, which leave policies and the labels of namespaces as they are. */
  readonly mutations?: readonly MutationKind[];
  /** How many mutations at once. Default 3. */
  readonly most?: number;
  /** What is going to be judged: their pods are changed more often than others, and their labels used. */
  readonly invariants?: readonly Invariant[];
}

export const DEFAULT_MOST = 3;

/**
 * Clusters beside this one: each value has the mutations, what they are in words, and the manifests.
 * @throws {RangeError} for mutations that do not exist, a number that is none, or when nothing of the cluster can be changed by them
 */
export function neighbours(manifests: Manifests, options: NeighbourOptions = {}): fc.Arbitrary<Neighbour> {
  const { mutations = DEFAULT_MUTATIONS, most = DEFAULT_MOST, invariants = [], ...how } = options;
  checkKinds(mutations);
  if (!Number.isInteger(most) || most < 1 || most > MOST_AT_ONCE)
    throw new RangeError(`\`most\` must be a whole number from 1 to ${MOST_AT_ONCE}, got \`${most}\``);
  const vocabulary = new Vocabulary(manifests, topicsOf(manifests, invariants, how));
  const choices = MUTATION_KINDS.filter((kind) => mutations.includes(kind)).flatMap((kind) => {
    const arbitrary = mutationsOf(kind, vocabulary);
    return arbitrary === undefined ? [] : [{ weight: WEIGHTS[kind], arbitrary }];
  });
  if (choices.length === 0) throw new RangeError(`nothing of the cluster can be changed by ${mutations.join(', ') || 'no mutation'}`);
  return shortList(fc.oneof(...choices), most).map((list) => printable(applyMutations(manifests, list)));
}

/** @throws {RangeError} */
export function checkKinds(mutations: readonly MutationKind[]): void {
  const wrong = mutations.find((kind) => !MUTATION_KINDS.includes(kind));
  if (wrong !== undefined) throw new RangeError(`there is no mutation \`${wrong}\`: expected some of ${MUTATION_KINDS.join(', ')}`);
}

const MOST_AT_ONCE = 20;

/** How often each is drawn. */
const WEIGHTS: Readonly<Record<MutationKind, number>> = {
  relabel: 5,
  scale: 1,
  move: 2,
  namespace: 3,
  address: 2,
  'dual-stack': 1,
  ports: 2,
  'relabel-namespace': 3,
  drop: 3,
  reorder: 2,
};

/** Undefined where there is nothing that it could change. */
function mutationsOf(kind: MutationKind, words: Vocabulary): fc.Arbitrary<Mutation> | undefined {
  if (!POLICY_KINDS.has(kind) && words.pods.length === 0) return undefined;
  switch (kind) {
    case 'relabel':
      return words.namesLabels ? podOf(words.pods, words).chain((pod) => fc.constantFrom(...words.relabelings(pod))) : undefined;
    case 'scale':
      return fc.record({ kind: fc.constant(kind), pod: podOf(words.pods, words), more: fc.integer({ min: 1, max: 3 }) });
    case 'move':
      if (words.namespaces.length < 2) return undefined;
      return fc.record({ kind: fc.constant(kind), pod: podOf(words.pods, words), namespace: fc.constantFrom(...words.namespaces) });
    case 'namespace':
      return fc
        .constantFrom(...words.namespaces, null)
        .chain((like) =>
          fc
            .oneof({ weight: 2, arbitrary: fc.constantFrom(...words.podsLike(like)) }, { weight: 1, arbitrary: podOf(words.pods, words) })
            .map((pod): Mutation => ({ kind, like, pod })),
        );
    case 'address': {
      const pods = words.addressed;
      if (pods.length === 0) return undefined;
      return fc.record({ kind: fc.constant(kind), pod: podOf(pods, words), near: fc.constantFrom(...pods) });
    }
    case 'dual-stack': {
      const pods = words.singleStack;
      return pods.length === 0 ? undefined : fc.record({ kind: fc.constant(kind), pod: podOf(pods, words) });
    }
    case 'ports': {
      const pods = words.pods.filter((pod) => words.portChanges(pod).length > 0);
      return pods.length === 0 ? undefined : podOf(pods, words).chain((pod) => fc.constantFrom(...words.portChanges(pod)));
    }
    case 'relabel-namespace': {
      const names = words.namespaces.filter((name) => words.namespaceRelabelings(name).length > 0);
      return names.length === 0
        ? undefined
        : fc.constantFrom(...names).chain((name) => fc.constantFrom(...words.namespaceRelabelings(name)));
    }
    case 'drop':
      return words.policies.length === 0 ? undefined : fc.record({ kind: fc.constant(kind), policy: fc.constantFrom(...words.policies) });
    case 'reorder':
      return words.reorderings.length === 0 ? undefined : fc.constantFrom(...words.reorderings);
  }
}

const POLICY_KINDS: ReadonlySet<MutationKind> = new Set<MutationKind>(['relabel-namespace', 'drop', 'reorder']);

/** Three of four are pods that invariants are about. */
function podOf(pods: readonly string[], { aimed }: Vocabulary): fc.Arbitrary<string> {
  const near = aimed.filter((pod) => pods.includes(pod));
  const any = fc.constantFrom(...pods);
  return near.length === 0 || near.length === pods.length
    ? any
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...near) }, { weight: 1, arbitrary: any });
}

/** What fast-check prints of it in a failure. */
function printable(neighbour: Neighbour): Neighbour {
  return Object.defineProperty({ ...neighbour }, fc.toStringMethod, { value: () => neighbour.changes.join('; ') || 'no change' });
}
