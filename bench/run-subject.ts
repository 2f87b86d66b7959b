/**
 * The child process: runs one subject and prints what it found as one line of JSON on stdout, or prepares the files that it reads.
 *
 *   node run-subject.js SUBJECT FOLDER SEED [--quick] [--prepare]
 */
import { SUBJECTS } from './subjects/registry.ts';
import type { SubjectContext } from './subjects/subject.ts';

const [name, folder, seed, ...modes] = process.argv.slice(2);
if (name === undefined || folder === undefined || seed === undefined) throw new Error('expected SUBJECT FOLDER SEED [--quick] [--prepare]');
const quick = modes.includes('--quick');
const context: SubjectContext = {
  quick,
  seed: Number(seed),
  folder,
  budget: quick ? { durationMs: 100, minIterations: 3 } : { durationMs: 2000, minIterations: 10 },
};

const subject = SUBJECTS.find((candidate) => candidate.name === name);
if (subject === undefined) throw new Error(`there is no subject ${name}`);
if (modes.includes('--prepare')) await subject.prepare?.(context);
else process.stdout.write(`${JSON.stringify(await subject.run(context))}\n`);
