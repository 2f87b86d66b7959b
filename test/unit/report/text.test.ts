/**
 * The small parts of reports: numbers, tables, JSON text, diagnostics.
 */
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { formatDiagnostic, formatDiagnostics } from '../../../src/report/diagnostics.ts';
import { documentHead, formatJson } from '../../../src/report/json.ts';
import { formatBytes, formatCount, formatDuration, formatRounded, formatShare } from '../../../src/report/numbers.ts';
import { type Paint, PLAIN } from '../../../src/report/paint.ts';
import { formatTable, textWidth } from '../../../src/report/table.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const HOSTILE = [
  '\u001b[2Jgone',
  '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  'a\u202egnp.exe',
  'bell\u0007',
  'c1\u009b31m',
  'line\nfeed\r',
  'tab\tbed',
  'del\u007f',
  '\u2066isolate\u2069',
  'sep\u2028arated',
];

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
    [10_000_000, '10,000,000'],
    [Number.MAX_SAFE_INTEGER, '9,007,199,254,740,991'],
  ])('groups %d as %s', (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [0, 10, '0.0 %'],
    [10, 10, '100.0 %'],
    [1, 3, '33.3 %'],
    [1, 1_000_000, '<0.1 %'],
    [999_999, 1_000_000, '>99.9 %'],
    [0, 0, '-'],
  ])('shows %d of %d as %s', (part, whole, text) => expect(formatShare(part, whole)).toBe(text));

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.00 KiB'],
    [10 * 1024, '10.0 KiB'],
    [3.5 * 2 ** 20, '3.50 MiB'],
    [2 ** 41, '2.00 TiB'],
  ])('shows %d bytes as %s', (size, text) => expect(formatBytes(size)).toBe(text));

  it.each([
    [12_345_678, '12.3 million'],
    [1_234_000_000, '1.23 billion'],
    [999.6, '1,000'],
  ])('rounds %d to %s', (value, text) => expect(formatRounded(value)).toBe(text));

  it.each([
    [0.4, '0 ms'],
    [999, '999 ms'],
    [1500, '1.50 s'],
    [61_000, '1 min 1 s'],
    [119_999, '2 min 0 s'],
  ])('shows a duration of %d ms as %s', (durationMs, text) => expect(formatDuration(durationMs)).toBe(text));
});

describe('tables', () => {
  it('align text to the left and numbers to the right, without spaces at line ends', () => {
    const lines = formatTable(
      [{ header: 'NAME' }, { header: 'FLOWS', align: 'right' }, { header: 'WHERE' }],
      [
        ['a', '1', 'x'],
        ['longer', '1,000', ''],
      ],
      PLAIN,
    );
    expect(lines).toEqual(['NAME    FLOWS  WHERE', 'a           1  x', 'longer  1,000']);
  });

  it('keep columns together beside wide characters and marks that combine', () => {
    expect(textWidth('日本')).toBe(4);
    expect(textWidth('e\u0301')).toBe(1);
    const [, wide, narrow] = formatTable(
      [{ header: 'A' }, { header: 'B' }],
      [
        ['日本', 'x'],
        ['abcd', 'x'],
      ],
      PLAIN,
    );
    expect(wide).toBe('日本  x');
    expect(narrow).toBe('abcd  x');
  });

  it('count no colours into the width of a column', () => {
    const paint: Paint = { ...PLAIN, dim: (text) => `<${text}>`, red: (text) => `<${text}>` };
    const [header, row] = formatTable([{ header: 'A', paint: (text) => paint.red(text) }, { header: 'B' }], [['xyz', '1']], paint);
    expect(header).toBe('<A>    <B>');
    expect(row).toBe('<xyz>  1');
  });

  it.each(HOSTILE)('escape the cell %j', (cell) => {
    const text = formatTable([{ header: 'A' }, { header: 'B' }], [[cell, 'x']], PLAIN).join('');
    expect(text).not.toMatch(UNSAFE);
    expect(text).not.toContain('\n');
    expect(text).toContain('\\u{');
  });
});

describe('JSON text', () => {
  it('begins with apiVersion and kind and ends with a line feed', () => {
    expect(formatJson(documentHead('InspectReport'))).toBe('{\n  "apiVersion": "netpolsim/v1",\n  "kind": "InspectReport"\n}\n');
  });

  it.each(HOSTILE)('means %j without holding what acts on a terminal', (name) => {
    const document = { ...documentHead('InspectReport'), name };
    const text = formatJson(document);
    expect(text).not.toMatch(UNSAFE);
    expect(JSON.parse(text)).toEqual(document);
  });
});

describe('diagnostics', () => {
  const diagnostic = (severity: Diagnostic['severity'], line: number): Diagnostic => ({
    code: 'some-code',
    severity,
    message: `message ${line}`,
    origin: { file: 'policies.yaml', line, column: 3 },
  });

  it('are one line with the place, the severity, the object, the field and the hint', () => {
    const full: Diagnostic = {
      ...diagnostic('error', 12),
      object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'web' },
      field: 'spec.ingres',
      hint: 'did you mean `ingress`?',
    };
    expect(formatDiagnostic(full)).toBe(
      'policies.yaml:12:3: error: message 12 (NetworkPolicy shop/web, spec.ingres); did you mean `ingress`?',
    );
    expect(formatDiagnostic(diagnostic('warning', 1))).toBe('policies.yaml:1:3: warning: message 1');
  });

  it('leave the line out when it is not known', () => {
    expect(formatDiagnostic({ ...diagnostic('error', 0), origin: { file: '<objects>', line: 0, column: 0 } })).toBe(
      '<objects>: error: message 0',
    );
  });

  it('come with errors first, notes only when asked for', () => {
    const found = [diagnostic('warning', 1), diagnostic('info', 2), diagnostic('error', 3)];
    expect(formatDiagnostics(found)).toEqual(['policies.yaml:3:3: error: message 3', 'policies.yaml:1:3: warning: message 1']);
    expect(formatDiagnostics(found, { severities: ['info'] })).toEqual(['policies.yaml:2:3: info: message 2']);
  });

  it('stop after the limit and say how many more there are', () => {
    const found = Array.from({ length: 53 }, (_, i) => diagnostic('warning', i + 1));
    const lines = formatDiagnostics(found);
    expect(lines).toHaveLength(51);
    expect(lines[50]).toBe('and 3 more warnings');
    expect(formatDiagnostics(found.slice(0, 51)).at(-1)).toBe('and 1 more warning');
    expect(formatDiagnostics(found.slice(0, 50)).at(-1)).toBe('policies.yaml:50:3: warning: message 50');
  });

  it.each(HOSTILE)('escape %j wherever it stands', (text) => {
    const line = formatDiagnostic({
      code: 'x',
      severity: 'error',
      message: text,
      origin: { file: text, line: 1, column: 1 },
      object: { kind: text, namespace: text, name: text },
      field: text,
      hint: text,
    });
    expect(line).not.toMatch(UNSAFE);
    expect(line).not.toContain('\n');
  });
});
