/**
 * Long runs through vitest, which reads TypeScript. Exit 1 on a mismatch, 2 on wrong usage.
 * `npm run soak -- --minutes 60 [--seed N] [--preset NAME]`: engine against reference on fresh clusters.
 * `npm run soak -- --laws [COUNT] [--law ID] [--seed N]`: every law on COUNT instances, 10,000 when nothing is said.
 * `npm run soak -- --exhaustive [tiers] [--part I/N]`: every set of three rules of the exhaustive comparison, or of that of tiers, or the I-th of N parts of them.
 * `npm run soak -- --updates [COUNT] [--seed N]`: COUNT scripts of updates in each of 24 ways, 100 when nothing is said, and 100 times as many random sequences.
 * `npm run soak -- --kills [COUNT] [--seed N]`: COUNT kills of a run that writes a file, 200 when nothing is said.
 */
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { NODE_FLAGS } from '../support/node-flags.ts';

const USAGE =
  'usage: npm run soak -- --minutes 60 [--seed N] [--preset NAME], or --laws [COUNT] [--law ID] [--seed N], or --exhaustive [tiers] [--part I/N], or --updates [COUNT] [--seed N], or --kills [COUNT] [--seed N]';
const LAW_INSTANCES = '10000';
const KILLS = '200';
const UPDATES = '100';

const { what, variables } = readOptions();
Object.assign(process.env, variables);

// A run that ends before it has a result is no success.
process.exitCode = 1;
const vitest = await startVitest('test', [], {
  config: false,
  watch: false,
  include: [`test/soak/${what}.soak.ts`],
  pool: 'forks',
  execArgv: [...NODE_FLAGS],
  setupFiles: ['test/support/surprises.ts'],
  disableConsoleIntercept: true,
});
const modules = vitest.state.getTestModules();
const ok = modules.length > 0 && modules.every((module) => module.ok());
await vitest.close();
process.exitCode = ok ? 0 : 1;

interface SoakOptions {
  readonly what: 'engine' | 'laws' | 'exhaustive' | 'tiers' | 'updates' | 'kills';
  /** What the run is told through its environment. */
  readonly variables: Readonly<Record<string, string>>;
}

function readOptions(): SoakOptions {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        minutes: { type: 'string', default: '1' },
        seed: { type: 'string' },
        preset: { type: 'string' },
        laws: { type: 'boolean', default: false },
        law: { type: 'string' },
        exhaustive: { type: 'boolean', default: false },
        part: { type: 'string' },
        updates: { type: 'boolean', default: false },
        kills: { type: 'boolean', default: false },
      },
    });
    const { minutes, seed, preset, laws, law, exhaustive, part, updates, kills } = values;
    if (!(Number(minutes) >= 0)) throw new TypeError(`--minutes must be a number, got \`${minutes}\``);
    if (part !== undefined && !/^[1-9][0-9]*\/[1-9][0-9]*$/.test(part)) throw new TypeError(`--part must be I/N, got \`${part}\``);
    if ([laws, exhaustive, updates, kills].filter(Boolean).length > 1) {
      throw new TypeError('--laws, --exhaustive, --updates and --kills are runs of their own');
    }
    const tiers = exhaustive && positionals[0] === 'tiers';
    const rest = tiers ? positionals.slice(1) : positionals;
    const counted = kills
      ? { name: 'kills', count: KILLS }
      : updates
        ? { name: 'updates', count: UPDATES }
        : { name: 'laws', count: LAW_INSTANCES };
    const [instances = counted.count, unexpected = laws || updates || kills ? undefined : rest[0]] = rest;
    if (unexpected !== undefined) throw new TypeError(`unexpected argument \`${unexpected}\``);
    if (!(Number.isInteger(Number(instances)) && Number(instances) > 0)) {
      throw new TypeError(`--${counted.name} takes a whole number above 0, got \`${instances}\``);
    }
    const variables = {
      NETPOLSIM_SOAK_MINUTES: minutes,
      NETPOLSIM_SEED: seed,
      NETPOLSIM_SOAK_PRESET: preset,
      NETPOLSIM_SOAK_PART: part,
      NETPOLSIM_SOAK_INSTANCES: instances,
      NETPOLSIM_SOAK_LAW: law,
      NETPOLSIM_KILLS: kills ? instances : undefined,
    };
    const given = Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    return {
      what: laws ? 'laws' : tiers ? 'tiers' : exhaustive ? 'exhaustive' : updates ? 'updates' : kills ? 'kills' : 'engine',
      variables: Object.fromEntries(given),
    };
  } catch (error) {
    console.error(`soak: ${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}
