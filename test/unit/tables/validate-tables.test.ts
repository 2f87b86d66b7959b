/**
 * Tables from outside: whatever their columns say, either `validateTables` refuses them, or every question can be asked without leaving a column.
 */
import { describe, expect, it } from 'vitest';
import { compile, engineFromTables } from '../../../src/engine/engine.ts';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { explainHalf } from '../../../src/evaluate/explain.ts';
import { createKernel } from '../../../src/evaluate/kernel.ts';
import { endpointName, TableNames } from '../../../src/evaluate/names.ts';
import { TableReader } from '../../../src/evaluate/reader.ts';
import { createRandom, type Random } from '../../../src/fuzz/random.ts';
import { createFlowBatch, type FlowBatch } from '../../../src/tables/flow-batch.ts';
import { NONE_32, PAGE_CELLS_32, SECTIONS, type SectionName, UNKNOWN } from '../../../src/tables/layout.ts';
import { RuleTables, TableFormatError } from '../../../src/tables/rule-tables.ts';
import { isUtf8 } from '../../../src/tables/utf8.ts';
import { validateTables } from '../../../src/tables/validate-tables.ts';
import { manifestsInBlocks, manifestsOfManyPorts } from '../../support/blocks-world.ts';
import { compiledTables } from '../../support/compiled.ts';
import { SEED } from '../../support/seed.ts';

const NAMES = Object.keys(SECTIONS) as SectionName[];
const FLOWS = 200;
const CHANGES_PER_COLUMN = 30;
const MOST_ROUNDS = 10;
const inBlocks = [manifestsInBlocks(), manifestsOfManyPorts()].map((manifests) => compile(manifests, { shared: false }).tables);
const samples = coveringSamples();
/** What has the fewest empty columns first; tables in blocks are large, and last. */
const richest = samples.toSorted((a, b) => rank(a) - rank(b));

/** Tables drawn until every column is filled in one of them: about one in ten fills the rarest. */
function coveringSamples(): readonly RuleTables[] {
  const drawn = [...inBlocks];
  for (let round = 0; round < MOST_ROUNDS && emptyEverywhere(drawn).length > 0; round++) drawn.push(...compiledTables(SEED ^ round, 40));
  return drawn;
}

function emptyEverywhere(all: readonly RuleTables[]): SectionName[] {
  return NAMES.filter((name) => all.every(({ columns }) => columns[name].length === 0));
}

/** Tables of which a column is changed. */
function changedIn(name: SectionName): readonly RuleTables[] {
  return richest.filter(({ columns }) => columns[name].length > 0).slice(0, 2);
}

function rank(tables: RuleTables): number {
  return inBlocks.includes(tables) ? NAMES.length : emptyColumns(tables);
}

function emptyColumns({ columns }: RuleTables): number {
  return NAMES.filter((name) => columns[name].length === 0).length;
}

function copyOf(tables: RuleTables): RuleTables {
  return RuleTables.from(new Uint8Array(new Uint8Array(tables.buffer)).buffer);
}

/** Asks everything that can be asked of tables, and holds every answer against its range. */
function askEverything(tables: RuleTables, random: Random): void {
  const batch = randomBatch(tables, random);
  const verdicts = new Uint8Array(FLOWS);
  const decided = { egress: new Uint32Array(FLOWS), ingress: new Uint32Array(FLOWS), verdicts: new Uint8Array(FLOWS) };
  createKernel(tables, batch, verdicts)(FLOWS);
  createDecisionKernel(tables, batch, decided)(FLOWS);
  const decisions = tables.columns.decisionVerdict.length;
  const reader = new TableReader(tables);
  const names = new TableNames(tables);
  for (let i = 0; i < FLOWS; i++) {
    const [source, destination] = [batch.source[i] as number, batch.destination[i] as number];
    expect(verdicts[i]).toBeLessThanOrEqual(UNKNOWN);
    expect(decided.verdicts[i]).toBeLessThanOrEqual(UNKNOWN);
    expect(decided.egress[i]).toBeLessThan(decisions);
    expect(decided.ingress[i]).toBeLessThan(decisions);
    for (const [direction, judged] of [
      ['egress', source],
      ['ingress', destination],
    ] as const) {
      const half = explainHalf(reader, names, direction, judged, decided[direction][i] as number);
      expect(JSON.stringify(half)).not.toContain('undefined');
      expect(half.verdict).toBeTypeOf('string');
      for (const { policy, tier, action, origin } of half.reasons) {
        for (const text of [policy.kind, policy.name, tier, action, origin.file]) expect(text).toBeTypeOf('string');
      }
    }
    expect(endpointName(tables.columns, names, source)).not.toContain('undefined');
  }
  askByAddress(tables);
}

