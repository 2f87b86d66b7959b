/**
 * The child process: runs one subject, or prepares the files that the loading subjects read, and prints what it found as one line of JSON on stdout.
 *
 *   node run-subject.js SUBJECT FOLDER SEED [--quick]
 *   node run-subject.js --prepare FOLDER SEED [--quick]
 */
import { SUBJECTS } from './subjects/registry.ts';
import type { SubjectContext } from './subjects/subject.ts';
import { TEXT_FORMS } from './workloads/text-forms.ts';

const [name, folder, seed, mode] = process.argv.slice(2);
if (name === undefined || folder === undefined || seed === undefined) throw new Error('expected SUBJECT FOLDER SEED [--quick]');
const quick = mode === '--quick';
const context: SubjectContext = {
  quick,
  seed: Number(seed),
  folder,
  budget: quick ? { durationMs: 100, minIterations: 3 } : { durationMs: 2000, minIterations: 10 },
};

if (name === '--prepare') {
  const { prepareText } = await import('./subjects/load.ts');
  for (const form of TEXT_FORMS) prepareText(form, context);
} else {
  const subject = SUBJECTS.find((candidate) => candidate.name === name);
  if (subject === undefined) throw new Error(`there is no subject ${name}`);
  const measurements = await subject.run(context);
  process.stdout.write(`${JSON.stringify(measurements)}\n`);
}
