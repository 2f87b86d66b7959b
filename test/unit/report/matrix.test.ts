/**
 * Formats of the matrix for names that would be something else to whoever reads them: a formula, the end of a text, markup, a line of its own.
 */
import { describe, expect, it } from 'vitest';
import type { MatrixRow, ReachabilityMatrix } from '../../../src/matrix/matrix.ts';
import { formatMatrix, type MatrixFormat } from '../../../src/report/matrix.ts';

const PORTS: MatrixRow['ports'] = { allow: [{ protocol: 'TCP', from: 80, to: 80 }], unknown: [], deny: [], some: [] };

function matrixOf(name: string): ReachabilityMatrix {
  const row: MatrixRow = {
    from: { kind: 'pod', namespace: name, name: 'x' },
    to: { kind: 'nodes', names: [name] },
    ports: PORTS,
    pairs: 1,
  };
  return {
    profile: name,
    by: 'pod',
    exposure: false,
    unreadable: [name],
    *rows() {
      yield row;
    },
  };
}

const text = (name: string, format: MatrixFormat): string => [...formatMatrix(matrixOf(name), { focus: name }, format)].join('');

describe('hostile names', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '|x', '%x'])('are no formula in CSV: %s', (name) => {
    expect(text(name, 'csv').split('\r\n')[1]).toBe(`"'${name}/x","node ${name}","TCP/80","","","",1`);
  });

  it('end no text', () => {
    expect(text('a"b', 'csv').split('\r\n')[1]).toBe('"a""b/x","node a""b","TCP/80","","","",1');
    expect(text('a"];b\\N', 'dot')).toContain('  "a\\"];b\\\\N/x" -> "node a\\"];b\\\\N" [label="TCP/80"];\n');
    expect(text('a`|b', 'md')).toContain('| `` a`\\|b/x `` | `` node a`\\|b `` | `TCP/80` |\n');
  });

  it.each(['table', 'wide', 'json', 'ndjson', 'csv', 'md', 'dot'] as const)('act on no terminal, and begin no line (%s)', (format) => {
    const shown = text('a\u001b[2J\n\r\u202eb\u2028\u009b', format);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(shown.replaceAll('\r\n', '\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(shown.split('\n')).toHaveLength(text('ab', format).split('\n').length);
  });

  it('are what they were for who parses JSON', () => {
    const name = 'a\u001b[2J\n\u202e"b';
    expect(JSON.parse(text(name, 'ndjson')).from.namespace).toBe(name);
    expect(JSON.parse(text(name, 'json')).rows[0].to.names).toEqual([name]);
  });
});

describe('words', () => {
  it('say what is unknown and where pairs differ, and count what a short text leaves out', () => {
    const ranges = Array.from({ length: 9 }, (_, i) => ({
      first: `192.0.2.${i}`,
      last: `192.0.2.${i}`,
      cidr: i === 8 ? null : `192.0.2.${i}/32`,
    }));
    const row: MatrixRow = {
      from: { kind: 'addresses', ranges },
      to: { kind: 'workload', namespace: 'shop', workloadKind: 'Deployment', name: 'web' },
      ports: {
        allow: [],
        unknown: [{ protocol: 'UDP', from: 1, to: 65535 }],
        some: [
          { protocol: 'TCP', from: 1, to: 79, verdicts: ['allow', 'deny'] },
          { protocol: 'TCP', from: 80, to: 80, verdicts: ['allow', 'unknown'] },
        ],
        deny: [{ protocol: 'SCTP', from: 5, to: 5 }],
      },
      pairs: 1234,
    };
    const matrix: ReachabilityMatrix = {
      profile: 'spec',
      by: 'workload',
      exposure: false,
      unreadable: [],
      *rows() {
        yield row;
      },
    };
    const [table, wide] = (['table', 'wide'] as const).map((format) => [...formatMatrix(matrix, {}, format)].join(''));
    expect(table).toContain(
      '192.0.2.0/32, 192.0.2.1/32 and 7 more  shop/deployment/web  unknown: every UDP port; some pairs: TCP/1-79 (allow, deny), TCP/80 (allow, unknown)\n',
    );
    expect(wide).toContain('192.0.2.7/32, 192.0.2.8-192.0.2.8  shop/deployment/web');
    expect(wide).toContain('every UDP port  TCP/1-79 (allow, deny), TCP/80 (allow, unknown)  SCTP/5  1,234\n');
    expect(table).toContain('1 row; pairs and ports without a word are denied\nsome pairs: the pods');
  });
});
