/**
 * The rows of the catalogue that a file of expectations can be: said with file, line, column and field, exit 2, nothing on stdout.
 */
import { CLUSTER } from './inputs.ts';
import { badInput, CANARY, type Row } from './row.ts';

const HEAD = 'apiVersion: netpolsim/v1\nkind: ReachabilityTest\n';
const CASE = '  - { name: one, from: { ip: 192.0.2.1 }, to: { ip: 192.0.2.2 }, ports: [80], expect: allow }\n';
const ARGS = ['test', 'test.yaml', '-f', 'input.yaml'];

const row = (number: number, title: string, text: Row['files'], says: Row['says'], args: readonly string[] = ARGS): Row => ({
  row: number,
  title,
  files: { 'input.yaml': CLUSTER, ...text },
  args,
  exit: 2,
  says: says ?? [],
});
const wrong = (number: number, title: string, text: string | Uint8Array, says: Row['says']): Row =>
  row(number, title, { 'test.yaml': text }, says);
const wrongCase = (number: number, title: string, was: string, is: string, says: Row['says']): Row =>
  wrong(number, title, `${HEAD}cases:\n${CASE.replace(was, is)}`, says);

const ROWS: readonly Row[] = [
  row(1, 'no file of expectations', {}, 'missing required argument `FILES`', ['test', '-f', 'input.yaml']),
  row(2, 'a mistyped flag', { 'test.yaml': '' }, ['unknown option `--csae`', 'Did you mean --case?'], [...ARGS, '--csae', 'x']),
  row(
    2,
    '`--expect` where files say what they expect',
    { 'test.yaml': `${HEAD}cases:\n${CASE}` },
    '`--expect` is for traffic of policy-assistant',
    [...ARGS, '--expect', 'deny'],
  ),
  row(2, 'another format', { 'test.yaml': '' }, '`--output` must be one of `table`, `json`, `junit`, `sarif`, `github`, got `sarfi`', [
    ...ARGS,
    '-o',
    'sarfi',
  ]),
  row(2, 'standard input', {}, 'tests are read from files: standard input is for manifests', ['test', '-', '-f', 'input.yaml']),
  row(5, 'a file that is not there', {}, 'test.yaml: error: cannot be read: there is no such file or directory'),
  row(6, 'a directory', { 'dir/test.yaml': '' }, 'dir: error: cannot be read: it is a directory; name the files', [
    'test',
    'dir',
    '-f',
    'input.yaml',
  ]),
  row(
    8,
    'a pattern that matches nothing',
    { 'test.yaml': `${HEAD}inputs: [manifests/*.yaml]\ncases:\n${CASE}` },
    ['test.yaml:3:10: error: the pattern `manifests/*.yaml` matches no file (inputs[0])', 'paths are relative to the folder of the test'],
    ['test', 'test.yaml'],
  ),
  row(
    5,
    'an input that is not there',
    { 'test.yaml': `${HEAD}inputs: [no.yaml]\ncases:\n${CASE}` },
    'test.yaml:3:10: error: there is no `no.yaml` (inputs[0])',
    ['test', 'test.yaml'],
  ),
  row(2, 'no inputs', { 'test.yaml': `${HEAD}cases:\n${CASE}` }, '`test.yaml` names no `inputs`: give manifests with `-f PATH`', [
    'test',
    'test.yaml',
  ]),
  wrong(9, 'an empty file', '', 'test.yaml:1:1: error: found nothing, expected an object'),
  wrong(
    13,
    'a file that is not text',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe),
    'test.yaml: error: cannot be read: it is not UTF-8 text',
  ),
  wrong(22, 'a quote that is not closed', `${HEAD}cases: "${CANARY}\n`, /test\.yaml:\d+:\d+: error: a quote is not closed/),
  wrong(24, 'a key twice', `${HEAD}kind: x\n`, 'test.yaml:3:1: error: a key is written twice in one mapping, first at 2:1'),
  wrong(53, 'several documents', `${HEAD}cases:\n${CASE}---\n${HEAD}`, 'put each test into a file of its own'),
  wrong(
    67,
    'another version',
    `${HEAD.replace('/v1', '/v2')}cases:\n${CASE}`,
    'test.yaml:1:1: error: found `netpolsim/v2`, expected `netpolsim/v1` (apiVersion)',
  ),
  wrong(69, 'an unknown field', `${HEAD}case:\n${CASE}`, [
    'test.yaml:3:1: error: unknown field `case` (case); did you mean `cases`?',
    'test.yaml:1:1: error: found nothing, expected a list of cases (cases)',
  ]),
  wrongCase(37, 'a name that is a number', 'one', '1', 'test.yaml:4:7: error: found `1`, expected a name for the case (cases[0].name)'),
  wrongCase(
    70,
    'a case without a name',
    'name: one, ',
    '',
    /test\.yaml:4:\d+: error: found nothing, expected a name for the case \(cases\[0\]\.name\)/,
  ),
  wrongCase(110, 'a block without a length', 'ip: 192.0.2.1', 'cidr: 10.0.0.0', ['cases[0].from.cidr', 'did you mean `10.0.0.0/32`?']),
  wrongCase(118, 'a port that is none', '[80]', '[65536]', 'found `65536`, expected a port from 1 to 65535 (cases[0].ports[0])'),
  wrongCase(120, 'a range that runs backwards', '[80]', '[90-80]', 'the lower one first (cases[0].ports[0])'),
  wrongCase(125, 'a protocol in small letters', '[80]', '[udp/80]', 'did you mean `UDP/80`?'),
  wrongCase(129, 'a name that acts on a terminal', '[80]', '["\\u001b[2J"]', '\\u{1b}[2J'),
];

badInput('a file of expectations', ROWS);
