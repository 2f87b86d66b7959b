/**
 * What was measured on.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import type { Machine } from './report.ts';

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() || 'unknown',
    cores: cores.length,
    memoryBytes: totalmem(),
    system: `${process.platform} ${release()} ${process.arch}`,
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    cache: { level2Bytes: cacheBytes(2), level3Bytes: cacheBytes(3) },
  };
}

/** What Linux says of the first core. */
function cacheBytes(level: number): number | null {
  for (let index = 0; index < 8; index++) {
    const folder = `/sys/devices/system/cpu/cpu0/cache/index${index}`;
    try {
      if (readFileSync(`${folder}/level`, 'utf8').trim() !== String(level)) continue;
      const [, size, unit] = /^(\d+)([KM])$/.exec(readFileSync(`${folder}/size`, 'utf8').trim()) ?? [];
      return size === undefined ? null : Number(size) * (unit === 'M' ? 2 ** 20 : 2 ** 10);
    } catch {
      return null;
    }
  }
  return null;
}
