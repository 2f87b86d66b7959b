/**
 * Words that several reports share: objects, places and verdicts as text.
 */
import type { DefaultReason, Verdict } from '../model/decision.ts';
import { objectName } from '../model/object-names.ts';
import { type ObjectRef, type Origin, placeText, UNREADABLE } from '../model/origin.ts';
import type { Paint } from './paint.ts';

/** A policy by its name; by its place where its name, or not even its kind, could be read. Not escaped. */
export function policyName(policy: ObjectRef, origin: Origin): string {
  const { kind, namespace, name } = policy;
  if (name !== UNREADABLE) return objectName(policy);
  if (kind === UNREADABLE) return placeText(origin);
  return `${kind}${namespace === undefined ? '' : ` in ${namespace}`} at ${placeText(origin)}`;
}

/** `1 pod`, `2 pods`. */
export function plural(count: string, one: string, many = `${one}s`): string {
  return `${count} ${count === '1' ? one : many}`;
}

export function paintVerdict(verdict: Verdict, text: string, paint: Paint): string {
  if (verdict === 'allow') return paint.green(text);
  return verdict === 'deny' ? paint.red(text) : paint.yellow(text);
}

/** Why a half came out as it did when no rule decided. */
export const DEFAULT_TEXTS: Readonly<Record<DefaultReason, string>> = {
  'not-a-policed-pod': 'not a pod that policies apply to',
  'not-isolated': 'not isolated',
  'isolated-no-rule-matches': 'no rule matches',
  'pod-to-itself': 'a pod always reaches itself',
  'own-node': 'no policy stands between a pod and its own node',
  unmatched: 'no rule of any tier matches',
  'protocol-not-policed': 'policies do not apply to this protocol',
};
