#!/usr/bin/env node
/**
 * The executable. It checks the version of Node before anything else is loaded, and assumes the worst: the exit code says "no result" until there is one.
 */
process.exitCode = 3;

const OLDEST_NODE = [20, 19] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) {
  const { run } = await import('./run.ts');
  await run(process.argv.slice(2));
} else {
  process.stderr.write(`netpolsim: needs Node ${OLDEST_NODE.join('.')} or newer, this is ${process.versions.node}\n`);
  process.exitCode = 2;
}
