/**
 * X2: the number of workers, and who takes which batch, play no part.
 */
import { isDeepStrictEqual } from 'node:util';
import { createDecisionKernel } from '../../src/evaluate/decision-kernel.ts';
import { planFlows } from '../../src/flows/flow-plan.ts';
import { createFlowGenerator } from '../../src/flows/generate.ts';
import { countersOfSlot, createCounter, layOutCounters, sumSlots } from '../../src/simulate/counters.ts';
import { groupForDenials } from '../../src/simulate/denied-groups.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { open } from './lab.ts';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { choicesOf, type Draw, draws, printDraw } from './worlds.ts';

const BATCHES = 5;
const FLOWS_PER_BATCH = 100;

interface Run {
  readonly counters: readonly number[];
  readonly columns: readonly number[][];
}

/** What `count` workers do with the batches of a run, one after the other: each has its own generator, kernel, counters. `numbered`: which number a worker gives a batch. */
function runWith(
  tables: RuleTables,
  seed: number,
  count: number,
  order: readonly number[],
  numbered: (batch: number, at: number) => number,
): Run {
  const plan = planFlows(tables, seed);
  const groups = groupForDenials(tables);
  const layout = layOutCounters(tables, 'full', groups.sources * groups.destinations);
  const slots = new Float64Array(layout.slotCells * count);
  const columns: number[][] = [];
  const workers = Array.from({ length: count }, (_, slot) => {
    const batch = createFlowBatch(FLOWS_PER_BATCH);
    const outcome = {
      verdicts: new Uint8Array(FLOWS_PER_BATCH),
      egress: new Uint32Array(FLOWS_PER_BATCH),
      ingress: new Uint32Array(FLOWS_PER_BATCH),
    };
    const generate = createFlowGenerator(tables, plan, batch);
    const judge = createDecisionKernel(tables, batch, outcome);
    const add = createCounter(tables, batch, outcome, groups, countersOfSlot(layout, slots, slot));
    return (number: number, at: number) => {
      generate(numbered(number, at), FLOWS_PER_BATCH);
      judge(FLOWS_PER_BATCH);
      add(FLOWS_PER_BATCH);
      columns[number] = [batch.source, batch.destination, batch.protocol, batch.port, outcome.verdicts].flatMap((column) =>
        Array.from(column),
      );
    };
  });
  order.forEach((number, at) => {
    workers[at % count]!(number, Math.floor(at / count));
  });
  const { verdicts, egress, ingress, egressDefault, ingressDefault, denied } = sumSlots(layout, slots);
  return { counters: [verdicts, egress, ingress, egressDefault, ingressDefault, denied].flatMap((each) => Array.from(each)), columns };
}

function workersDoNotMatter(globalNumbers: boolean): Check<Draw> {
  return (draw) => {
    const random = choicesOf(draw, 'X2');
    const { tables } = open(draw.world);
    const order = [...Array(BATCHES).keys()];
    for (let i = BATCHES - 1; i > 0; i--) {
      const other = random.below(i + 1);
      [order[i], order[other]] = [order[other]!, order[i]!];
    }
    const count = random.pick([2, 3, 5, 8]);
    const one = runWith(tables, draw.seed, 1, [...Array(BATCHES).keys()], (batch) => batch);
    const several = runWith(tables, draw.seed, count, order, (batch, at) => (globalNumbers ? batch : at));
    if (!isDeepStrictEqual(one, several)) throw new LawBroken(`1 worker and ${count} workers differ for seed ${draw.seed}`);
    return true;
  };
}

export const WORKER_LAWS: readonly AnyLaw[] = [
  {
    id: 'X2',
    law: 'flows, verdicts and counters of 1 worker = those of n workers, whoever takes which batch',
    precondition:
      'none; instances run the parts of a worker in one thread, a test beside them runs whole simulations with 1, 2, 3 and 8 threads',
    instance: draws,
    check: workersDoNotMatter(true),
    foil: { wrong: 'workers number batches for themselves', check: workersDoNotMatter(false) },
    print: printDraw,
    engineOnly: true,
  },
];
