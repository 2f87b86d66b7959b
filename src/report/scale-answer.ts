/**
 * Can this policy set be rolled out? What the benchmark found, held against limits that are written beside it. It is about the set as netpolsim reads it: what a data plane of a
 * cluster can hold is not in it.
 */
import type { Growth, ScaleReport } from '../scale/report.ts';
import { formatBytes, formatCount, formatDuration, formatShare } from './numbers.ts';
import { many } from './scale-words.ts';

export interface Answer {
  readonly verdict: 'yes' | 'yes, but' | 'no';
  /** One sentence. */
  readonly summary: string;
  readonly criteria: readonly Criterion[];
}

export interface Criterion {
  readonly name: string;
  /** `look`: no reason to stop, a reason to look. `open`: it could not be told. */
  readonly status: 'ok' | 'look' | 'no' | 'open';
  readonly finding: string;
  /** What was asked for. */
  readonly limit: string;
}

/** A change of policy is to be compiled while someone waits for it; longer than the second, and it is work for the night. */
const COMPILE_OK_MS = 1000;
const COMPILE_MOST_MS = 10_000;
/** Above linear by what n log n costs over three doublings and noise; at the square, eight times the cluster costs 64 times. */
const GROWTH_OK = 1.35;
const GROWTH_MOST = 2;

export function rollOut(report: ScaleReport): Answer {
  const criteria = [
    answers(report),
    certainty(report),
    effect(report),
    compileTime(report),
    cache(report),
    growth('growth of the cluster', report.growth.cluster),
    growth('growth of the policy set', report.growth.policies),
    ...comparison(report),
  ];
  const named = (status: Criterion['status']): string =>
    criteria
      .filter((each) => each.status === status)
      .map(({ name }) => name)
      .join(', ');
  const [no, look, open] = [named('no'), named('look'), named('open')];
  if (no !== '') return { verdict: 'no', summary: `Not as it is: ${no}.`, criteria };
  if (look !== '' || open !== '') {
    const parts = [look === '' ? '' : `look at ${look}`, open === '' ? '' : `not known: ${open}`];
    return { verdict: 'yes, but', summary: `Yes, but ${parts.filter((part) => part !== '').join('; ')}.`, criteria };
  }
  return { verdict: 'yes', summary: 'Yes: every criterion is met.', criteria };
}

function answers({ set, against }: ScaleReport): Criterion {
  const flows = set.checkedFlows + (against?.checkedFlows ?? 0);
  const finding = `${formatCount(flows)} flows agree`;
  const limit = 'engine and reference give the same verdicts';
  return { name: 'answers', status: flows > 0 ? 'ok' : 'open', finding, limit };
}

function certainty({ set }: ScaleReport): Criterion {
  const { allow, deny, unknown } = set.verdicts;
  const share = formatShare(unknown, allow + deny + unknown);
  const unreadable = set.input.unreadablePolicies;
  const finding = `${unknown === 0 ? 'no' : share} unknown verdicts${unreadable === 0 ? '' : `, ${many(unreadable, 'policy', 'policies')} that cannot be read`}`;
  return {
    name: 'certainty',
    status: unknown > 0 || unreadable > 0 ? 'no' : 'ok',
    finding,
    limit: 'every verdict of the sampled flows is certain',
  };
}

function effect({ set }: ScaleReport): Criterion {
  const { selectNoPod, rulesWithoutPeers, notEnforced } = set.withoutEffect;
  const parts = [
    ...(notEnforced > 0 ? [`${many(notEnforced, 'policy', 'policies')} that the data plane does not enforce`] : []),
    ...(selectNoPod > 0 ? [`${many(selectNoPod, 'policy', 'policies')} without a pod`] : []),
    ...(rulesWithoutPeers > 0 ? [`${many(rulesWithoutPeers, 'rule')} without a peer in the cluster`] : []),
  ];
  return {
    name: 'effect',
    status: notEnforced > 0 ? 'no' : parts.length > 0 ? 'look' : 'ok',
    finding: parts.length === 0 ? 'every policy selects pods, every rule has peers' : parts.join(', '),
    limit: 'nothing is written in vain',
  };
}

function compileTime({ set: { compile } }: ScaleReport): Criterion {
  const { median, low, high } = compile.coldMs;
  return {
    name: 'compile time',
    status: median <= COMPILE_OK_MS ? 'ok' : median <= COMPILE_MOST_MS ? 'look' : 'no',
    finding: `${formatDuration(median)} cold (${formatDuration(low)} to ${formatDuration(high)})`,
    limit: `at most ${formatDuration(COMPILE_OK_MS)}; over ${formatDuration(COMPILE_MOST_MS)} is too long`,
  };
}

function cache({ set, machine }: ScaleReport): Criterion {
  const { level2Bytes, level3Bytes } = machine.cache;
  const largest = level3Bytes ?? level2Bytes;
  const { verdictBytes } = set.tables;
  const size = formatBytes(verdictBytes);
  const base = { name: 'cache', limit: 'what verdicts are read from fits the last cache of this machine' };
  if (largest === null) return { ...base, status: 'open', finding: `${size}, the caches of this machine are not known` };
  const level = level2Bytes !== null && verdictBytes <= level2Bytes ? 'the second level cache' : 'the last cache';
  const fits = verdictBytes <= largest;
  return { ...base, status: fits ? 'ok' : 'look', finding: fits ? `${size} fit ${level}` : `${size} do not fit ${formatBytes(largest)}` };
}

function growth(name: string, { points, compileExponent, bytesExponent }: Growth): Criterion {
  const limit = `exponents at most ${GROWTH_OK}; over ${GROWTH_MOST} is too steep`;
  const failed = points.find((point) => 'failed' in point);
  const last = points.filter((point) => !('failed' in point)).at(-1)?.factor ?? 0;
  if (compileExponent === null || bytesExponent === null)
    return { name, status: 'open', finding: failed !== undefined && 'failed' in failed ? failed.failed : 'not measured', limit };
  const steepest = Math.max(compileExponent, bytesExponent);
  const measured = `time ~ n^${compileExponent.toFixed(2)}, bytes ~ n^${bytesExponent.toFixed(2)} up to x${last}`;
  if (failed !== undefined && 'failed' in failed) return { name, status: 'look', finding: `${measured}; ${failed.failed}`, limit };
  return { name, status: steepest <= GROWTH_OK ? 'ok' : steepest <= GROWTH_MOST ? 'look' : 'no', finding: measured, limit };
}

function comparison({ comparison: ratios, against }: ScaleReport): Criterion[] {
  if (ratios === null || against === null) return [];
  const worse = ratios.filter(({ better, ratio }) => (better === 'less' ? ratio.low > 1.1 : ratio.high < 1 / 1.1));
  const finding =
    worse.length === 0
      ? 'nothing is worse by more than a tenth'
      : worse.map(({ name, ratio }) => `${name} x${ratio.median.toFixed(2)}`).join(', ');
  return [
    {
      name: 'comparison',
      status: worse.length === 0 ? 'ok' : 'look',
      finding,
      limit: `nothing is certainly worse than ${against.name} by more than a tenth`,
    },
  ];
}
