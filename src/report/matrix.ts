/**
 * A reachability matrix -> text in any of its formats, piece by piece: nothing of a piece is kept when the next is asked for.
 */
import { escapeControls } from '../lib/quote.ts';
import type { MatrixEnd, MatrixOptions, MatrixRow, PortVerdicts, ReachabilityMatrix } from '../matrix/matrix.ts';
import { csvCell } from './csv.ts';
import { type DocumentHead, documentHead, jsonText } from './json.ts';
import { code } from './markdown-words.ts';
import { endText, openText, portTexts } from './matrix-words.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { type Column, formatTable } from './table.ts';
import { plural } from './words.ts';

export const MATRIX_FORMATS = ['table', 'wide', 'json', 'ndjson', 'csv', 'md', 'dot'] as const;
export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

/** The JSON form; `schemas/reachability-matrix.schema.json`. */
export interface MatrixDocument extends DocumentHead<'ReachabilityMatrix'> {
  readonly profile: string;
  readonly by: ReachabilityMatrix['by'];
  readonly focus: string | null;
  readonly chosen: string | null;
  readonly direction: 'ingress' | 'egress' | null;
  readonly protocol: string | null;
  readonly port: number | null;
  readonly nodes: boolean;
  readonly peers: 'pods' | 'outside' | null;
  readonly denied: boolean;
  readonly exposure: boolean;
  readonly unreadable: readonly string[];
  readonly rows: readonly MatrixRowDocument[];
  readonly counts: { readonly rows: number; readonly unknown: number; readonly some: number };
}

/** A row; a line of NDJSON. */
export type MatrixRowDocument = Omit<MatrixRow, 'ports'> & PortVerdicts;

/** `options`: those that the matrix was made with. */
export function* formatMatrix(
  matrix: ReachabilityMatrix,
  options: MatrixOptions,
  format: MatrixFormat,
  paint: Paint = PLAIN,
): Generator<string, void, undefined> {
  switch (format) {
    case 'table':
    case 'wide':
      return yield* tableOf(matrix, options, format === 'wide', paint);
    case 'json':
      return yield* jsonOf(matrix, options);
    case 'ndjson':
      return yield* linesOf(matrix);
    case 'csv':
      return yield* csvOf(matrix);
    case 'md':
      return yield* markdownOf(matrix, options);
    case 'dot':
      return yield* dotOf(matrix);
  }
}

class Counts {
  rows = 0;
  unknown = 0;
  some = 0;
  /** Rows about future pods, and those with ports by name. */
  future = 0;
  named = 0;

  add({ from, to, ports }: MatrixRow): void {
    const named = ports.named ?? [];
    this.rows++;
    if (ports.unknown.length > 0 || named.some(({ verdicts }) => verdicts.join() === 'unknown')) this.unknown++;
    if (ports.some.length > 0 || named.some(({ verdicts }) => verdicts.length > 1)) this.some++;
    if (from.kind === 'futurePods' || to.kind === 'futurePods') this.future++;
    if (named.length > 0) this.named++;
  }
}

/** Rows whose columns have one width. */
const ROWS_OF_A_PIECE = 5000;

function* tableOf(matrix: ReachabilityMatrix, options: MatrixOptions, isWide: boolean, paint: Paint): Generator<string> {
  const columns: Column[] = (isWide ? ['FROM', 'TO', 'ALLOW', 'UNKNOWN', 'SOME PAIRS', 'DENY', 'PAIRS'] : ['FROM', 'TO', 'PORTS']).map(
    (header) => (header === 'PAIRS' ? { header, align: 'right' } : { header }),
  );
  yield `${paint.bold(headingOf(matrix))}: ${escapeControls(titleOf(matrix, options))}\n\n`;
  const counts = new Counts();
  let cells: string[][] = [];
  let isFirst = true;
  const piece = (): string => {
    const lines = formatTable(columns, cells, paint);
    cells = [];
    const text = isFirst ? lines : lines.slice(1);
    isFirst = false;
    return text.map((line) => `${line}\n`).join('');
  };
  for (const row of matrix.rows()) {
    counts.add(row);
    cells.push(isWide ? wideCells(row) : [endText(row.from, true), endText(row.to, true), portsText(row)]);
    if (cells.length === ROWS_OF_A_PIECE) yield piece();
  }
  if (counts.rows > 0 && cells.length > 0) yield piece();
  yield notes(matrix, options, counts)
    .map((note) => `${paint.dim(escapeControls(note))}\n`)
    .join('');
}

