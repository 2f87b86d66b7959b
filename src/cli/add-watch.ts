/**
 * The flags and the help of `watch`.
 */
import { type Command, Option } from 'commander';
import type { ExitCode } from './exit.ts';
import type { Session } from './input.ts';
import { addOptions } from './usage.ts';
import { type WatchFlags, watchCommand } from './watch.ts';

export function addWatch(command: Command, session: Session, done: (code: ExitCode) => void, program: Command): void {
  // What stands behind the name of the command belongs to it.
  program.enablePositionalOptions();
  command
    .usage('COMMAND...')
    .passThroughOptions()
    .argument('<COMMAND...>', 'a command of netpolsim with its flags, as it would be given alone');
  addOptions(command, [new Option('-q, --quiet', 'only what the command itself says')]);
  command.addHelpText('after', WATCH_HELP);
  command.action(async (words: readonly string[], flags: WatchFlags) => done(await watchCommand(words, flags, session, program)));
}

const WATCH_HELP = `
The command runs at once, and again when files that it reads have changed and nothing changes any more: those that
its flags and arguments name, what folders hold, and the \`inputs\` of tests. A run that fails ends nothing: mend the
file, and it runs again. Files are looked at ten times a second, more seldom where there are many, so that folders
from elsewhere (network, containers) are watched, too. Ctrl-C ends (exit 0).

Exit codes: 0 ended by Ctrl-C or a signal; 2 usage, or a command that reads no files.

Examples:
  netpolsim watch can-reach shop/web shop/cart --port 7070 -f cluster/
  netpolsim watch test tests/*.yaml
  netpolsim watch matrix -n shop -f cluster/ -f policies.yaml`;
