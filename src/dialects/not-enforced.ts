/**
 * Policies that a data plane does not enforce: the most dangerous finding of all, because somebody relies on them.
 */

import { escapeControls } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespacedName } from '../model/object-names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';

const MOST_LISTED = 20;

/** `because` is a clause: what the data plane does instead. `forbids`: can the policy deny anything? */
export interface NotEnforced {
  readonly ref: ObjectRef;
  readonly origin: Origin;
  readonly because: string;
  readonly forbids: boolean;
}

/** One warning for each of the first policies, and one that counts the rest. */
export function notEnforced(policies: readonly NotEnforced[], profile: string): Diagnostic[] {
  const diagnostics = policies.slice(0, MOST_LISTED).map(({ ref, origin, because, forbids }): Diagnostic => {
    const name = namespacedName(ref);
    const effect = forbids ? 'the pods that it means to protect are open to what it forbids' : 'what it allows other policies may deny';
    return {
      code: 'policy-not-enforced',
      severity: 'warning',
      message: `${ref.kind} \`${escapeControls(name)}\` is not enforced under \`${profile}\`, and ${effect}: ${because}`,
      origin,
      object: ref,
    };
  });
  const rest = policies[MOST_LISTED];
  if (rest !== undefined) {
    const count = policies.length - MOST_LISTED;
    diagnostics.push({
      code: 'policy-not-enforced',
      severity: 'warning',
      message: `${count} more ${count === 1 ? 'policy is' : 'policies are'} not enforced under \`${profile}\` for the same reason`,
      origin: rest.origin,
    });
  }
  return diagnostics;
}
