/**
 * Bytes made to blow up: what is in memory while they are decoded stays below 20 times their size and 64 MB (`node` needs some of that to collect at all).
 * Each kind runs in a process of its own with a heap of that size, on the built package, so that going over is a crash and not a number near a limit.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delimited, number, repeated } from '../../support/wire-bytes.ts';

const SIZE_BYTES = 5_000_000;
const AMPLIFICATION = 20;
const ALLOWANCE_MB = 64;

const built = fileURLToPath(new URL('../../../dist/wire/', import.meta.url));
const VERSION = number(1, 1);
const ORIGIN = [...number(1, 0), ...number(2, 0), ...number(3, 0)];
const minimalPod = [...number(1, 0), ...number(2, 0), ...number(3, 0), ...number(6, 0), ...delimited(9, ORIGIN)];
const selector: number[] = [];
const podMatch = [...number(1, 0), ...delimited(3, selector)];
const ref = [...number(1, 0), ...number(3, 0)];
const ruleHead = [...number(1, 1), ...number(2, 1), ...number(7, 0), ...delimited(8, ORIGIN)];
const policyHead = [...delimited(1, ref), ...delimited(2, ORIGIN), ...number(4, 0), ...number(5, 0)];
const policySetHead = [...VERSION, ...delimited(2, 'ab'), ...number(4, 1)];

/** A message whose only large part is a list, wrapped in messages on the way out. `head` stands before the list. */
function wrapped(list: Uint8Array, ...levels: readonly (readonly [head: readonly number[], field: number])[]): Uint8Array {
  return levels.reduce<Uint8Array>((inner, [head, field]) => {
    const prefix = [...head, ...tagAndLength(field, inner.length)];
    const outer = new Uint8Array(prefix.length + inner.length);
    outer.set(prefix);
    outer.set(inner, prefix.length);
    return outer;
  }, list);
}

