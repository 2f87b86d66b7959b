/**
 * Asks the reference about connections that break an invariant: what the engine says alone is not told.
 */
import type { FlowQuery } from '../model/flow.ts';
import type { Manifests } from '../model/resource.ts';
import { type Reference, reference } from '../reference/reference.ts';
import type { InvariantOptions } from './check-invariants.ts';
import type { BrokenFlow, Invariant } from './invariant.ts';
import { withPolicies } from './with-policies.ts';

/** @throws {Error} when it says otherwise, which is a mistake in netpolsim */
export function confirm(
  broken: readonly BrokenFlow[],
  invariant: Invariant,
  { manifests, original }: { readonly manifests: Manifests; readonly original: Manifests },
  options: InvariantOptions,
): void {
  const isUnchanged = invariant.kind === 'unchanged';
  const own = reference(isUnchanged ? withPolicies(manifests, original) : manifests, options);
  const other = isUnchanged ? reference(withPolicies(manifests, invariant.policies), options) : undefined;
  for (const { flow, verdict, expected } of broken) {
    if (flow === null) continue;
    ask(own, flow, verdict);
    if (other !== undefined) ask(other, flow, expected);
  }
}

function ask(asked: Reference, flow: FlowQuery, wanted: string): void {
  const { verdict } = asked.canReach(flow);
  if (verdict !== wanted)
    throw new Error(`the engine says ${wanted} of ${JSON.stringify(flow)}, the reference ${verdict}: please report it`);
}
