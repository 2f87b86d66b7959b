/**
 * Rows 54 to 66 of the catalogue: JSON and NDJSON. Strict, exact, and never half read.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ndjson, podObject, policyObject } from '../input/bad-case.ts';
import { startCli } from '../support/cli.ts';
import { badInput, CANARY, checkClean, covers, type Row, span } from './row.ts';

const FILE = 'input.json';
const GOOD = JSON.stringify(policyObject({ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }));
const SECOND = JSON.stringify(policyObject({ podSelector: {} }, { name: 'q' }));
const TWO = `${GOOD}\n${SECOND}\n`;

function bad(row: number, title: string, text: string, says: Row['says'], rest: Partial<Row> = {}): Row {
  return { row, title, files: { [FILE]: text }, exit: 2, ...(says === undefined ? {} : { says }), mended: { [FILE]: GOOD }, ...rest };
}

function good(row: number, title: string, text: string, says: Row['says'] = []): Row {
  return { row, title, files: { [FILE]: text }, exit: 0, says };
}

const at = (place: string, message: string): string => `${FILE}:${place}: error: ${message}`;
const port = (written: string): string => GOOD.replace('"port":80', `"port":${written}`);
const odd = (written: string): Row =>
  bad(55, `the port ${written}`, port(written), at('1:151', `found \`${written}\`, which is not read as the same number everywhere`));
const PORT_FIELD = '(NetworkPolicy shop/p, spec.ingress[0].ports[0].port)';
const wide = (count: number): string =>
  JSON.stringify(podObject({}, { labels: Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 'v'])) }));

const ROWS: readonly Row[] = [
  bad(54, 'a port twice', port('80,"port":443'), at('1:161', 'a key is written twice in one object, first at 1:151')),
  bad(
    54,
    'a port twice, once with an escape',
    port('80,"p\\u006frt":443'),
    at('1:161', 'a key is written twice in one object, first at 1:151'),
  ),
  bad(
    54,
    'a label twice',
    GOOD.replace('"podSelector":{}', `"podSelector":{"matchLabels":{"a":"${CANARY}","a":"y"}}`),
    at('1:160', 'a key is written twice in one object, first at 1:142'),
  ),
  bad(
    54,
    '`spec` twice',
    GOOD.replace(/\}$/, ',"spec":{}}'),
    /^input\.json:1:\d+: error: a key is written twice in one object, first at 1:104/m,
  ),
  bad(54, '`apiVersion` twice', GOOD.replace(/\}$/, ',"apiVersion":"v1"}'), /error: a key is written twice in one object, first at 1:2/),
  bad(
    54,
    '`kind` twice in an object that would be left out',
    `{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"${CANARY}"},"kind":"NetworkPolicy"}`,
    /error: a key is written twice in one object, first at 1:20/,
  ),
  bad(
    54,
    '`kind` twice in a long policy',
    `{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","kind":"ConfigMap","metadata":{"name":"p"},"spec":{"podSelector":{}},"x":"${'x'.repeat(70_000)}"}`,
    at('1:61', 'a key is written twice in one object, first at 1:38'),
  ),
  bad(
    54,
    '`apiVersion` twice in a list',
    `{"apiVersion":"v1","kind":"List","items":[${GOOD}],"apiVersion":"v2"}`,
    /error: a key is written twice in one object/,
  ),
  odd('9007199254740993'),
  odd('1e400'),
  odd('-0'),
  odd('80.0'),
  odd('8e1'),
  bad(55, 'the port 80.5', port('80.5'), at('1:151', `found the number \`80.5\`, expected a whole number or a name ${PORT_FIELD}`)),
  bad(55, 'the port 99999999999', port('99999999999'), at('1:151', `found 99999999999, expected a port from 1 to 65535 ${PORT_FIELD}`)),
  bad(55, 'the port -80', port('-80'), at('1:151', `found -80, expected a port from 1 to 65535 ${PORT_FIELD}`)),
  bad(55, 'the port 080', port('080'), at('1:158', 'a number is not written as JSON has it')),
  bad(55, 'the port +80', port('+80'), at('1:158', 'not valid JSON, expected a value')),
  bad(55, 'the port 0x50', port('0x50'), at('1:158', 'a number is not written as JSON has it')),
  good(56, 'a byte order mark', `\ufeff${GOOD}`),
  bad(56, 'two byte order marks', `\ufeff\ufeff${GOOD}`, /^input\.json:1:\d+: error: /m),
  bad(57, 'a comma before a brace', GOOD.replace(/\}$/, ',}'), /error: a comma stands before a closing bracket/),
  bad(57, 'a comma before a bracket', port('80},'), /error: a comma stands before a closing bracket/),
  bad(57, 'a comment between fields', GOOD.replace('"spec"', `/* ${CANARY} */ "spec"`), at('1:104', 'comments are no part of JSON')),
  bad(57, 'a comment before the first field', GOOD.replace('{', `{ /* ${CANARY} */ `), at('1:3', 'comments are no part of JSON')),
  bad(57, 'a comment before the first brace', `// ${CANARY}\n${GOOD}`, at('1:1', 'comments are no part of JSON')),
  bad(57, 'a comment of the other sort before the first brace', `/* ${CANARY} */ ${GOOD}`, at('1:1', 'comments are no part of JSON')),
  bad(57, 'a comment to the end of the line', GOOD.replace('"spec"', '// x\n"spec"'), at('1:104', 'comments are no part of JSON')),
  bad(57, 'NaN', port('NaN'), at('1:158', 'JSON has no NaN and no Infinity')),
  bad(57, 'minus Infinity', port('-Infinity'), /^input\.json:1:158: error: /m),
  bad(57, 'keys in single quotes', GOOD.replaceAll('"', "'").replace("'", '"'), /^input\.json:1:\d+: error: /m),
  bad(57, 'a line end in a text', GOOD.replace('"p"', '"p\n"'), /^input\.json:1:\d+: error: a control character is in a text/m),
  bad(57, 'an escape that is none', GOOD.replace('"p"', '"\\x70"'), /error: a `\\` is followed by something that is no escape/),
  bad(58, 'a hundred thousand objects inside each other', '{"a":'.repeat(100_000), at('1:321', 'the text is nested more than 64 deep')),
  bad(58, 'a hundred thousand lists inside each other', '['.repeat(100_000), at('1:65', 'the text is nested more than 64 deep')),
  bad(
    58,
    'an object that is not used and a hundred thousand deep',
    `{"apiVersion":"v1","kind":"ConfigMap","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    at('1:106', 'the text is nested more than 64 deep'),
  ),
  bad(
    59,
    'half of a character in a name',
    GOOD.replace('"p"', '"\\ud800"'),
    at('1:80', 'half of a character (a lone surrogate) is in a text'),
  ),
  bad(59, 'the other half', GOOD.replace('"p"', '"\\udc00x"'), at('1:80', 'half of a character (a lone surrogate) is in a text')),
  bad(
    59,
    'half of a character in a label key',
    GOOD.replace('"podSelector":{}', '"podSelector":{"matchLabels":{"\\ud800":"x"}}'),
    at('1:142', 'half of a character (a lone surrogate) is in a text'),
  ),
  bad(
    60,
    '`__proto__` in the policy',
    GOOD.replace('{', `{"__proto__":{"spec":"${CANARY}"},`),
    at('1:2', 'the field `__proto__` is unknown: the API server would drop it, and the object would mean something else'),
  ),
  bad(
    60,
    '`__proto__` in the spec',
    GOOD.replace('"podSelector"', '"__proto__":{"ingress":[{}]},"podSelector"'),
    at('1:112', 'the field `__proto__` is unknown'),
  ),
  bad(
    60,
    '`constructor` in the metadata',
    GOOD.replace('"name"', '"constructor":{"prototype":{"a":1}},"name"'),
    'the field `constructor` is unknown',
  ),
  good(60, '`__proto__` in a pod', JSON.stringify(podObject()).replace('{', '{"__proto__":{"metadata":{}},'), [
    'input.json:1:2: warning: the field `__proto__` is unknown',
    'there is no policy in the input',
  ]),
  {
    ...bad(
      60,
      '`__proto__` in a pod, strictly',
      JSON.stringify(podObject()).replace('{', '{"__proto__":{"metadata":{}},'),
      at('1:2', 'the field `__proto__` is unknown'),
    ),
    args: ['compile', '--strict', '-f', FILE, '--out', 'out.npt'],
  },
  bad(
    61,
    'a line of 17 million characters',
    `${GOOD}\n{"a":"${'x'.repeat(17 * 2 ** 20)}"}\n`,
    at('2:1', 'one object or line has more than 16777216 characters'),
    { exit: 3 },
  ),
  bad(
    61,
    'a line of 17 million spaces after a brace',
    `${GOOD}\n{${' '.repeat(17 * 2 ** 20)}\n`,
    at('2:1', 'one object or line has more than 16777216 characters'),
    { exit: 3 },
  ),
  // Not in the catalogue for JSON; the bound of row 32 holds in both forms.
  bad(61, 'an object of 200,000 keys', wide(200_000), /^input\.json:1:\d+: error: an object has more than 100000 keys/m, { exit: 3 }),
  good(62, 'a last line without a line end', TWO.trimEnd()),
  bad(63, 'a last line that is cut in half', TWO.slice(0, -20), /^input\.json:2:\d+: error: the text ends in the middle of an object/m, {
    mended: { [FILE]: TWO },
  }),
  bad(
    63,
    'a last line that is cut in a name',
    `${GOOD}\n{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"${CANARY}`,
    /^input\.json:2:\d+: error: the text ends in the middle of an object/m,
  ),
  bad(63, 'a last line that is a brace', `${GOOD}\n{`, at('2:2', 'the text ends in the middle of an object')),
  bad(63, 'a last line that is cut in a word', `${GOOD}\n{"a":tru`, at('2:9', 'the text ends in the middle of an object')),
  bad(63, 'a list without its end', `{"apiVersion":"v1","kind":"List","items":[${GOOD}`, /error: the text ends in the middle of an object/),
  bad(
    63,
    'a list without its last brace',
    `{"apiVersion":"v1","kind":"List","items":[${GOOD}]`,
    /error: the text ends in the middle of an object/,
  ),
  good(64, 'U+2028 and U+2029 inside a text', TWO.replace('"namespace"', '"annotations":{"a":"x\u2028y\u2029z"},"namespace"')),
  good(65, 'empty lines', `\n\n${TWO.replace('\n', '\n\n \n\n')}\n\n`),
  good(65, 'empty lines that end with CRLF', `\r\n${TWO.replaceAll('\n', '\r\n\r\n')}`),
  bad(
    66,
    'one bad line of a thousand',
    `${Array.from({ length: 999 }, (_, i) => JSON.stringify(policyObject({ podSelector: {} }, { name: `p${i}` }))).join('\n')}\n{"kind" ${CANARY}}\n`,
    at('1000:9', 'not valid JSON, expected `:`'),
  ),
  bad(
    66,
    'one bad policy of a thousand',
    `${Array.from({ length: 1000 }, (_, i) => JSON.stringify(policyObject(i === 500 ? { podSelector: 5 } : { podSelector: {} }, { name: `p${i}` }))).join('\n')}\n`,
    [
      /^input\.json:501:\d+: error: found the number `5`, expected a mapping \(NetworkPolicy shop\/p500, spec\.podSelector\)/m,
      '`--keep-going`',
    ],
  ),
  {
    row: 66,
    title: 'one bad policy of two, with `--keep-going`',
    files: { [FILE]: ndjson(policyObject({ podSelector: 5 }), policyObject({ podSelector: {} }, { name: 'q' })) },
    args: ['compile', '--keep-going', '-f', FILE, '--out', 'out.npt'],
    exit: 3,
    says: at('1:112', 'found the number `5`, expected a mapping'),
    stdout: /policies that cannot be read {2}1/,
    writes: ['out.npt'],
  },
];

badInput('JSON and NDJSON', ROWS);
covers(ROWS, span(54, 66), {});

it('61: a line of 700 million bytes is given up when it has 16 million, and the rest is never read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpolsim-line-'));
  try {
    const { child, result } = startCli(['compile', '-f', '-', '--out', 'out.npt'], { cwd: folder });
    const stdin = child.stdin!;
    const piece = 'x'.repeat(2 ** 20);
    let fed = 0;
    const closed = once(child, 'close');
    stdin.write('{"a":"');
    while (fed < 700 && child.exitCode === null && !stdin.destroyed) {
      if (!stdin.write(piece)) await Promise.race([once(stdin, 'drain').catch(() => undefined), closed]);
      fed++;
    }
    stdin.destroy();
    const { code, stdout, stderr } = await result;
    expect({ code, stdout, stderr }).toMatchObject({ code: 3, stdout: '' });
    expect(stderr).toContain('<stdin>:1:1: error: one object or line has more than 16777216 characters');
    expect(fed).toBeLessThan(64);
    checkClean(stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
