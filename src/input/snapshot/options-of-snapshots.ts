/**
 * Options that cannot do anything to a snapshot, which holds what was read when it was made.
 */
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { InputOptions } from '../input-options.ts';

export function notesOnOptions(file: string, { workloadPods, strict }: InputOptions): Diagnostic[] {
  const given = [
    ...(workloadPods === undefined ? [] : ['the number of pods that a workload stands for']),
    ...(strict ? ['strict reading'] : []),
  ];
  return given.map((what) => ({
    code: 'option-without-effect',
    severity: 'warning',
    message: `${what} was settled when the snapshot was made: asking for it now has no effect`,
    origin: { file, line: 0, column: 0 },
  }));
}
