/**
 * Measuring with tinybench: one function, repeated, in a process of its own. tinybench keeps time with a resolution of tens of nanoseconds and does not see that
 * work was optimised away, so what is measured takes at least a tenth of a millisecond per call and leaves something in `sink`.
 */
import { Bench } from 'tinybench';

/** One number of one process. */
export interface Measurement {
  /** What was measured, for example `time` or `peak memory`. */
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** Anything that explains the number: sizes, counts, digests. */
  readonly details?: Readonly<Record<string, number | string>>;
}

export interface Budget {
  /** Time to spend measuring, after a fifth of it for warming up. */
  readonly durationMs: number;
  readonly minIterations: number;
}

/** Results go here, so that no call can be left out as useless. */
export const sink = { value: 0 };

/** Median duration of one synchronous call in milliseconds. */
export async function medianMs(name: string, call: () => unknown, { durationMs, minIterations }: Budget): Promise<number> {
  const bench = new Bench({
    time: durationMs,
    iterations: minIterations,
    warmup: true,
    warmupTime: durationMs / 5,
    warmupIterations: Math.min(5, minIterations),
    throws: true,
  });
  bench.add(name, call, { async: false });
  await bench.run();
  return statistics(bench, name).p50;
}

/** Duration in milliseconds of one call, nothing warmed up. `isAsync` is told, because tinybench finds it out by a call that it does not count. */
export async function oneCallMs(name: string, call: () => unknown, isAsync: boolean): Promise<number> {
  const bench = new Bench({ time: 0, iterations: 1, warmup: false, throws: true });
  bench.add(name, call, { async: isAsync });
  await bench.run();
  return statistics(bench, name).p50;
}

function statistics(bench: Bench, name: string): { readonly p50: number } {
  const result = bench.getTask(name)?.result;
  if (result?.state !== 'completed') throw new Error(`the measurement of ${name} ended as ${result?.state ?? 'nothing'}`);
  return result.latency;
}

/** The most memory that this process has had in RAM so far, in MB (10^6 bytes). */
export function peakMemoryMb(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
