/**
 * Policies that a data plane does not enforce: the most dangerous finding of all, because somebody relies on them.
 */

import { escapeControls } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';

const MOST_LISTED = 20;

/** `because` is a clause: what the data plane does instead. */
export interface NotEnforced {
  readonly ref: ObjectRef;
  readonly origin: Origin;
  readonly because: string;
}

/** One warning for each of the first policies, and one that counts the rest. `because` is a clause: what the data plane does. */
export function notEnforced(
  policies: readonly { readonly ref: ObjectRef; readonly origin: Origin }[],
  profile: string,
  because: string,
): Diagnostic[] {
  const diagnostics = policies.slice(0, MOST_LISTED).map(({ ref, origin }): Diagnostic => {
    const name = ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`;
    return {
      code: 'policy-not-enforced',
      severity: 'warning',
      message: `${ref.kind} \`${escapeControls(name)}\` is not enforced under \`${profile}\`, and the pods that it means to protect are open to what it forbids: ${because}`,
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
