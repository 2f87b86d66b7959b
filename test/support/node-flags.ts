/**
 * How Node runs in tests: without `__proto__` and without code from strings, as hardened processes do. Every suite and every child process of one gets these flags;
 * worker threads have them from their process.
 */
export const NODE_FLAGS: readonly string[] = ['--disable-proto=delete', '--disallow-code-generation-from-strings'];

/** The line that Node writes on stderr for `process.emitWarning`, of which a leaked listener is one. */
const NODE_WARNING = /^\(node:\d+\) .*$/m;

/** The first warning of Node in what a process wrote on stderr. */
export function nodeWarningIn(stderr: string): string | undefined {
  return NODE_WARNING.exec(stderr)?.[0];
}
