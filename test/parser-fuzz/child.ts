/**
 * A process that runs blocks of inputs and says on standard output how far it is, one JSON line a message, written at once: whatever kills this process, what it said before
 * is known. The parent (`watchdog.ts`) starts it with one argument, the work as JSON.
 */
import { ftruncateSync, openSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { readCorpus } from './corpus.ts';
import { fuzzBlock, minimise, runInput } from './fuzz-block.ts';
import { type Target, textOf } from './target.ts';
import { TARGETS } from './targets.ts';
import { TROUBLE } from './trouble.ts';

/** What the child is to do. */
export interface Work {
  readonly target: string;
  readonly corpus: string;
  readonly seed: number;
  readonly firstBlock: number;
  readonly blocks: number;
  /** Inputs of each block. */
  readonly count: number;
  /** A file for the input that is running, when it must be known which one that was. */
  readonly trace?: string;
  /** Say every input that is new, made short. */
  readonly grow: boolean;
}

/** What the child says. Bytes are in base64. */
export type Message =
  | { readonly say: 'alive' }
  | { readonly say: 'done'; readonly block: number; readonly signatures: number; readonly accepted: number }
  | { readonly say: 'failed'; readonly block: number; readonly number: number; readonly message: string; readonly input: string }
  | { readonly say: 'new'; readonly signature: string; readonly input: string };

const ALIVE_EVERY_MS = 250;

function say(message: Message): void {
  const line = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < line.length; ) at += writeSync(1, line, at);
}

const work = JSON.parse(process.argv[2] ?? '') as Work;
const target = [...TARGETS, TROUBLE].find(({ name }) => name === work.target);
if (target === undefined) throw new RangeError(`there is no target \`${work.target}\``);
await run(target);

async function run(target: Target): Promise<void> {
  const pool = [...target.seeds(), ...readCorpus(work.corpus, target.name).map(({ bytes }) => bytes)];
  const trace = work.trace === undefined ? undefined : openSync(work.trace, 'w');
  const known = new Set<string>();
  let alive = Number.NEGATIVE_INFINITY;
  for (let block = work.firstBlock; block < work.firstBlock + work.blocks; block++) {
    const { signatures, accepted } = fuzzBlock(target, pool, work.seed, block, work.count, {
      before(bytes) {
        if (trace !== undefined) {
          ftruncateSync(trace);
          writeSync(trace, bytes, 0, bytes.length, 0);
        }
        const now = performance.now();
        if (now - alive > ALIVE_EVERY_MS) {
          say({ say: 'alive' });
          alive = now;
        }
      },
      failed: ({ bytes, number, message }) => say({ say: 'failed', block, number, message: message.slice(0, 2000), input: base64(bytes) }),
      novel(bytes, signature) {
        if (!work.grow || known.has(signature)) return;
        known.add(signature);
        say({ say: 'new', signature, input: base64(shortened(target, bytes, signature)) });
      },
    });
    // What an input left behind, a rejection that nobody handles, must come out before the block counts as done.
    await setImmediate();
    say({ say: 'done', block, signatures: signatures.size, accepted });
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** The shortest input found with the same signature. */
function shortened(target: Target, bytes: Uint8Array, signature: string): Uint8Array {
  const isText = textOf(bytes) !== undefined;
  return minimise(bytes, (candidate) => {
    try {
      return (!isText || textOf(candidate) !== undefined) && runInput(target, candidate).signature === signature;
    } catch {
      return false;
    }
  });
}
