/**
 * The commands with their flags, for tests that look at them. No command can be run in it.
 */
import type { Command } from 'commander';
import type { Session } from '../../src/cli/input.ts';
import { createProgram } from '../../src/cli/program.ts';

export function createTestProgram(): Command {
  return createProgram({ session: {} as Session, name: 'netpolsim', version: '0.0.0', done: () => {}, print: () => {} });
}
