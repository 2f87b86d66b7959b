/**
 * SARIF 2.1.0, as code scanning takes it: what all writers of it share.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Origin } from '../model/origin.ts';
import { formatCount } from './numbers.ts';

export interface SarifOptions {
  /** The path of a file relative to the root of the repository, with `/`. As it is where left out. */
  readonly relativePath?: (file: string) => string;
  /** Of netpolsim. */
  readonly version?: string;
}

export type SarifLevel = 'error' | 'warning' | 'note';

export interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help?: { readonly text: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
}

type Location = ReturnType<typeof sarifLocation>;

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly (Location & { readonly id: number; readonly message: { readonly text: string } })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: 'inSource'; readonly justification?: string }[];
}

/** GitHub takes 25,000 results and keeps 5,000. */
export const MOST_RESULTS = 5000;
const MOST_RELATED = 10;
const MOST_TEXT = 16_000;

/** One run. `rest`: results that are left out. */
export function sarifText(rules: readonly SarifRule[], results: readonly SarifResult[], rest: number, version: string | undefined): string {
  const notifications = [
    {
      level: 'warning',
      message: { text: `${formatCount(rest)} more results are left out: code scanning keeps ${formatCount(MOST_RESULTS)}` },
    },
  ];
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'netpolsim', ...(version === undefined ? {} : { version }), rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: rest > 0 ? notifications : [] }],
        results,
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Lines of a message. Not escaped before. */
export function sarifMessage(lines: readonly string[]): { readonly text: string } {
  return { text: lines.map(escapeControls).join('\n').slice(0, MOST_TEXT) };
}

/** The first places that differ in what is said about them, and that are in a file; nothing where there are none. */
export function sarifRelated(
  places: readonly { readonly origin: Origin; readonly text: string }[],
  relativePath: (file: string) => string,
): Pick<SarifResult, 'relatedLocations'> {
  const related = new Map<string, Location & { readonly message: { readonly text: string } }>();
  for (const { origin, text } of places) {
    if (!isFile(origin) || related.size === MOST_RELATED) continue;
    const message = escapeControls(text);
    if (!related.has(message)) related.set(message, { ...sarifLocation(origin, relativePath(origin.file)), message: { text: message } });
  }
  return related.size === 0 ? {} : { relatedLocations: [...related.values()].map((each, i) => ({ id: i + 1, ...each })) };
}

/** Not standard input, and not objects without a file. */
export function isFile({ file }: Origin): boolean {
  return !file.startsWith('<');
}

export function sarifLocation({ line, column }: Origin, path: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(uriPart).join('/'), uriBaseId: '%SRCROOT%' },
      ...(line === 0 ? {} : { region: { startLine: line, startColumn: Math.max(1, column) } }),
    },
  };
}

function uriPart(part: string): string {
  return encodeURIComponent(escapeControls(part));
}
