/**
 * Nobody reads the counterexample that killed a mutant.
 */
import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true });