function wideCells(row: MatrixRow): string[] {
  const { allow, unknown, some, deny } = portTexts(row.ports);
  return [endText(row.from, false), endText(row.to, false), `${allow}${unprotectedText(row)}`, unknown, some, deny, formatCount(row.pairs)];
}

function portsText(row: MatrixRow): string {
  return `${openText(row.ports)}${unprotectedText(row)}`;
}

function unprotectedText({ unprotected }: MatrixRow): string {
  if (unprotected === undefined) return '';
  return unprotected === 'no-policy' ? ' (no policy)' : ' (host network: no policy applies)';
}

function headingOf({ exposure }: ReachabilityMatrix): string {
  return exposure ? 'Exposure' : 'Reachability';
}

function titleOf({ by, profile }: ReachabilityMatrix, { focus, chosen, direction, protocol, port, peers }: MatrixOptions): string {
  const near = chosen === undefined ? focus : `pods with ${chosen.by}`;
  const parts = [
    `by ${by}, profile ${profile}`,
    ...(near === undefined
      ? direction === undefined
        ? []
        : [direction]
      : [direction === undefined ? `from and to ${near}` : `${direction === 'egress' ? 'from' : 'to'} ${near}`]),
    ...(port === undefined ? (protocol === undefined ? [] : [protocol]) : [`${protocol ?? 'port'} ${port}`]),
    ...(peers === undefined ? [] : [peers === 'pods' ? 'pods only' : 'pods and addresses outside only']),
  ];
  return parts.join(', ');
}

function notes(
  { unreadable, exposure }: ReachabilityMatrix,
  { nodes = false, denied = false, peers }: MatrixOptions,
  counts: Counts,
): string[] {
  const rows = plural(formatCount(counts.rows), 'row');
  const notRead = unreadable.length > 0 ? [`not known, as they could not be read: addresses of ${unreadable.join(', ')}`] : [];
  if (exposure) return [`${rows}; what no row says is denied`, ...exposureNotes(counts), ...notRead];
  return [
    denied ? `${rows}; ports without a word are denied` : `${rows}; pairs and ports without a word are denied`,
    ...(counts.some > 0 ? ['some pairs: the pods (or address families) that a row stands for differ; `--by pod` tells pods apart'] : []),
    ...(nodes || peers !== undefined ? [] : ['nodes are left out (`--nodes`)']),
    ...notRead,
  ];
}

function exposureNotes({ some, named, future }: Counts): string[] {
  return [
    ...(future > 0
      ? [
          '`any pod` and `pods …`: whoever fits, now or later, in any namespace; who fits several rows gets all of them, as far as its own policies let it',
        ]
      : []),
    ...(some > 0 ? ['some pairs: the pods (or address families) that a row stands for differ; `--by pod` tells pods apart'] : []),
    ...(named > 0 ? ['by name: the port that the other pod calls so, whichever number it has'] : []),
  ];
}

/** Texts of ends and ports, each made once: many rows have the same. */
class Texts<T extends object> {
  private readonly known = new WeakMap<T, string>();
  private readonly make: (of: T) => string;

  constructor(make: (of: T) => string) {
    this.make = make;
  }

  of(thing: T): string {
    let text = this.known.get(thing);
    if (text === undefined) {
      text = this.make(thing);
      this.known.set(thing, text);
    }
    return text;
  }
}

/** Rows as JSON, each on one line. */
function rowWriter(): (row: MatrixRow) => string {
  const ends = new Texts<MatrixEnd>((end) => jsonText(end));
  const ports = new Texts<PortVerdicts>(({ allow, unknown, some, deny, named }) =>
    jsonText({ allow, unknown, some, deny, ...(named === undefined ? {} : { named }) }).slice(1, -1),
  );
  return ({ from, to, ports: verdicts, pairs, unprotected }) => {
    const why = unprotected === undefined ? '' : `,"unprotected":${jsonText(unprotected)}`;
    return `{"from":${ends.of(from)},"to":${ends.of(to)},${ports.of(verdicts)},"pairs":${pairs}${why}}`;
  };
}

