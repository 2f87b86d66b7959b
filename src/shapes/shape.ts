/**
 * The shape of a cluster: a small specification (`datasets/shapes/*.json`), from which clusters of that kind are made. In comes a document that was parsed already, out
 * comes a shape, or every problem at once. The same shape and seed give the same objects on every machine.
 *
 *   { "name": "kube-burner-example", "generator": "kube-burner", "about": "…", "source": "…", "seed": 1,
 *     "published": { … what the source says … }, "assumed": { … what it leaves open … } }
 */
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import { checkNames, isRecord, text, whole } from './fields.ts';
import type { Plan, ShapeUpdate, Sizes } from './generator.ts';
import { GENERATORS } from './generators/registry.ts';
import type { KubernetesObject } from './objects.ts';

export interface Shape {
  readonly name: string;
  readonly about: string;
  /** Where the numbers come from. */
  readonly source: string;
  /** Used where none is given. */
  readonly seed: number;
  /** Of the whole cluster. Where a seed chooses between sizes, the largest. */
  readonly sizes: Sizes;
  /** Does it say what changes afterwards? */
  readonly changes: boolean;
  /** The generator with its parameters. */
  readonly plan: Plan;
}

export interface ShapeOptions {
  /** 0..2^53 - 1. Default: the shape's own. */
  readonly seed?: number;
  /** A part of the size, in (0, 1]. Default 1. */
  readonly scale?: number;
}

/** Thrown for a specification that cannot be used. One line for each problem: where in the document, what was found, what is expected. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the shape cannot be used: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

const FIELDS = ['name', 'about', 'source', 'generator', 'seed', 'published', 'assumed'];
const MOST_PROBLEMS = 20;

/**
 * Reads the specification of a shape.
 * @throws {ShapeError} with every problem that was found
 */
export function parseShape(document: unknown): Shape {
  if (!isRecord(document)) throw new ShapeError(['expected an object']);
  const problems: string[] = [];
  const read = {
    name: text(document.name, 'name', problems),
    about: text(document.about, 'about', problems),
    source: text(document.source, 'source', problems),
    seed: whole(0, Number.MAX_SAFE_INTEGER)(document.seed, 'seed', problems),
  };
  checkNames(document, FIELDS, '', problems);
  const plan = planOf(document, problems);
  if (plan === undefined || problems.length > 0) throw new ShapeError(problems.slice(0, MOST_PROBLEMS));
  return { ...read, sizes: plan.sizes, changes: plan.updates !== undefined, plan };
}

function planOf(document: Readonly<Record<string, unknown>>, problems: string[]): Plan | undefined {
  const { generator } = document;
  const found = typeof generator === 'string' ? GENERATORS.get(generator) : undefined;
  if (found !== undefined) return found(document, problems);
  const near = typeof generator === 'string' ? nearest(generator, GENERATORS.keys()) : undefined;
  const hint =
    near === undefined ? `expected one of ${[...GENERATORS.keys()].map((name) => `\`${name}\``).join(', ')}` : `did you mean \`${near}\`?`;
  problems.push(
    typeof generator === 'string' ? `\`generator\`: there is no generator ${quote(generator)}: ${hint}` : `\`generator\`: ${hint}`,
  );
  return undefined;
}

/**
 * The objects of a cluster of this shape, one after the other: namespaces, nodes, pods, policies. `manifestsFromObjects([...shapeObjects(shape)])` reads them.
 * @throws {RangeError} for a seed or a scale that is out of range, and while the objects are made, when a specification asks for what there is not enough of
 */
export function shapeObjects(shape: Shape, options: ShapeOptions = {}): Iterable<KubernetesObject> {
  const { plan, seed } = settle(shape, options);
  return plan.objects(seed);
}

/**
 * What changes after `shapeObjects` with the same options, in order.
 * @throws {RangeError} as `shapeObjects`, and for a shape that does not change
 */
export function shapeUpdates(shape: Shape, options: ShapeOptions = {}): Iterable<ShapeUpdate> {
  const { plan, seed } = settle(shape, options);
  if (plan.updates === undefined) throw new RangeError(`the shape ${quote(shape.name)} does not change`);
  return plan.updates(seed);
}

function settle(shape: Shape, { seed = shape.seed, scale = 1 }: ShapeOptions): { plan: Plan; seed: number } {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed must be a whole number in 0..2^53 - 1, got \`${seed}\``);
  if (!(scale > 0 && scale <= 1)) throw new RangeError(`scale must be above 0 and at most 1, got \`${scale}\``);
  return { plan: shape.plan.scaled(scale), seed };
}
