/**
 * Asks the reference about a connection that breaks an invariant: what the engine says alone is not told.
 */
import type { FlowQuery } from '../model/flow.ts';
import type { Manifests } from '../model/resource.ts';
import { reference } from '../reference/reference.ts';
import type { InvariantOptions } from './check-invariants.ts';
import type { BrokenFlow, Invariant } from './invariant.ts';
import { withPolicies } from './with-policies.ts';

/** @throws {Error} when it says otherwise, which is a mistake in netpolsim */
export function confirm(
  { flow, verdict, expected }: Pick<BrokenFlow, 'flow' | 'verdict' | 'expected'>,
  invariant: Invariant,
  { manifests, original }: { readonly manifests: Manifests; readonly original: Manifests },
  options: InvariantOptions,
): void {
  if (flow === null) return;
  const ask = (cluster: Manifests, wanted: string, query: FlowQuery): void => {
    const found = reference(cluster, options).canReach(query).verdict;
    if (found !== wanted)
      throw new Error(`the engine says ${wanted} of ${JSON.stringify(query)}, the reference ${found}: please report it`);
  };
  if (invariant.kind !== 'unchanged') {
    ask(manifests, verdict, flow);
    return;
  }
  ask(withPolicies(manifests, original), verdict, flow);
  ask(withPolicies(manifests, invariant.policies), expected, flow);
}