function tagAndLength(field: number, length: number): number[] {
  const bytes: number[] = [field * 8 + 2];
  let rest = length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const tierHead = [...number(1, 0), ...number(2, 1)];
const inTier: readonly (readonly [readonly number[], number])[] = [
  [tierHead, 3],
  [policySetHead, 3],
];
const inPolicy: typeof inTier = [[[...policyHead, ...delimited(3, podMatch)], 6], ...inTier];
const requirement = delimited(1, [...number(1, 0), ...number(2, 3)]);
const peer = delimited(1, delimited(1, podMatch));
const block = [...delimited(1, [...delimited(1, [0, 0, 0, 0]), ...number(2, 0)])];
const rule = [...ruleHead, ...delimited(3, []), ...delimited(5, [])];
const policy = [...policyHead, ...delimited(3, podMatch)];

/** What is said when the list was read whole and does not hold together; a message without its fields is refused before. */
const READ_WHOLE = /^(decoded$|WireFormatError: (pod|namespace|there are) )/;
const REFUSED_AT_ONCE = /^WireFormatError: (Pod|Tier) has no /;

/** A report without flows that has one large list in message field 10 (rule counters) or 11 (denied pairs). */
function report(field: 10 | 11, part: number[], head: number[]): Uint8Array {
  const counts = [...double(1), ...double(2), ...double(3)];
  const fields = [
    [
      ...VERSION,
      ...delimited(2, 'ab'),
      ...number(3, 0),
      ...double(4),
      ...double(5),
      ...number(6, 3),
      ...delimited(7, counts),
      ...delimited(8, counts),
    ],
    delimited(
      9,
      [1, 2, 3].flatMap((protocol) => delimited(protocol, counts)),
    ),
    delimited(field === 10 ? 11 : 10, field === 10 ? number(1, 1) : []),
    delimited(12, [...double(1), ...[2, 3, 4, 5].flatMap((each) => number(each, 0))]),
    delimited(13, [...number(1, 1), ...double(2), ...double(3)]),
  ];
  return wrapped(repeated(head, part, SIZE_BYTES), [fields.flat(), field]);
}

/** A field with the double 0. */
function double(field: number): number[] {
  return [field * 8 + 1, 0, 0, 0, 0, 0, 0, 0, 0];
}

const CASES: readonly (readonly [title: string, decode: 'cluster' | 'policy' | 'report', outcome: RegExp, bytes: () => Uint8Array])[] = [
  ['5 million empty pods', 'cluster', REFUSED_AT_ONCE, () => repeated(VERSION, delimited(5, []), 2 * SIZE_BYTES)],
  ['the smallest pods', 'cluster', READ_WHOLE, () => repeated([...VERSION, ...delimited(2, 'ab')], delimited(5, minimalPod), SIZE_BYTES)],
  [
    'the smallest nodes',
    'cluster',
    READ_WHOLE,
    () => repeated([...VERSION, ...delimited(2, 'ab')], delimited(6, number(1, 0)), SIZE_BYTES),
  ],
  [
    'the smallest namespaces',
    'cluster',
    READ_WHOLE,
    () => repeated([...VERSION, ...delimited(2, 'ab')], delimited(4, [...number(1, 0), ...number(2, 0)]), SIZE_BYTES),
  ],
  [
    'the smallest label sets',
    'cluster',
    READ_WHOLE,
    () => repeated([...VERSION, ...delimited(2, 'ab')], delimited(3, delimited(1, new Array<number>(8).fill(0))), SIZE_BYTES),
  ],
  ['empty strings', 'cluster', READ_WHOLE, () => repeated(VERSION, delimited(2, []), SIZE_BYTES)],
  ['short strings', 'cluster', READ_WHOLE, () => repeated(VERSION, delimited(2, 'ab'), SIZE_BYTES)],
  ['empty tiers', 'policy', REFUSED_AT_ONCE, () => repeated(policySetHead, delimited(3, []), SIZE_BYTES)],
  ['the smallest tiers', 'policy', READ_WHOLE, () => repeated(policySetHead, delimited(3, [...number(1, 0), ...number(2, 1)]), SIZE_BYTES)],
  ['the smallest policies', 'policy', READ_WHOLE, () => wrapped(repeated(tierHead, delimited(3, policy), SIZE_BYTES), [policySetHead, 3])],
  ['the smallest rules', 'policy', READ_WHOLE, () => wrapped(repeated(policy, delimited(6, rule), SIZE_BYTES), ...inTier)],
  [
    'one rule of the smallest peers',
    'policy',
    READ_WHOLE,
    () => wrapped(repeated([], peer, SIZE_BYTES), [[...ruleHead, ...delimited(5, [])], 4], ...inPolicy),
  ],
  [
    'one subject of the smallest requirements',
    'policy',
    READ_WHOLE,
    () => wrapped(repeated([], requirement, SIZE_BYTES), [number(1, 0), 3], [policyHead, 3], ...inTier),
  ],
  [
    'one block of exceptions',
    'policy',
    READ_WHOLE,
    () =>
      wrapped(
        repeated(block, delimited(2, [...delimited(1, [0, 0, 0, 0]), ...number(2, 0)]), SIZE_BYTES),
        [[], 2],
        [[], 1],
        [[...ruleHead, ...delimited(5, [])], 4],
        ...inPolicy,
      ),
  ],
  ['policies that were never hit', 'report', READ_WHOLE, () => report(10, delimited(4, ref), [])],
  [
    'the smallest denied pairs',
    'report',
    READ_WHOLE,
    () => report(11, delimited(2, [...number(1, 0), ...number(2, 0), ...double(3)]), number(1, 1)),
  ],
];

const SCRIPT = `
const { readFileSync } = await import('node:fs');
const [kind, file, folder] = process.argv.slice(2);
const { decodeCluster } = await import(folder + 'cluster.js');
const { decodePolicySet } = await import(folder + 'policy.js');
const { decodeReport } = await import(folder + 'report.js');
try {
  ({ cluster: decodeCluster, policy: decodePolicySet, report: decodeReport })[kind](readFileSync(file));
  console.log('decoded');
} catch (error) {
  console.log(error.name + ': ' + error.message);
}
`;

// The package is built before the tests run (npm test).
describe('memory of hostile bytes', () => {
  let folder: string;
  beforeAll(() => {
    if (!existsSync(join(built, 'policy.js'))) throw new Error('dist is not built: `npm run build`');
    folder = mkdtempSync(join(tmpdir(), 'netpolsim-wire-'));
    writeFileSync(join(folder, 'decode.mjs'), SCRIPT);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(CASES)('%s', (title, kind, outcome, bytes) => {
    const input = bytes();
    const file = join(folder, 'input.bin');
    writeFileSync(file, input);
    const heapMb = Math.floor((AMPLIFICATION * input.length) / 1_000_000) + ALLOWANCE_MB - 20;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        `--max-old-space-size=${heapMb}`,
        '--disallow-code-generation-from-strings',
        '--disable-proto=delete',
        join(folder, 'decode.mjs'),
        kind,
        file,
        built,
      ],
      { encoding: 'utf8' },
    );
    expect(stdout.trim(), `${title} with a heap of ${heapMb} MB\n${stderr.slice(0, 2000)}`).toMatch(outcome);
  });
});
