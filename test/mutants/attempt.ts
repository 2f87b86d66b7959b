/**
 * One process per mutant: reads `{ replacement, checks }` from stdin, runs the checks with the edited module in place, and prints what each of them noticed, as JSON. Exits with 0 when it
 * could do so; anything else is a mutant that does not even load.
 */
import { register } from 'node:module';
import { text } from 'node:stream/consumers';
import type { Replacement } from './load.ts';
import type { CheckName } from './mutant.ts';

export interface Attempt {
  /** Absent: the sources as they are. */
  readonly replacement?: Replacement;
  readonly checks: readonly CheckName[];
}

export interface Outcome {
  readonly check: CheckName;
  /** The first line of what the check threw; absent when it noticed nothing. */
  readonly noticed?: string;
}

async function attempt(): Promise<void> {
  const { replacement, checks }: Attempt = JSON.parse(await text(process.stdin));
  if (replacement !== undefined) register('./load.js', import.meta.url, { data: replacement });
  const { checkOf } = await import('./checks.ts');
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    try {
      await checkOf(check).run();
      outcomes.push({ check });
    } catch (error) {
      outcomes.push({ check, noticed: String(error).split('\n', 1)[0] ?? '' });
    }
  }
  process.stdout.write(JSON.stringify(outcomes));
}

await attempt();
