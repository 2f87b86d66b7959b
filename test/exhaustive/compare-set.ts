/**
 * Engine against reference on one policy set of the tiny universe: the verdicts of all flows from the batch kernel, whole decisions on a few that change from set
 * to set, so that over the enumeration every flow has its turn.
 */
import { isDeepStrictEqual } from 'node:util';
import { compile } from '../../src/engine/engine.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { printObjects } from '../../src/fuzz/manifests.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { NetworkPolicyObject } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, DENY } from '../../src/tables/layout.ts';
import { describeDifference } from '../support/compare.ts';
import { verdictsOf } from '../support/verdicts-of.ts';
import type { Letter } from './alphabet.ts';
import { spreads } from './policy-sets.ts';
import { FLOWS, withPolicies } from './universe.ts';

/** What was compared. */
export interface Tally {
  /** Policy sets: sets of letters, each once for every way to spread it over policies. */
  sets: number;
  flows: number;
  allowed: number;
}

/** Every 40th flow is compared as a whole decision. */
const DECISION_STEP = 40;

/**
 * All these sets of letters. `part` of `parts`: only every `parts`-th of them.
 * @throws {Error} that shows the first flow that differs, with the policies
 */
export function compareAll(sets: Iterable<readonly Letter[]>, { part = 0, parts = 1, report = (_: Tally) => {} } = {}): Tally {
  const tally: Tally = { sets: 0, flows: 0, allowed: 0 };
  let index = 0;
  for (const set of sets) {
    if (index++ % parts !== part) continue;
    for (const policies of spreads(set)) compareSet(policies, tally);
    if (Math.ceil(index / parts) % 5000 === 0) report(tally);
  }
  return tally;
}

function compareSet(policies: readonly NetworkPolicyObject[], tally: Tally): void {
  const manifests = withPolicies(policies);
  const engine = compile(manifests, { shared: false });
  const definition = reference(manifests);
  const directory = new Directory(engine.tables, new TableNames(engine.tables));
  const endpoint = new Map<string, number>();
  const batch = createFlowBatch(FLOWS.length);
  for (const { from, to, protocol, port } of FLOWS) {
    batch.source[batch.count] = endpointOf(directory, endpoint, from as string);
    batch.destination[batch.count] = endpointOf(directory, endpoint, to as string);
    batch.protocol[batch.count] = PROTOCOLS.indexOf(protocol as (typeof PROTOCOLS)[number]);
    batch.port[batch.count++] = port;
  }
  const verdicts = verdictsOf(engine.tables, batch);

  FLOWS.forEach((flow, i) => {
    const expected = definition.canReach(flow);
    const got = verdicts[i] === ALLOW ? 'allow' : verdicts[i] === DENY ? 'deny' : 'unknown';
    if (got !== expected.verdict) fail(policies, describeDifference(flow, expected, { verdict: got, by: 'batch kernel' }));
    if ((i + tally.sets) % DECISION_STEP === 0) {
      const decision = engine.canReach(flow);
      if (!isDeepStrictEqual(decision, expected)) fail(policies, describeDifference(flow, expected, decision));
    }
    if (got === 'allow') tally.allowed++;
  });
  tally.flows += FLOWS.length;
  tally.sets++;
}

/** Every address of the universe belongs to one endpoint. */
function endpointOf(directory: Directory, known: Map<string, number>, address: string): number {
  const found = known.get(address) ?? Array.from(directory.resolve(address).endpoints)[0];
  if (found === undefined) throw new Error(`nothing stands for \`${address}\``);
  known.set(address, found);
  return found;
}

function fail(policies: readonly NetworkPolicyObject[], difference: string): never {
  throw new Error(`${difference}\n${printObjects({ networkPolicies: policies })}`);
}
