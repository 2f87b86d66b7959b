/**
 * What is wrong with an input, collected and never thrown one by one.
 */
import type { ObjectRef, Origin } from './origin.ts';

/** `error`: the object or file cannot be used as it stands. `warning`: used, but probably not what was meant. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * One finding about the input. `message` says what was found and what is expected, lower case, no full stop,
 * user input in backticks with control characters escaped.
 */
export interface Diagnostic {
  /** Stable, kebab-case, for example `duplicate-key`, `unknown-field`, `invalid-cidr`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly origin: Origin;
  /** The object that is concerned, when it is known. */
  readonly object?: ObjectRef;
  /** Path of the field inside the object, for example `spec.ingress[0].ports[1].protocol`. */
  readonly field?: string;
  /** What to do, for example "did you mean `from`?". */
  readonly hint?: string;
}
