/**
 * What became of cases, for machines: forms that hold whatever names are in them, and the limits of who reads them.
 */
import { describe, expect, it } from 'vitest';
import type { CaseResult, ReachabilityTestReport, TestedFile } from '../../../src/expectations/report.ts';
import { reachabilityTestReport } from '../../../src/expectations/report.ts';
import { formatJson } from '../../../src/report/json.ts';
import { formatReachabilityTest, reachabilityTestDocument } from '../../../src/report/test-document.ts';
import { formatGitHub, formatTestSummary } from '../../../src/report/test-github.ts';
import { formatJUnit } from '../../../src/report/test-junit.ts';
import { formatSarif } from '../../../src/report/test-sarif.ts';
import { runCases } from '../../support/expectations.ts';
import { validatorOf } from '../../support/schemas.ts';

const DENIED = 'from: { workload: shop/web }, to: { workload: shop/db }, ports: [5432], expect: allow, message: "the report is empty"';
const REPORT = runCases(
  [
    DENIED,
    'from: { workload: shop/web }, to: { workload: shop/api }, ports: [http], expect: allow',
    'from: { workload: shop/nobody }, to: { workload: shop/api }, ports: [1], expect: deny',
    'from: { workload: shop/web }, to: { ip: 10.96.0.1 }, ports: [1], expect: unknown, because: null',
    'from: { namespace: shop, labels: { app: new } }, to: { workload: shop/api }, ports: [any], expect: deny, because: { policy: shop/closed, rule: 0 }',
  ],
  { rest: 'limits: { unknown: 0, untestedWorkloads: 100% }\n' },
);

/** Passes because of a letter. */
const ASSUMED = 'from: { namespace: shop, labels: { app: wbe } }, to: { workload: shop/api }, ports: [http], expect: deny';

/** Everything that could end a line, a tag, a command or a cell. */
const HOSTILE = '\u001b[2J\n::error::x\r\n]]><b a="\'">&amp;|`%0A,:@all\u202e\ufffe\u0000<!--';

/** The report with hostile text wherever the user's stands. */
function hostile(count: number): ReachabilityTestReport {
  const [file] = REPORT.files;
  const failed = file!.cases.find(({ status }) => status === 'failed')!;
  const each = (i: number): CaseResult => ({
    ...failed,
    name: `${HOSTILE}${i}`,
    message: HOSTILE,
    from: HOSTILE,
    notes: [HOSTILE],
    origin: { file: HOSTILE, line: 3, column: 1 },
    counterexamples: failed.counterexamples.map((example) => ({ ...example, from: HOSTILE, to: HOSTILE, why: HOSTILE })),
  });
  const tested: TestedFile = {
    ...file!,
    name: HOSTILE,
    file: HOSTILE,
    limits: [],
    cases: Array.from({ length: count }, (_, i) => each(i)),
  };
  const skipped = { ...tested, cases: tested.cases.map((one): CaseResult => ({ ...one, status: 'skipped', problem: HOSTILE })) };
  return reachabilityTestReport([tested, skipped]);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/;

/** Tags that are closed in order, attributes in quotes, entities that XML knows: names of the elements. */
function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  expect(body).not.toBe(xml);
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)>|[^<]+/gy;
  let at = 0;
  for (const match of body.matchAll(token)) {
    expect(match.index).toBe(at);
    at += match[0].length;
    expect(match[0].replace(/&(?:amp|lt|gt|quot|apos);/g, '')).not.toContain('&');
    if (match[2] === undefined) continue;
    if (match[1] === '/') expect(open.pop()).toBe(match[2]);
    else {
      open.push(match[2]);
      seen.push(match[2]);
    }
  }
  expect([at, open]).toEqual([body.length, []]);
  expect(xml).not.toMatch(CONTROL);
  // Characters that XML does not have.
  expect(xml).not.toMatch(/[\ufffe\uffff]/);
  return seen;
}

describe('the JSON form', () => {
  it('is what the schema says', () => {
    const check = validatorOf('reachability-test-report');
    for (const report of [REPORT, hostile(2), runCases([DENIED], { select: () => false })]) {
      expect(check(JSON.parse(formatJson(reachabilityTestDocument(report))))).toEqual([]);
    }
    expect(formatJson(reachabilityTestDocument(hostile(1)))).not.toMatch(CONTROL);
  });
});

describe('the table', () => {
  it('says what failed, why, and who decided', () => {
    const text = formatReachabilityTest(REPORT);
    expect(text).toContain('FAIL    case 1');
    expect(text).toContain('the report is empty');
    expect(text).toContain('shop/web → shop/db TCP/5432: deny');
    expect(text).toContain('ingress: NetworkPolicy shop/closed isolates the pod, and no rule matches (c.yaml:32:1)');
    expect(text).toContain('from: there is no pod or workload `shop/nobody`');
    expect(text).toContain('FAIL cases with unknown verdicts: 1 of 5, at most 0');
    expect(text).toMatch(/2 passed, 3 failed, 1 limit exceeded\n$/);
    expect(formatReachabilityTest(hostile(2))).not.toMatch(CONTROL);
  });
});

