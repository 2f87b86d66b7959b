import { beforeAll, describe, expect, it } from 'vitest';
import { formatJson } from '../../../src/report/json.ts';
import { rollOut } from '../../../src/report/scale-answer.ts';
import { scaleDocument } from '../../../src/report/scale-document.ts';
import { plotScale } from '../../../src/report/scale-plot.ts';
import { formatScale, formatScaleMarkdown } from '../../../src/report/scale-text.ts';
import { svgPage, svgText } from '../../../src/report/svg.ts';
import type { ScaleReport } from '../../../src/scale/report.ts';
import { validatorOf } from '../../support/schemas.ts';
import { smallReport } from '../scale/small-report.ts';

let small: ScaleReport;
beforeAll(async () => {
  small = await smallReport();
});

const good = (): ScaleReport => ({
  ...small,
  set: { ...small.set, withoutEffect: { ...small.set.withoutEffect, selectNoPod: 0, rulesWithoutPeers: 0 } },
});
const statusOf = (report: ScaleReport, name: string): string | undefined =>
  rollOut(report).criteria.find((each) => each.name === name)?.status;

describe('the answer', () => {
  it('is yes where every criterion is met, and no for one that is not', () => {
    expect(rollOut(good())).toMatchObject({ verdict: 'yes', summary: 'Yes: every criterion is met.' });
    const unknown = { ...good(), set: { ...good().set, verdicts: { allow: 9, deny: 9, unknown: 1 } } };
    expect(rollOut(unknown)).toMatchObject({ verdict: 'no', summary: 'Not as it is: certainty.' });
  });

  it('is to look where something is written in vain', () => {
    expect(rollOut(small)).toMatchObject({ verdict: 'yes, but', summary: 'Yes, but look at effect.' });
  });

  it.each([
    [999, 'ok'],
    [1001, 'look'],
    [10_001, 'no'],
  ])('holds %d ms of compiling to be %s', (median, status) => {
    const coldMs = { median, low: median, high: median, values: [median] };
    expect(statusOf({ ...good(), set: { ...good().set, compile: { ...good().set.compile, coldMs } } }, 'compile time')).toBe(status);
  });

  it.each([
    [1.2, 'ok'],
    [1.7, 'look'],
    [2.1, 'no'],
  ])('holds growth with exponent %d to be %s', (compileExponent, status) => {
    const report = good();
    const growth = { ...report.growth, cluster: { ...report.growth.cluster, compileExponent } };
    expect(statusOf({ ...report, growth }, 'growth of the cluster')).toBe(status);
  });

  it('says what it does not know: caches, and sizes that could not be measured', async () => {
    const machine = { ...small.machine, cache: { level2Bytes: null, level3Bytes: null } };
    expect(statusOf({ ...good(), machine }, 'cache')).toBe('open');
    expect(statusOf({ ...good(), machine: { ...machine, cache: { level2Bytes: 64, level3Bytes: 128 } } }, 'cache')).toBe('look');
    expect(statusOf(await smallReport('small', true), 'growth of the cluster')).toBe('look');
  });

  it('looks at a comparison only where it is certainly worse', () => {
    const ratio = (low: number, high: number) => ({
      name: 'compile, cold',
      better: 'less' as const,
      differs: true,
      ratio: { median: 1.3, low, high, values: [1.3] },
    });
    const compared = (low: number, high: number): ScaleReport => ({ ...good(), against: small.set, comparison: [ratio(low, high)] });
    expect([statusOf(compared(1.2, 1.4), 'comparison'), statusOf(compared(0.9, 1.4), 'comparison')]).toEqual(['look', 'ok']);
  });
});

describe('the forms', () => {
  it('as JSON follow the schema', () => {
    const validate = validatorOf('policy-scale-report');
    const read = (report: ScaleReport): unknown => JSON.parse(formatJson(scaleDocument(report)));
    expect(validate(read(small))).toEqual([]);
    expect(validate(read({ ...small, against: small.set, comparison: small.noise }))).toEqual([]);
    expect(validate({ ...(read(small) as object), answer: {} })).not.toEqual([]);
  });

  it('as text and Markdown begin with the answer and say why', () => {
    expect(formatScale(small)).toMatch(/^Can we roll this out\? Yes, but look at effect\.\n/);
    expect(formatScaleMarkdown(small)).toMatch(/^# Can we roll this out\?\n\n\*\*Yes, but look at effect\.\*\*\n/);
    for (const text of [formatScale(small), formatScaleMarkdown(small)])
      expect(text).toContain('selects 4 pods through 2 rules; 3 entries');
  });

  it('keep names from acting: no markup, no controls', async () => {
    const hostile = await smallReport('<script>x</script> `|` [a](b) \u001b[31m\n# \u202e');
    expect(formatScaleMarkdown(hostile)).not.toMatch(/[^\\](<script|`|\[a\])/);
    const plot = plotScale(hostile);
    expect(plot).not.toContain('<script');
    expect(plot).toContain('&lt;script&gt;');
    for (const text of [plot, formatScaleMarkdown(hostile), formatScale(hostile)])
      expect(['\u001b', '\u202e'].filter((each) => text.includes(each))).toEqual([]);
  });

  it('as SVG are well-formed, with every tag closed and no script, link or font', () => {
    const plot = plotScale({ ...small, against: small.set, comparison: small.noise });
    const open: string[] = [];
    for (const [, close, name, empty] of plot.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(plot.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
    expect(plot).not.toMatch(/<(script|image|foreignObject|a)\b|href|url\(|@import|NaN|undefined/);
    expect(plot).toContain('prefers-color-scheme:dark');
  });

  it('as SVG escape what XML cannot hold', () => {
    const page = svgPage(1, 1, 'a"b', '&', [svgText(0, 0, '\ud800 <\u0000>')]);
    expect(['\ud800', '\u0000', '<\\u'].filter((each) => page.includes(each))).toEqual([]);
    expect(page).toContain('a&quot;b');
    expect(() => svgText(Number.NaN, 0, '')).toThrow('got `NaN`');
  });
});
