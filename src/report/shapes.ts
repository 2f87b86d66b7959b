/**
 * The list of shapes, and what `generate` wrote: the documents `ShapeList` and `GenerateReport`, and lines for people.
 */
import { escapeControls } from '../lib/quote.ts';
import { formatPairs } from './inspection-report.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatBytes, formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { formatTable } from './table.ts';

/** What the list tells of a shape. */
export interface ListedShape {
  readonly name: string;
  readonly about: string;
  readonly source: string;
  readonly seed: number;
  readonly sizes: { readonly namespaces: number; readonly pods: number; readonly policies: number };
}

/** `schemas/shape-list.schema.json`. */
export interface ShapeListDocument extends DocumentHead<'ShapeList'> {
  readonly shapes: readonly ListedShape[];
}

export function shapeListDocument(shapes: readonly ListedShape[]): ShapeListDocument {
  return {
    ...documentHead('ShapeList'),
    shapes: shapes.map(({ name, about, source, seed, sizes }) => ({ name, about, source, seed, sizes })),
  };
}

export function formatShapeList(shapes: readonly ListedShape[], paint: Paint = PLAIN): string {
  const lines = formatTable(
    [
      { header: 'SHAPE' },
      { header: 'NAMESPACES', align: 'right' },
      { header: 'PODS', align: 'right' },
      { header: 'POLICIES', align: 'right' },
      { header: 'SOURCE' },
    ],
    shapes.map(({ name, sizes, source }) => [
      name,
      formatCount(sizes.namespaces),
      formatCount(sizes.pods),
      formatCount(sizes.policies),
      source,
    ]),
    paint,
  );
  return `${lines.join('\n')}\n`;
}

export interface GenerateResult {
  readonly shape: string;
  readonly source: string;
  readonly seed: number;
  readonly scale: number;
  /** As it was named. */
  readonly out: { readonly path: string; readonly files: number; readonly sizeBytes: number };
  readonly objects: readonly { readonly kind: string; readonly objects: number }[];
  readonly updates?: { readonly path: string; readonly changes: number; readonly sizeBytes: number };
}

/** `schemas/generate-report.schema.json`. */
export interface GenerateDocument extends DocumentHead<'GenerateReport'>, GenerateResult {}

export function generateDocument(result: GenerateResult): GenerateDocument {
  return { ...documentHead('GenerateReport'), ...result };
}

export function formatGeneration({ shape, source, seed, scale, out, objects, updates }: GenerateResult, paint: Paint = PLAIN): string {
  const files = out.files === 1 ? '' : `, ${formatCount(out.files)} files`;
  const pairs: [string, string][] = [
    ['shape', scale === 1 ? shape : `${shape}, scale ${scale}`],
    ['source', source],
    ['seed', String(seed)],
    ['objects', objects.map((each) => `${formatCount(each.objects)} ${each.kind}`).join(', ')],
  ];
  if (updates !== undefined)
    pairs.push(['updates', `${updates.path} (${formatBytes(updates.sizeBytes)}, ${formatCount(updates.changes)} changes)`]);
  const head = `${paint.bold('Wrote')} ${escapeControls(out.path)} (${formatBytes(out.sizeBytes)}${files})`;
  return `${[head, '', ...formatPairs(pairs, paint, 'left')].join('\n')}\n`;
}
