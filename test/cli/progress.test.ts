/**
 * Progress: what is written when, with a clock of the test's own; and that runs into pipes are silent and without colours.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Progress, type ProgressLine } from '../../src/cli/progress.ts';
import { MAIN, ROOT, runCli } from '../support/cli.ts';
import { NODE_FLAGS } from '../support/node-flags.ts';

function recorded(errorIsTerminal: boolean) {
  const said: (string | undefined)[] = [];
  const line: ProgressLine = { errorIsTerminal, progress: (text) => said.push(text), message: (text) => said.push(`line: ${text}`) };
  const clock = { ms: 1000 };
  return { said, line, clock, now: () => clock.ms };
}

describe('progress', () => {
  it('is a line on a terminal, written over ten times a second at most, and gone in the end', () => {
    const { said, line, clock, now } = recorded(true);
    const progress = new Progress(line, {}, now);
    for (let i = 0; i <= 250; i++) {
      progress.report(() => `at ${i}`);
      clock.ms++;
    }
    expect(said).toEqual(['at 100', 'at 200']);
    progress.end();
    expect(said.at(-1)).toBeUndefined();
  });

  it('names what begins at once, unless the run has just begun', () => {
    const { said, line, clock, now } = recorded(true);
    const progress = new Progress(line, {}, now);
    progress.begin(() => 'too early');
    clock.ms += 150;
    progress.report(() => 'reading');
    progress.begin(() => 'compiling');
    expect(said).toEqual(['reading', 'compiling']);
  });

  it('is a line every half a minute elsewhere', () => {
    const { said, line, clock, now } = recorded(false);
    const progress = new Progress(line, {}, now);
    for (let second = 0; second <= 65; second++) {
      progress.report(() => `after ${second} s`);
      progress.begin(() => 'never sooner');
      clock.ms += 1000;
    }
    progress.end();
    expect(said).toEqual(['line: after 30 s', 'line: after 60 s']);
  });

  it('is nothing with --quiet, and its texts are not even made', () => {
    const { said, line, clock, now } = recorded(true);
    const progress = new Progress(line, { quiet: true }, now);
    clock.ms += 1e6;
    progress.report(() => expect.fail('asked for'));
    progress.begin(() => expect.fail('asked for'));
    progress.end();
    expect(said).toEqual([]);
  });
});

/** Without a terminal, as the program is by `script`, nothing of this can be seen. */
const hasScript = process.platform === 'linux' && spawnSync('script', ['--version'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!hasScript)('on a terminal', () => {
  const onTerminal = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const words = [process.execPath, ...NODE_FLAGS, MAIN, ...args].map((word) => `'${word}'`).join(' ');
    const { stdout } = spawnSync('script', ['-qec', words, '/dev/null'], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ...env },
      encoding: 'utf8',
    });
    return stdout;
  };
  const simulate = ['simulate', '-f', 'datasets/clusters/web-shop', '--flows', '3M', '--workers', '1'];

  it('shows how far a simulation is, in one line that is taken away', () => {
    const text = onTerminal(simulate);
    expect(text).toMatch(/\r\d+ % of 3,000,000 flows, [\d.,]+ (?:million )?flows\/s/);
    expect(text).toContain('\r\u001b[K');
    expect(text.slice(text.lastIndexOf('\r\u001b[K'))).toContain('VERDICT');
    expect(onTerminal([...simulate, '-q'])).not.toContain('% of');
    // Where the line would stay, or nobody looks.
    for (const env of [{ TERM: 'dumb' }, { CI: 'true' }]) expect(onTerminal(simulate, env)).not.toContain('% of');
  });

  it('has colours, unless NO_COLOR says no', () => {
    const question = ['can-reach', '-q', 'shop/web', 'shop/cart', '--port', '7070', '-f', 'datasets/clusters/web-shop'];
    expect(onTerminal(question)).toContain('\u001b[1m');
    expect(onTerminal(question, { NO_COLOR: '1' })).not.toContain('\u001b');
    expect(onTerminal(question, { TERM: 'dumb' })).not.toContain('\u001b[1m');
  });
});

describe('into a pipe', () => {
  it('help has no colours, even where they are forced into results', async () => {
    const { stdout, stderr } = await runCli(['--help'], { env: { FORCE_COLOR: '1' } });
    expect(`${stdout}${stderr}`).not.toContain('\u001b');
  });
});
