/**
 * A block of inputs, the same for the same (target, corpus, seed, block): so that any input can be made again from its number. Within a block, inputs with a new signature
 * join the pool that further inputs are made from; blocks know nothing of each other.
 */
import { createRandom, type Random } from '../../src/fuzz/random.ts';
import { mutateBytes } from './mutate.ts';
import { expectThat, type Outcome, type Target } from './target.ts';

export const BLOCK_INPUTS = 10_000;
const LARGEST_INPUT = 16 * 1024;
const MOST_KEPT = 500;

/** Inputs that the target makes afresh, and how many of those stay as they are. */
const FRESH = 0.5;
const UNCHANGED = 0.65;

/** No input may take longer. */
const SLOWEST_MS = 1000;
/** Inputs that take so long are looked at for memory. */
const LOOK_AT_MEMORY_MS = 20;
const MEMORY_FACTOR = 20;
const MEMORY_FLOOR = 64 * 1024 ** 2;

export interface BlockHooks {
  /** Before an input is run. */
  before?(bytes: Uint8Array, number: number): void;
  /** After an input with a signature that the block had not seen. */
  novel?(bytes: Uint8Array, signature: string): void;
  /** At an input that breaks a promise; without this, the block ends there. */
  failed?(failure: InputFailure): void;
}

export class InputFailure extends Error {
  override readonly name = 'InputFailure';
  readonly bytes: Uint8Array;
  /** Number within the block. */
  readonly number: number;

  constructor(bytes: Uint8Array, number: number, cause: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), { cause });
    this.bytes = bytes;
    this.number = number;
  }
}

export interface BlockResult {
  readonly signatures: ReadonlySet<string>;
  /** Inputs of which the parser made something. */
  readonly accepted: number;
}

/**
 * Runs inputs `0` to `count - 1` of the block.
 * @throws {InputFailure} at the first input that breaks a promise
 */
export function fuzzBlock(
  target: Target,
  pool: readonly Uint8Array[],
  seed: number,
  block: number,
  count: number,
  hooks: BlockHooks = {},
): BlockResult {
  const random = createRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(block + 1, 0x85ebca6b)) >>> 0);
  const inputs = [...pool];
  const seen = new Set<string>();
  let accepted = 0;
  for (let number = 0; number < count; number++) {
    const bytes = nextInput(target, inputs, random);
    hooks.before?.(bytes, number);
    const outcome = attempt(target, bytes, number, hooks);
    if (outcome === undefined) continue;
    const { signature } = outcome;
    if (outcome.accepted) accepted++;
    if (seen.has(signature)) continue;
    seen.add(signature);
    if (inputs.length < pool.length + MOST_KEPT) inputs.push(bytes);
    hooks.novel?.(bytes, signature);
  }
  return { signatures: seen, accepted };
}

function attempt(target: Target, bytes: Uint8Array, number: number, { failed }: BlockHooks): Outcome | undefined {
  try {
    return runInput(target, bytes, number);
  } catch (error) {
    if (failed === undefined || !(error instanceof InputFailure)) throw error;
    failed(error);
    return undefined;
  }
}

function nextInput(target: Target, inputs: readonly Uint8Array[], random: Random): Uint8Array {
  if (inputs.length === 0 || random.chance(FRESH)) {
    const fresh = target.generate(random);
    if (random.chance(UNCHANGED)) return fresh;
    if (target.mutate !== undefined && random.chance(0.5)) return target.mutate(fresh, random);
    return mutateBytes(fresh, { random, dictionary: target.dictionary, other: fresh, largest: LARGEST_INPUT });
  }
  const bytes = random.pick(inputs);
  if (target.mutate !== undefined && random.chance(0.7)) return target.mutate(bytes, random);
  return mutateBytes(bytes, { random, dictionary: target.dictionary, other: random.pick(inputs), largest: LARGEST_INPUT });
}

/** Names that every object has; nothing that is read may add to them. */
function prototypeNames(): number {
  let names = 0;
  for (const prototype of [Object.prototype, Array.prototype, Map.prototype]) names += Reflect.ownKeys(prototype).length;
  return names;
}

/** @throws {InputFailure} when the input breaks a promise */
export function runInput(target: Target, bytes: Uint8Array, number = 0): Outcome {
  try {
    const names = prototypeNames();
    const started = performance.now();
    const before = memoryBytes();
    const outcome = target.run(bytes);
    const took = performance.now() - started;
    if (took > LOOK_AT_MEMORY_MS) {
      const most = MEMORY_FACTOR * bytes.length + MEMORY_FLOOR;
      // What the inputs before have left behind may be among it.
      const more = memoryBytes() - before <= most ? 0 : leastMemoryOfThree(() => target.run(bytes));
      expectThat(more <= most, `it took ${more} bytes of memory for ${bytes.length} bytes of input`);
    }
    if (took > SLOWEST_MS) expectThat(fastestOfThree(target, bytes) <= SLOWEST_MS, `it took ${Math.round(took)} ms`);
    expectThat(prototypeNames() === names, 'it changed a prototype that all objects share');
    return outcome;
  } catch (error) {
    throw new InputFailure(bytes, number, error);
  }
}

/** A busy machine makes one run slow, not three. */
function fastestOfThree(target: Target, bytes: Uint8Array): number {
  let fastest = Infinity;
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    target.run(bytes);
    fastest = Math.min(fastest, performance.now() - started);
  }
  return fastest;
}

/** Bytes that a run takes by itself, without what is made once and kept. A collection in between makes the figure smaller than it was: this is looked at, not a measurement. */
export function leastMemoryOfThree(run: () => unknown, memory: () => number = memoryNow): number {
  let least = Infinity;
  for (let i = 0; i < 3; i++) {
    const before = memory();
    run();
    least = Math.min(least, memory() - before);
  }
  return least;
}

let lastLook = 0;
let lastBytes = 0;

/** Asking for every input would cost more than most inputs do. */
function memoryBytes(): number {
  const now = performance.now();
  if (now - lastLook < LOOK_AT_MEMORY_MS) return lastBytes;
  lastLook = now;
  lastBytes = memoryNow();
  return lastBytes;
}

const usage = process.memoryUsage;

function memoryNow(): number {
  const { heapUsed, external } = usage();
  return heapUsed + external;
}

/** The shortest input that `keeps` what the long one did, found by leaving out pieces: at most `tries` looks. */
export function minimise(bytes: Uint8Array, keeps: (candidate: Uint8Array) => boolean, tries = 80): Uint8Array {
  let best = bytes;
  let left = tries;
  for (let piece = Math.ceil(best.length / 2); piece >= 1 && left > 0; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let at = 0; at < best.length && left > 0; ) {
      left--;
      const candidate = new Uint8Array(best.length - Math.min(piece, best.length - at));
      candidate.set(best.subarray(0, at));
      candidate.set(best.subarray(at + piece), at);
      if (keeps(candidate)) best = candidate;
      else at += piece;
    }
  }
  return best;
}