function* jsonOf(matrix: ReachabilityMatrix, options: MatrixOptions): Generator<string> {
  const { focus = null, chosen, direction = null, protocol = null, port = null, nodes = false, peers = null, denied = false } = options;
  const { profile, by, unreadable, exposure } = matrix;
  const head: Omit<MatrixDocument, 'rows' | 'counts'> = {
    ...documentHead('ReachabilityMatrix'),
    profile,
    by,
    focus,
    chosen: chosen?.by ?? null,
    direction,
    protocol,
    port,
    nodes,
    peers,
    denied,
    exposure,
    unreadable,
  };
  yield `${jsonText(head, 2).slice(0, -2)},\n  "rows": [`;
  const write = rowWriter();
  const counts = new Counts();
  for (const row of matrix.rows()) {
    yield `${counts.rows === 0 ? '' : ','}\n    ${write(row)}`;
    counts.add(row);
  }
  const { rows, unknown, some } = counts;
  yield `${counts.rows === 0 ? '' : '\n  '}],\n  "counts": ${jsonText({ rows, unknown, some })}\n}\n`;
}

function* linesOf(matrix: ReachabilityMatrix): Generator<string> {
  const write = rowWriter();
  for (const row of matrix.rows()) yield `${write(row)}\n`;
}

function* csvOf(matrix: ReachabilityMatrix): Generator<string> {
  yield 'from,to,allow,unknown,some,deny,pairs\r\n';
  const ends = new Texts<MatrixEnd>((end) => csvCell(endText(end, false)));
  const ports = new Texts<PortVerdicts>((verdicts) => {
    const { allow, unknown, some, deny } = portTexts(verdicts);
    return [allow, unknown, some, deny].map(csvCell).join(',');
  });
  for (const row of matrix.rows()) yield `${ends.of(row.from)},${ends.of(row.to)},${ports.of(row.ports)},${row.pairs}\r\n`;
}

function* markdownOf(matrix: ReachabilityMatrix, options: MatrixOptions): Generator<string> {
  const cell = (text: string): string => code(text).replaceAll('|', '\\|');
  yield `## ${headingOf(matrix)}\n\n${cell(titleOf(matrix, options))}\n\n| from | to | ports |\n|---|---|---|\n`;
  const ends = new Texts<MatrixEnd>((end) => cell(endText(end, true)));
  const ports = new Texts<PortVerdicts>((verdicts) => cell(openText(verdicts)));
  const counts = new Counts();
  for (const row of matrix.rows()) {
    counts.add(row);
    yield `| ${ends.of(row.from)} | ${ends.of(row.to)} | ${ports.of(row.ports)}${unprotectedText(row)} |\n`;
  }
  yield `\n${notes(matrix, options, counts).map(markdownNote).join('\n')}\n`;
}

function markdownNote(note: string): string {
  return `- ${code(note.replaceAll('`', ''))}`;
}

/** An edge for each row with a port that is not denied; dashed where nothing is certainly allowed for all pairs. */
function* dotOf(matrix: ReachabilityMatrix): Generator<string> {
  yield 'digraph reachability {\n  rankdir=LR;\n  node [shape=box];\n';
  const ends = new Texts<MatrixEnd>((end) => dotText(endText(end, false)));
  const ports = new Texts<PortVerdicts>((verdicts) => {
    const { allow, unknown, some } = portTexts(verdicts);
    if (`${allow}${unknown}${some}` === '') return '';
    return `[label=${dotText(openText(verdicts))}${allow === '' ? ', style=dashed' : ''}]`;
  });
  for (const { from, to, ports: verdicts } of matrix.rows()) {
    const attributes = ports.of(verdicts);
    if (attributes !== '') yield `  ${ends.of(from)} -> ${ends.of(to)} ${attributes};\n`;
  }
  yield '}\n';
}

/** A quoted text of Graphviz: nothing in it ends it, and it is no escape of a label (`\N`, `\n`). */
function dotText(text: string): string {
  return `"${escapeControls(text).replace(/[\\"]/g, '\\$&')}"`;
}
