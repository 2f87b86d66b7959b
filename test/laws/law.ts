/**
 * A law: a relation between the verdicts of related worlds, as data, and the engine that drives all of them. A law is drawn, checked, counted where its precondition is not
 * void, and shown to be able to fail: its foil is the same law with one thing done wrong.
 */
import fc from 'fast-check';
import { checkProperty } from '../support/check.ts';
import { SEED } from '../support/seed.ts';
import { engineLab, type Lab, referenceLab } from './lab.ts';

/** False: the precondition was void for this instance, or there was no flow to look at. `moved`: the law held, and some verdict changed. Throws where the law does not hold. */
export type Check<I> = (instance: I, lab: Lab) => boolean | 'moved';

export interface Law<I> {
  /** As in the catalogue, for instance `N5`. */
  readonly id: string;
  /** One line of algebra. */
  readonly law: string;
  readonly precondition: string;
  readonly instance: fc.Arbitrary<I>;
  readonly check: Check<I>;
  /** What is done wrong, and the check that does it. */
  readonly foil: { readonly wrong: string; readonly check: Check<I> };
  readonly print: (instance: I) => string;
  /** Say so where the law is not about verdicts, so that there is nothing to ask the reference. */
  readonly engineOnly?: boolean;
  /** The law is about which way verdicts change, so it says something only of instances where one does. */
  readonly moves?: boolean;
}

/** Laws over different instances in one list. */
// biome-ignore lint/suspicious/noExplicitAny: a list of laws holds laws of every instance type, each used only with its own
export type AnyLaw = Law<any>;

/** Non-vacuous instances of each law. */
export const INSTANCES = Number(process.env.NETPOLSIM_LAW_INSTANCES ?? '500');
/** How many times as many instances are drawn at most. */
const MOST_VOID = 8;
const CHUNK = 250;
/** One instance in this many is checked with the reference too; the next one where the reference has no flow to look at. */
const REFERENCE_EVERY = 20;
/** Instances that the reference must at least have checked; void ones are why it is not exactly one in REFERENCE_EVERY. */
export const REFERENCE_INSTANCES = Math.floor(INSTANCES * 0.04);
/** Instances that must at least have changed a verdict, of laws that are about changes. */
export const MOVED_INSTANCES = Math.floor(INSTANCES / 50);
/** A foil must be noticed within this many instances. */
export const FOIL_INSTANCES = 1500;

export interface Tally {
  readonly id: string;
  readonly checked: number;
  readonly void: number;
  readonly withReference: number;
  /** Instances that changed a verdict; undefined where the law is not about changes. */
  readonly moved: number | undefined;
}

/** Instances of one generator, in chunks; chunk k is what the seed SEED + k gives. Laws that share a generator share its instances, and what was compiled of them. */
class Instances<I> {
  private readonly arbitrary: fc.Arbitrary<I>;
  private chunk: readonly I[] = [];
  private number = -1;
  constructor(arbitrary: fc.Arbitrary<I>) {
    this.arbitrary = arbitrary;
  }
  get(index: number, base: number): { instance: I; seed: number } {
    const number = Math.floor(index / CHUNK);
    const seed = (base + number) % 0x7fffffff;
    // Only the first chunks are worth keeping; a long run draws afresh.
    if (number < KEPT_CHUNKS) {
      const kept = this.kept.get(seed) ?? draw(this.arbitrary, seed);
      this.kept.set(seed, kept);
      return { instance: kept[index % CHUNK]!, seed };
    }
    if (number !== this.number) [this.chunk, this.number] = [draw(this.arbitrary, seed), number];
    return { instance: this.chunk[index % CHUNK]!, seed };
  }
  private readonly kept = new Map<number, readonly I[]>();
}

const KEPT_CHUNKS = 3;

/** What `checkProperty` would check with this seed, in order. */
function draw<I>(arbitrary: fc.Arbitrary<I>, seed: number): I[] {
  const drawn: I[] = [];
  const record = fc.property(arbitrary, (instance) => {
    drawn.push(instance);
  });
  fc.check(record, { seed, numRuns: CHUNK });
  return drawn;
}

const pools = new Map<unknown, Instances<unknown>>();

function instancesOf<I>({ instance }: Law<I>): Instances<I> {
  const pool = pools.get(instance) ?? new Instances(instance as fc.Arbitrary<unknown>);
  pools.set(instance, pool);
  return pool as Instances<I>;
}

/** Checks a law until `wanted` instances were not void. @throws {Error} with the shrunk counterexample */
export function checkLaw<I>(law: Law<I>, wanted: number, file: string, base = SEED): Tally {
  const instances = instancesOf(law);
  let [checked, withReference, moved, drawn] = [0, 0, 0, 0];
  const ask = (instance: I, seed: number, lab: Lab) => {
    try {
      return law.check(instance, lab);
    } catch (error) {
      return explain(law, lab, seed, file, error);
    }
  };
  // Which instances the reference gets depends on their chunk alone, so that the seed of a chunk replays them.
  let [ofChunk, referenceOfChunk] = [0, 0];
  for (; checked < wanted && drawn < wanted * MOST_VOID; drawn++) {
    if (drawn % CHUNK === 0) [ofChunk, referenceOfChunk] = [0, 0];
    const { instance, seed } = instances.get(drawn, base);
    const met = ask(instance, seed, engineLab);
    if (met === false) continue;
    checked++;
    if (met === 'moved') moved++;
    const isDue = referenceOfChunk * REFERENCE_EVERY <= ofChunk++;
    if (law.engineOnly || !isDue || ask(instance, seed, referenceLab) === false) continue;
    withReference++;
    referenceOfChunk++;
  }
  return { id: law.id, checked, void: drawn - checked, withReference, moved: law.moves ? moved : undefined };
}

/** The failure again, shrunk, with the line that replays it. */
function explain<I>(law: Law<I>, lab: Lab, seed: number, file: string, error: unknown): never {
  checkProperty(law.instance, (instance) => void law.check(instance, lab), {
    runs: CHUNK,
    seed,
    file,
    replay: `law ${law.id} (${law.law}) does not hold for the ${lab.name}; replay: NETPOLSIM_SEED=${seed} npx vitest run ${file} -t "${law.id}:"`,
    print: law.print,
  });
  // It failed once and not again: state that outlives an instance is a defect of its own.
  throw new Error(`law ${law.id} failed for the ${lab.name} and held when it was checked again (seed ${seed})`, { cause: error });
}

/** How many instances it takes until the foil is noticed; undefined when it is not. */
export function noticed<I>(law: Law<I>): number | undefined {
  const instances = instancesOf(law);
  for (let i = 0; i < FOIL_INSTANCES; i++) {
    try {
      law.foil.check(instances.get(i, SEED).instance, engineLab);
    } catch (error) {
      if (error instanceof LawBroken) return i + 1;
      throw error;
    }
  }
  return undefined;
}

/** Says that a law does not hold: anything else that is thrown is a defect of the test or a crash of the engine. */
export class LawBroken extends Error {}

export function describeTallies(tallies: readonly Tally[]): string {
  const share = (part: number, all: number) => `${((100 * part) / Math.max(1, all)).toFixed(0)} %`;
  return tallies
    .map(({ id, checked, void: none, withReference, moved }) => {
      const changes = moved === undefined ? '' : `, ${share(moved, checked)} change a verdict`;
      return `${id}: ${checked} instances, ${share(none, checked + none)} void, ${withReference} with the reference${changes}`;
    })
    .join('\n');
}