/** Addresses at which intervals begin: they may be refused with a `RangeError`, as any unknown end, and nothing else. */
function askByAddress(tables: RuleTables): void {
  const engine = engineFromTables(tables);
  for (const ip of ['0.0.0.0', '10.0.0.1', '255.255.255.255', '::', '2001:db8::1', 'ffff::']) {
    const decision = engine.canReach({ from: { ip }, to: { ip }, protocol: 'TCP', port: 80 });
    expect(['allow', 'deny', 'unknown']).toContain(decision.verdict);
  }
}

function randomBatch({ columns }: RuleTables, random: Random): FlowBatch {
  const batch = createFlowBatch(FLOWS);
  const endpoints = columns.endpointKind.length;
  for (let i = 0; i < FLOWS; i++) {
    batch.source[i] = random.below(endpoints);
    batch.destination[i] = random.below(endpoints);
    batch.protocol[i] = random.below(3);
    batch.port[i] = 1 + random.below(65535);
  }
  return batch;
}

/** A value that an attacker would try: 0, one beside, the ends of the range, a bit, anything. */
function badValue(random: Random, was: number, length: number, highest: number): number {
  return (
    random.pick([0, was + 1, was - 1, length, length - 1, highest, highest - 1, was ^ (1 << random.below(31)), random.below(highest)]) >>> 0
  );
}

