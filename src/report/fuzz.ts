/**
 * A search for counterexamples -> the document `FuzzReport`, a table, and the page that is written beside the manifests of a counterexample.
 */
import type { FuzzCounterexample, FuzzedInvariant, FuzzReport } from '../invariants/fuzz-report.ts';
import type { BrokenFlow } from '../invariants/invariant.ts';
import { escapeControls } from '../lib/quote.ts';
import { caveatsOf, counterexampleLines, resultOf, sumText, whereOf } from './fuzz-words.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { formatTable } from './table.ts';
import { decidingDocument } from './test-document.ts';

/** The JSON form; `schemas/fuzz-report.schema.json`. */
export interface FuzzDocument extends DocumentHead<'FuzzReport'>, Omit<FuzzReport, 'invariants'> {
  readonly invariants: readonly object[];
}

/** `folders`: where each counterexample was written, in order of invariants. */
export function fuzzDocument(report: FuzzReport, folders: ReadonlyMap<string, string> = new Map()): FuzzDocument {
  const { invariants, ...rest } = report;
  return { ...documentHead('FuzzReport'), ...rest, invariants: invariants.map((each) => invariantDocument(each, folders.get(each.name))) };
}

function invariantDocument(each: FuzzedInvariant, folder: string | undefined): object {
  const { name, kind, origin, message, original, pairs, unknownNeighbours, counterexample } = each;
  return {
    name,
    kind,
    origin: { ...origin },
    message,
    result: resultOf(each) === 'BROKEN' ? 'broken' : resultOf(each) === 'unknown' ? 'unknown' : 'not-broken',
    original,
    pairs,
    unknownNeighbours,
    counterexample: counterexample === null ? null : counterexampleDocument(counterexample, folder),
  };
}

function counterexampleDocument({ path, mutations, changes, broken, shrunk }: FuzzCounterexample, folder: string | undefined): object {
  return { path, mutations, changes, broken: broken.map(flowDocument), shrunk, folder: folder ?? null };
}

function flowDocument({ from, to, pairs, ports, verdict, expected, flow, deciding, otherDeciding }: BrokenFlow): object {
  return {
    from,
    to,
    pairs,
    ports: { ...ports },
    verdict,
    expected,
    flow: flow === null ? null : { ...flow },
    deciding: deciding.map(decidingDocument),
    otherDeciding: otherDeciding.map(decidingDocument),
  };
}

/** A table of invariants, then each that is broken, with the changes and the connection. `again`: the command line that shows a counterexample again. */
export function formatFuzz(
  report: FuzzReport,
  {
    paint = PLAIN,
    again = () => [],
  }: {
    readonly paint?: Paint;
    readonly again?: (invariant: FuzzedInvariant, counterexample: FuzzCounterexample) => readonly string[];
  } = {},
): string {
  const { invariants } = report;
  const colour = (text: string, cell: string): string =>
    cell === 'BROKEN' ? paint.red(text) : cell === 'unknown' ? paint.yellow(text) : text;
  const table = formatTable(
    [{ header: 'RESULT', paint: colour }, { header: 'INVARIANT' }, { header: 'PAIRS', align: 'right' }, { header: '' }],
    invariants.map((each) => [resultOf(each), each.name, each.pairs === null ? '' : formatCount(each.pairs), whereOf(each)]),
    paint,
  );
  const details = invariants.flatMap((each) => {
    const { counterexample, message, name } = each;
    if (counterexample === null) return [];
    return [
      '',
      `${paint.red('BROKEN')} ${escapeControls(name)}`,
      ...(message === null ? [] : [`  ${escapeControls(message)}`]),
      ...counterexampleLines(counterexample).map((line) => `  ${escapeControls(line)}`),
      ...again(each, counterexample).map((line) => `  ${paint.dim(escapeControls(line))}`),
    ];
  });
  const sum = escapeControls(sumText(report));
  return `${[...table, ...details, '', ...caveatsOf(report).map(escapeControls), report.ok ? sum : paint.red(sum)].join('\n')}\n`;
}

/** The page beside the manifests of a counterexample. `again`: command lines that show it again. */
export function counterexamplePage(
  report: FuzzReport,
  { name, kind, message }: FuzzedInvariant,
  counterexample: FuzzCounterexample,
  again: readonly string[],
): string {
  const block = (lines: readonly string[]): string[] => [
    '```',
    ...lines.map((line) => escapeControls(line).replaceAll('```', "'''")),
    '```',
  ];
  const lines = [
    '# A cluster that breaks an invariant',
    '',
    ...block([`${kind}: ${name}`, ...(message === null ? [] : [message])]),
    '',
    'What is different from the cluster that was given, and what follows from it:',
    '',
    ...block(counterexampleLines(counterexample)),
    '',
    `${kind === 'unchanged' ? 'The whole cluster is in `own`, and in `other` with the other policies' : '`cluster.yaml` is the whole cluster'}, profile \`${escapeControls(report.profile)}\`. To see it again:`,
    '',
    ...block(again),
    '',
    ...caveatsOf(report).flatMap((line) => [...block([line]), '']),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
