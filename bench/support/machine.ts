/**
 * What the numbers were measured on.
 */
import { execFileSync } from 'node:child_process';
import { describeMachine as describeThisMachine } from '../../src/scale/machine.ts';
import { ROOT } from './paths.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** Load over one minute before the first measurement: anything near the number of cores makes the results worthless. */
  readonly load: number;
  /** The commit, with `+` behind it when files differ from it; null outside a repository. */
  readonly commit: string | null;
}

export function describeMachine(): Machine {
  const { cpu, cores, memoryBytes, system, node, load } = describeThisMachine();
  return { cpu, cores, memoryGb: Math.round(memoryBytes / 1e9), system, node, v8: process.versions.v8, load, commit: commitOf() };
}

export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGb, system, node, v8, load, commit } = machine;
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node} (V8 ${v8}), load ${load}, commit ${commit ?? 'none'}`;
}

function commitOf(): string | null {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+');
  } catch {
    return null;
  }
}
