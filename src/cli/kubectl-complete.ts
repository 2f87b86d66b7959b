#!/usr/bin/env node
/**
 * `kubectl_complete-netpolsim`: what kubectl asks for words that complete `kubectl netpolsim …` (KEP-2379). It gets the words behind `kubectl netpolsim`.
 */
process.argv.splice(2, 0, '__complete');
await import('./main.ts');
