#!/usr/bin/env node
/**
 * The executable. It checks the version of Node before anything else is loaded, and assumes the worst: the exit code says "no result" until there is one.
 */
process.exitCode = 3;

const OLDEST_NODE = [20, 19] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** Tables and counters are larger than what these can address. */
const NARROW = ['arm', 'ia32', 'mips', 'mipsel', 'ppc', 's390'];

if (NARROW.includes(process.arch)) {
  process.stderr.write(`netpolsim: needs a 64-bit Node, this is one for ${process.arch}\n`);
  process.exitCode = 2;
} else if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) {
  // Its own files may be unreadable too. Node would exit 1, which means something else here.
  const refuse = (error: unknown): never => {
    process.stderr.write(`netpolsim: cannot be loaded: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(3);
  };
  process.on('uncaughtException', refuse);
  const { run } = await import('./run.ts').catch(refuse);
  process.off('uncaughtException', refuse);
  await run(process.argv.slice(2));
} else {
  process.stderr.write(`netpolsim: needs Node ${OLDEST_NODE.join('.')} or newer, this is ${process.versions.node}\n`);
  process.exitCode = 2;
}