describe('JUnit', () => {
  it('is well formed and counts what it holds', () => {
    const xml = formatJUnit(REPORT);
    const elements = elementsOf(xml);
    expect(elements.filter((each) => each === 'testcase')).toHaveLength(7);
    expect(elements.filter((each) => each === 'failure')).toHaveLength(4);
    expect(xml).toContain('<testsuites name="netpolsim test" tests="7" failures="4" errors="0">');
  });

  it('holds any name', () => {
    expect(elementsOf(formatJUnit(hostile(3))).filter((each) => each === 'testcase')).toHaveLength(6);
  });

  it('fails where no case was run', () => {
    expect(elementsOf(formatJUnit(runCases([DENIED], { select: () => false })))).toContain('failure');
  });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly object[] }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
      }[];
      readonly relatedLocations?: readonly object[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

describe('SARIF', () => {
  const of = (report: ReachabilityTestReport) => JSON.parse(formatSarif(report, { relativePath: (file) => `tests/${file}` })) as Sarif;

  it('has a result for each failed case and exceeded limit, with its rule and place', () => {
    const { version, runs } = of(REPORT);
    const [{ results, tool }] = runs as [Sarif['runs'][number]];
    expect([version, results.map(({ ruleId }) => ruleId)]).toEqual([
      '2.1.0',
      ['expectation-not-met', 'ends-match-nothing', 'expectation-not-met', 'limit-exceeded', 'case-note'],
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(results[0]!.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: 'tests/t.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 5, startColumn: 5 } } },
    ]);
    expect(results[0]!.relatedLocations).toHaveLength(1);
  });

  it('has a note for a case that passed with a pod that was assumed, as labels may be mistyped', () => {
    const { results, tool } = of(runCases([ASSUMED])).runs[0]!;
    expect(results).toMatchObject([{ ruleId: 'case-note', level: 'note' }]);
    expect(results[0]!.message.text).toContain('no pod has the labels `app=wbe`');
    expect(tool.driver.rules[results[0]!.ruleIndex]).toMatchObject({ id: 'case-note', defaultConfiguration: { level: 'note' } });
  });

  it('has fingerprints that stay when lines move, and differ between cases', () => {
    const fingerprints = (report: ReachabilityTestReport) =>
      of(report).runs[0]!.results.map((each) => Object.values(each.partialFingerprints)[0]);
    const moved = {
      ...REPORT,
      files: REPORT.files.map((file) => ({
        ...file,
        cases: file.cases.map((each) => ({ ...each, origin: { ...each.origin, line: each.origin.line + 100 } })),
      })),
    };
    expect(fingerprints(moved)).toEqual(fingerprints(REPORT));
    expect(new Set(fingerprints(REPORT)).size).toBe(5);
    expect(fingerprints(REPORT)[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('holds any name, and as many results as are kept', () => {
    const { results, invocations } = of(hostile(5003)).runs[0]!;
    expect(results).toHaveLength(5000);
    expect(invocations[0]!.toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: '5,006 more results are left out: code scanning keeps 5,000' } },
    ]);
    expect(results[0]!.locations[0]!.physicalLocation.artifactLocation.uri).toMatch(/^[\w%./()!'*~-]+$/);
    expect(of(runCases([DENIED], { select: () => false })).runs[0]!.results).toMatchObject([{ ruleId: 'no-case-ran', locations: [{}] }]);
  });
});

describe('GitHub', () => {
  it('gets a command for each failure, in one line, with nothing that ends it', () => {
    const lines = formatGitHub(REPORT).split('\n');
    expect(lines[0]).toMatch(
      /^::error file=t\.yaml,line=5,col=5,title=t%3A case 1::expected allow .*%0Athe report is empty%0Ashop\/web → shop\/db TCP\/5432: deny/,
    );
    expect(lines.at(-2)).toBe('netpolsim test: 2 passed, 3 failed, 1 limit exceeded');
    for (const line of formatGitHub(hostile(3)).trim().split('\n')) {
      expect(line).toMatch(/^(?:::(?:error|warning|notice) file=[^,:]*,line=3,col=1,title=[^,:]*::|netpolsim test: )/);
      expect(line).not.toMatch(CONTROL);
    }
  });

  it('gets 10 commands of a kind, and is told that there are more', () => {
    const lines = formatGitHub(hostile(25)).trim().split('\n');
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    const notices = lines.filter((line) => line.startsWith('::notice'));
    expect(notices).toHaveLength(10);
    expect(notices.filter((line) => line.includes('::notice title='))).toEqual([
      '::notice title=netpolsim test::15 more findings in the summary of the job',
      '::notice title=netpolsim test::15 more skipped cases in the summary of the job',
      '::notice title=netpolsim test::18 more noted cases in the summary of the job',
    ]);
  });

  it('gets a notice for a case that passed with a pod that was assumed, and the summary has it', () => {
    const report = runCases([ASSUMED]);
    expect(formatGitHub(report)).toMatch(
      /^::notice file=t\.yaml,line=5,col=5,title=t%3A case 1::from: no pod has the labels `app=wbe`.*\nnetpolsim test: 1 passed/,
    );
    expect(formatTestSummary(report)).toContain('- **note: t: case 1**');
  });

  it('gets a summary with all cases that is never larger than it takes, and says what is cut', () => {
    const summary = formatTestSummary(REPORT);
    expect(summary).toContain('## Reachability: not as expected');
    expect(summary.match(/^\| `t` \|/gm)).toHaveLength(5);
    const large = hostile(10_000);
    const cut = formatTestSummary(large);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(2 ** 20);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(2 ** 20 - 10_000);
    expect(cut).toMatch(/\*\*Cut\*\*: [\d,]+ more entries would make the summary larger than GitHub takes\.\n$/);
    for (const most of [0, 50, 200, 1000]) expect(Buffer.byteLength(formatTestSummary(large, most))).toBeLessThanOrEqual(most);
    expect(formatTestSummary(hostile(2))).not.toMatch(CONTROL);
  });
});
