/**
 * The flags and the help of `completion`.
 */
import { Argument, type Command } from 'commander';
import { completionScript, SHELLS, type Shell } from './completion-scripts.ts';
import { CliError, EXIT_OK, type ExitCode } from './exit.ts';
import { offering } from './flags.ts';
import type { Session } from './input.ts';

export function addCompletion(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage(SHELLS.join('|'));
  command.addArgument(offering(new Argument('<SHELL>', SHELLS.join(', ')), () => SHELLS));
  command.addHelpText('after', COMPLETION_HELP);
  command.action(async (name: string) => {
    const shell: Shell | undefined = SHELLS.find((each) => each === name);
    if (shell === undefined)
      throw new CliError(`there is no completion for \`${name}\`: expected ${SHELLS.map((each) => `\`${each}\``).join(', ')}`);
    await session.terminal.result(completionScript(shell));
    done(EXIT_OK);
  });
}

const COMPLETION_HELP = `
The script asks netpolsim itself for commands, flags, what flags can be, and where names of files belong. For
\`kubectl netpolsim\` no script is needed: kubectl asks the executable \`kubectl_complete-netpolsim\`.

Exit codes: 0 written; 2 usage.

Examples:
  source <(netpolsim completion bash)
  netpolsim completion bash > /etc/bash_completion.d/netpolsim
  netpolsim completion zsh > "\${fpath[1]}/_netpolsim"
  netpolsim completion fish > ~/.config/fish/completions/netpolsim.fish`;
