/**
 * The order of administrators' policies in a tier: by priority, and what a data plane does where priorities are equal. Specification: policy.networking.k8s.io/v1alpha2
 * `priority` (the order of equal ones is the implementation's choice), and the profiles of src/cni.
 */
import { compareText } from '../lib/compare-text.ts';
import type { Action, Policy } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';

/** A policy before its place is known. Infinity: after every other of its tier. */
export interface Placed {
  readonly policy: Policy;
  readonly priority: number;
}

export function inOrder(placed: readonly Placed[], equalPriority: CniProfile['equalPriority']): Policy[] {
  const sorted = placed.flatMap(equalPriority === 'cilium' ? ruleByRule : (each): Ranked => ({ ...each, behind: 0 }));
  sorted.sort((a, b) => compareNumbers(a.priority, b.priority) || a.behind - b.behind || compareEqual(a.policy, b.policy, equalPriority));
  return sorted.map(({ policy, priority }) => (equalPriority === 'undefined' ? { ...policy, rank: priority } : policy));
}

interface Ranked extends Placed {
  /** Hundredths of a priority. A policy has at most 100 rules. */
  readonly behind: number;
}

/** Rule i of a policy has priority p + i/100, of each direction alone. */
function ruleByRule({ policy, priority }: Placed): Ranked[] {
  return policy.rules.map((rule) => ({ policy: { ...policy, rules: [rule] }, priority, behind: Math.max(0, rule.index) }));
}

const STRICTEST_FIRST: readonly Action[] = ['unknown', 'deny', 'pass', 'allow'];

function compareEqual(a: Policy, b: Policy, equalPriority: CniProfile['equalPriority']): number {
  if (equalPriority === 'cilium') {
    const order = STRICTEST_FIRST.indexOf(a.rules[0]!.action) - STRICTEST_FIRST.indexOf(b.rules[0]!.action);
    if (order !== 0) return order;
  }
  if (equalPriority === 'calico' && a.ref.name !== b.ref.name) {
    return compareText(`${a.ref.name}//${a.ref.kind}`, `${b.ref.name}//${b.ref.kind}`);
  }
  // What could not be read stands before what could, and those of which not even the name is known are told apart by what is wrong with them, whatever the order of the input.
  const fault = ({ rules }: Policy) => rules[0]?.reason ?? '';
  return (
    compareText(a.ref.name, b.ref.name) ||
    compareText(a.ref.kind, b.ref.kind) ||
    Number(isReadable(a)) - Number(isReadable(b)) ||
    compareText(fault(a), fault(b))
  );
}

/** The rules of a policy that could not be read are those of no list. */
function isReadable({ rules }: Policy): boolean {
  return rules.length === 0 || rules[0]!.index >= 0;
}

/** Infinity equals itself, of which a difference knows nothing. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