describe(`tables from outside (seed ${SEED})`, () => {
  it('are accepted as the compiler made them, and answer', () => {
    const random = createRandom(SEED);
    for (const tables of samples) {
      validateTables(tables);
      askEverything(tables, random);
    }
  });

  it('cover the columns between them', () => {
    expect(emptyEverywhere(samples)).toEqual([]);
  });

  it.each(NAMES)('are refused or harmless when a number in `%s` is another', (name) => {
    const random = createRandom(SEED ^ SECTIONS[name].id);
    const highest = { u8: 0xff, u16: 0xffff, u32: NONE_32 }[SECTIONS[name].type];
    for (const tables of changedIn(name)) {
      const copy = copyOf(tables);
      const column = copy.columns[name];
      for (let i = 0; i < CHANGES_PER_COLUMN; i++) {
        const at = random.below(column.length);
        const was = column[at] as number;
        column[at] = badValue(random, was, column.length, highest);
        const refused = isRefused(copy);
        if (!refused && i < 4) askEverything(copy, random);
        column[at] = was;
      }
    }
  });

  it.each(NAMES)('are refused or harmless when `%s` is longer, shorter, or empty', (name) => {
    const random = createRandom(SEED);
    for (const tables of changedIn(name)) {
      const column = tables.columns[name];
      const variants = [Array.from(column).slice(0, -1), [...column, column[0] ?? 0], []];
      for (const variant of variants) {
        if (variant.length === column.length) continue;
        const parts = Object.fromEntries(NAMES.map((each) => [each, tables.columns[each]]));
        const changed = RuleTables.of({ ...parts, [name]: variant }, false);
        if (!isRefused(changed)) askEverything(changed, random);
      }
    }
  });

  function isRefused(tables: RuleTables): boolean {
    try {
      validateTables(tables);
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(TableFormatError);
      return true;
    }
  }

  const INDEX_COLUMNS: readonly SectionName[] = [
    'stringStart',
    'endpointObject',
    'endpointIngressSubject',
    'endpointEgressPeer',
    'podName',
    'podEndpoint',
    'lookup4Target',
    'lookup6Target',
    'portPage',
    'portCell',
    'ingressRowBlock',
    'ingressRowPage',
    'ingressRowCell',
    'ingressVerdictRowBlock',
    'ingressVerdictRowPage',
    'ingressVerdictRowCell',
    'ingressAllowBlock',
    'ingressUnknownBlock',
    'ingressDecisionBlock',
    'ingressAllowPage',
    'ingressDecisionGroup',
    'ingressDecisionPage',
    'ingressDecisionCell',
    'egressRowBlock',
    'egressRowPage',
    'egressRowCell',
    'egressVerdictRowBlock',
    'egressVerdictRowPage',
    'egressVerdictRowCell',
    'egressAllowBlock',
    'egressUnknownBlock',
    'egressDecisionBlock',
    'egressAllowPage',
    'egressDecisionGroup',
    'egressDecisionPage',
    'egressDecisionCell',
    'ingressIsolating',
    'decisionAtomStart',
    'decisionAtom',
    'atomRule',
    'rulePolicy',
    'ruleFile',
    'policyName',
    'aimRule',
    'aimSubjectClass',
    'aimPeerClass',
    'ingressSubjectMember',
    'egressPeerMemberStart',
  ];
  it.each(INDEX_COLUMNS)('are refused when the last number of `%s` leads nowhere', (name) => {
    const tables = samples.find(({ columns }) => columns[name].length > 0) as RuleTables;
    const copy = copyOf(tables);
    copy.columns[name][copy.columns[name].length - 1] = 0xfffffffe;
    expect(() => validateTables(copy)).toThrow(TableFormatError);
    expect(() => validateTables(copy)).toThrow(`\`${name}\``);
    expect(() => validateTables(tables)).not.toThrow();
  });

  it.each(['ingressRow', 'ingressVerdictRow', 'egressRow', 'egressVerdictRow'] as const)(
    'are refused when few port classes have pages in `%sPage`, too many none, or subject classes too few cells',
    (map) => {
      const [cells, pages, blocks] = [`${map}Cell`, `${map}Page`, `${map}Block`] as const;
      const withOther = ({ columns }: RuleTables, changed: { readonly [N in SectionName]?: ArrayLike<number> }) =>
        RuleTables.of({ ...columns, ...changed }, false);
      const few = samples.find(({ columns }) => columns.portClassFirst.length <= PAGE_CELLS_32) as RuleTables;
      const many = samples.find(({ columns }) => columns[pages].length > 0 && columns[blocks].length === 0) as RuleTables;
      for (const [tables, changed, section] of [
        [few, { [cells]: few.columns[cells].slice(1) }, cells],
        [few, { [pages]: [0] }, pages],
        [few, { [blocks]: [0] }, blocks],
        [many, { [pages]: [] }, pages],
      ] as const) {
        expect(() => validateTables(withOther(tables, changed))).toThrow(TableFormatError);
        expect(() => validateTables(withOther(tables, changed))).toThrow(`\`${section}\``);
        expect(() => validateTables(withOther(tables, {}))).not.toThrow();
      }
    },
  );

  it('are refused when an address would be found in no interval, or in two', () => {
    const copy = copyOf(richest[0] as RuleTables);
    const { lookup4Start } = copy.columns;
    expect(lookup4Start.length).toBeGreaterThan(1);
    lookup4Start[0] = 1;
    expect(() => validateTables(copy)).toThrow(/`lookup4Start` is 1 at position 0, expected 0/);
    lookup4Start[0] = 0;
    lookup4Start[1] = 0;
    expect(() => validateTables(copy)).toThrow(/`lookup4Start` is 0 at position 1, expected ascending addresses/);
  });

  it('are refused when a text is not UTF-8', () => {
    const copy = copyOf(richest[0] as RuleTables);
    copy.columns.stringBytes[0] = 0xff;
    expect(() => validateTables(copy)).toThrow('string 0 of the tables is not valid UTF-8');
  });

  it('are refused when a default decides otherwise', () => {
    const copy = copyOf(richest[0] as RuleTables);
    copy.columns.decisionVerdict[2] = 1;
    expect(() => validateTables(copy)).toThrow('section `decisionVerdict` is 1 at position 2, expected 0');
  });
});

describe('isUtf8', () => {
  it.each<[boolean, number[]]>([
    [true, []],
    [true, [0x7f]],
    [true, [0xc2, 0x80]],
    [true, [0xed, 0x9f, 0xbf]],
    [true, [0xef, 0xbb, 0xbf]],
    [true, [0xf4, 0x8f, 0xbf, 0xbf]],
    [false, [0x80]],
    [false, [0xc1, 0xbf]],
    [false, [0xe0, 0x9f, 0xbf]],
    [false, [0xed, 0xa0, 0x80]],
    [false, [0xf0, 0x8f, 0xbf, 0xbf]],
    [false, [0xf4, 0x90, 0x80, 0x80]],
    [false, [0xe2, 0x82]],
    [false, [0xe2, 0x28, 0xa1]],
  ])('says %s of %j', (expected, bytes) => {
    expect(isUtf8(Uint8Array.from(bytes), 0, bytes.length)).toBe(expected);
  });

  it(`agrees with the decoder of the runtime (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const interesting = [
      0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff,
    ];
    for (let i = 0; i < 20_000; i++) {
      const bytes = Uint8Array.from({ length: 1 + random.below(5) }, () => random.pick(interesting));
      expect(isUtf8(bytes, 0, bytes.length), `${bytes}`).toBe(decodes(decoder, bytes));
    }
  });
});

function decodes(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
