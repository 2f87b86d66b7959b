/**
 * `npm run fuzz:parsers -- [target ...] [--inputs 1000000] [--seed N] [--block N] [--grow] [--out folder]`: every target, or those named, each in a process of its own, one after the other.
 * The same seed and corpus give the same inputs; a failure is written to the folder (default `fuzz-failures`) and named with its block, which `--block` runs alone. `--grow` adds to the
 * kept corpus what ends in a new way. Exit 1 on a failure, 2 on wrong usage.
 */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Work } from './child.ts';
import { readCorpus, writeInput } from './corpus.ts';
import { BLOCK_INPUTS } from './fuzz-block.ts';
import { shapeOf } from './target.ts';
import { TARGETS } from './targets.ts';
import { type Failure, watch } from './watchdog.ts';

/** Of failures that look alike, so many are written. */
const MOST_ALIKE = 3;
/** Bounds of the kept corpus of a target. */
const MOST_KEPT = 60;
const MOST_KEPT_BYTES = 36_000;
const LARGEST_KEPT = 2000;

const options = readOptions();
const CORPUS = resolve('test/parser-fuzz/corpus');
let failures = 0;
for (const name of options.targets) failures += await fuzz(name);
process.exitCode = failures > 0 ? 1 : 0;

async function fuzz(target: string): Promise<number> {
  const { seed, inputs, block, grow, out } = options;
  const count = Math.min(BLOCK_INPUTS, inputs);
  const work: Work = {
    target,
    corpus: CORPUS,
    seed,
    firstBlock: block ?? 0,
    blocks: block === undefined ? Math.ceil(inputs / count) : 1,
    count,
    grow,
  };
  const alike = new Map<string, number>();
  const signatures = new Map<string, Uint8Array>();
  let most = 0;
  let accepted = 0;
  const started = performance.now();
  const done = await watch(join(import.meta.dirname, 'child.js'), work, {
    onFailure: (failure) => reportFailure(target, failure, alike, out),
    onMessage: (message) => {
      if (message.say === 'done') {
        most = Math.max(most, message.signatures);
        accepted += message.accepted;
      }
      if (message.say === 'new') signatures.set(message.signature, Buffer.from(message.input, 'base64'));
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const failed = [...alike.values()].reduce((sum, each) => sum + each, 0);
  const rate = Math.round(done / seconds);
  console.log(
    `${target}: ${done} inputs (seed ${seed}) in ${seconds.toFixed(0)} s, ${rate} a second, ${percent(accepted, done)} accepted, up to ${most} signatures a block, ${failed} failures of ${alike.size} forms`,
  );
  if (grow) keep(target, signatures);
  return failed;
}

function reportFailure(target: string, { block, number, message, bytes }: Failure, alike: Map<string, number>, out: string): void {
  const form = shapeOf(message);
  const before = alike.get(form) ?? 0;
  alike.set(form, before + 1);
  if (before >= MOST_ALIKE) return;
  const path = writeInput(out, target, hashOf(bytes), bytes);
  const where = `seed ${options.seed}, block ${block}${number === undefined ? '' : `, input ${number}`}`;
  console.log(`${target}: FAILED (${where}): ${message}\n  input: ${path}`);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

/** Adds short inputs with new signatures until the corpus is full. */
function keep(target: string, signatures: ReadonlyMap<string, Uint8Array>): void {
  const kept = readCorpus(CORPUS, target);
  let bytes = kept.reduce((sum, each) => sum + each.bytes.length, 0);
  let room = MOST_KEPT - kept.length;
  const found = [...signatures.values()].filter(({ length }) => length <= LARGEST_KEPT).sort((a, b) => a.length - b.length);
  // Of many, an even choice: the shortest alone are all of one sort.
  const step = Math.max(1, found.length / Math.max(1, room));
  for (let at = 0; Math.floor(at) < found.length && room > 0; at += step) {
    const input = found[Math.floor(at)] as Uint8Array;
    if (bytes + input.length > MOST_KEPT_BYTES) continue;
    writeInput(CORPUS, target, hashOf(input), input);
    bytes += input.length;
    room--;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}

interface Options {
  readonly targets: readonly string[];
  readonly inputs: number;
  readonly seed: number;
  readonly block: number | undefined;
  readonly grow: boolean;
  readonly out: string;
}

function readOptions(): Options {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        inputs: { type: 'string', default: '100000' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fffffff)) },
        block: { type: 'string' },
        grow: { type: 'boolean', default: false },
        out: { type: 'string', default: 'fuzz-failures' },
      },
    });
    const names = TARGETS.map(({ name }) => name);
    const unknown = positionals.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new TypeError(`there is no target \`${unknown}\`, expected ${names.join(', ')}`);
    const whole = (text: string, name: string): number => {
      if (!/^[0-9]{1,10}$/.test(text)) throw new TypeError(`--${name} must be a whole number, got \`${text}\``);
      return Number(text);
    };
    return {
      targets: positionals.length > 0 ? positionals : names,
      inputs: Math.max(1, whole(values.inputs, 'inputs')),
      seed: whole(values.seed, 'seed'),
      block: values.block === undefined ? undefined : whole(values.block, 'block'),
      grow: values.grow,
      out: resolve(values.out),
    };
  } catch (error) {
    console.error(
      `fuzz:parsers: ${(error as Error).message}\nusage: npm run fuzz:parsers -- [target ...] [--inputs N] [--seed N] [--block N] [--grow] [--out folder]`,
    );
    process.exit(2);
  }
}
