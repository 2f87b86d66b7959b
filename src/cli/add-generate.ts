/**
 * The flags and the help of `generate`.
 */
import { Argument, type Command, Option } from 'commander';
import type { ExitCode } from './exit.ts';
import { choiceFlag, offering, textFlag, valueFlag, wholeFlag } from './flags.ts';
import { bundledShapes, type GenerateFlags, generateCommand, listShapes } from './generate.ts';
import type { Session } from './input.ts';
import { parseFraction } from './numbers.ts';
import { addOptions, requireFlag, usageOf, wrongUsage } from './usage.ts';

export function addGenerate(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command
    .usage('SHAPE --out DIR|FILE [--seed 1] | --list')
    .addArgument(offering(new Argument('[SHAPE]', 'name of a shape, or a file that specifies one (JSON or YAML)'), bundledShapes));
  addOptions(command, [
    new Option('--list', 'the shapes that there are, their sizes and sources'),
    textFlag('--out <path>', 'a folder for YAML (new or empty), or a file ending in .yaml, .yml, .json, .ndjson, .jsonl or .nps'),
    wholeFlag('--seed <n>', "the same seed gives the same cluster; default: the shape's own", { min: 0, max: Number.MAX_SAFE_INTEGER }),
    valueFlag('--scale <fraction>', 'a smaller cluster of the shape: above 0, at most 1; default 1', (text, flag) =>
      parseFraction(flag, text),
    ),
    textFlag('--updates <file>', 'what changes afterwards, a line of JSON each, for shapes that change (cilium-churn)'),
    choiceFlag('-o, --output <format>', 'table or json; default table', ['table', 'json']),
  ]);
  command.addHelpText('after', GENERATE_HELP);
  command.action(async (name: string | undefined, flags: GenerateFlags) => {
    const { out, list, ...others } = flags;
    if (list === true) {
      const extra = name === undefined && out === undefined ? Object.keys(others).filter((flag) => flag !== 'output') : ['SHAPE'];
      if (extra.length > 0) throw wrongUsage('`--list` goes with nothing but `--output`', usageOf(command));
      done(await listShapes(flags, session));
      return;
    }
    if (name === undefined)
      throw wrongUsage('missing required argument `SHAPE`', [...usageOf(command), '(`netpolsim generate --list` shows all)']);
    requireFlag(flags, 'out', command);
    done(await generateCommand(name, { ...flags, out: out! }, session));
  });
}

const GENERATE_HELP = `
A folder or file appears whole or not at all, readable by its owner only. A file that is there is replaced, a folder
that holds something is not. A snapshot (.nps) is read many times faster than
manifests; to make one takes the memory of the whole cluster.

Exit codes: 0 written or shown; 2 usage or input; 3 not written.

Examples:
  netpolsim generate --list
  netpolsim generate field-replica --seed 1 --out cluster/
  netpolsim generate kubernetes-maximum --scale 0.1 --out cluster.ndjson
  netpolsim generate field-replica --out cluster.nps
  netpolsim generate my-shape.json --out cluster.json`;
