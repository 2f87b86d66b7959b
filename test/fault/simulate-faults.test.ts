import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reproduciblePart, type SimulationReport } from '../../src/simulate/report.ts';
import { type SimulateOptions, simulate } from '../../src/simulate/simulate.ts';
import { SimulationError, type SimulationErrorCode } from '../../src/simulate/simulation-error.ts';
import { builtFile } from '../support/built.ts';
import { smallEngine } from '../unit/simulate/small-cluster.ts';

const engine = smallEngine();
const BATCHES = 8;
const FLOWS = BATCHES * 65536;
/** Threads read JavaScript. */
const FAULTY_WORKER = pathToFileURL(builtFile('dist-tools/test/fault/faulty-worker.js'));

function runWith(data: object, options: Partial<SimulateOptions> = {}): Promise<SimulationReport> {
  return simulate(engine, {
    flows: FLOWS,
    workers: 2,
    batchesPerTask: 1,
    counters: 'rules',
    ...options,
    worker: { url: FAULTY_WORKER, data },
  });
}

/** What must never happen while a worker fails: rejections nobody handles, warnings of leaked listeners. */
const unhandled = vi.fn();

beforeEach(() => {
  unhandled.mockClear();
  process.on('unhandledRejection', unhandled);
  process.on('warning', unhandled);
});

afterEach(async () => {
  // Rejections are reported after the microtasks of a turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  process.off('warning', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  // The ports of threads that have ended close in a later turn.
  await vi.waitFor(() => expect(threads()).toEqual([]), 10_000);
});

/** Threads that keep this process alive. */
function threads(): string[] {
  return process.getActiveResourcesInfo().filter((resource) => /worker|messageport/i.test(resource));
}

describe('a worker without a fault', () => {
  it('gives the report of the real worker', async () => {
    const real = await simulate(engine, { flows: FLOWS, workers: 2, batchesPerTask: 1, counters: 'rules' });
    expect(reproduciblePart(await runWith({}))).toEqual(reproduciblePart(real));
  });
});

const WORKERS = [1, 2, 3];
const FAILING_BATCHES = [0, 3, BATCHES - 1];
const PLACES = WORKERS.flatMap((workers) => FAILING_BATCHES.map((atBatch) => ({ workers, atBatch })));

describe.each(PLACES)('of $workers workers, one that fails at batch $atBatch', ({ workers, atBatch }) => {
  it.each<[fault: string, code: SimulationErrorCode, message: string]>([
    ['throw', 'worker-failed', 'a worker failed: injected: thrown'],
    ['throw late', 'worker-failed', 'a worker failed: injected: thrown late'],
    ['exit', 'worker-failed', 'a worker failed: worker exited with code: 0'],
    ['run out of memory', 'worker-failed', 'a worker ran out of memory'],
    ['answer with a function', 'worker-failed', 'a worker failed'],
  ])('(%s) ends the run with an error', async (fault, code, message) => {
    const run = runWith({ fault, atBatch }, { workers });
    await expect(run).rejects.toThrow(SimulationError);
    const batches = { first: atBatch, last: atBatch };
    await expect(run).rejects.toMatchObject({ code, batches, message: expect.stringContaining(message) });
  });

  it('(loop for ever) ends the run at its deadline', async () => {
    const run = runWith({ fault: 'loop for ever', atBatch }, { workers, taskTimeoutMs: 1500 });
    await expect(run).rejects.toThrow(SimulationError);
    await expect(run).rejects.toMatchObject({ code: 'deadline', message: expect.stringContaining('did not answer within 1500 ms') });
  });

  it('(answer, and throw when the task is over) gives the right report or none', async () => {
    const right = reproduciblePart(await runWith({}, { workers }));
    const outcome = await runWith({ fault: 'answer and throw later', atBatch }, { workers }).catch((error: unknown) => error);
    if (outcome instanceof SimulationError) {
      expect(outcome).toMatchObject({ code: 'worker-failed', message: expect.stringContaining('injected: thrown later') });
    } else expect(reproduciblePart(outcome as SimulationReport)).toEqual(right);
  });
});

describe.each(FAILING_BATCHES)('a worker that answers nonsense at batch %i', (atBatch) => {
  it.each<[fault: string, code: SimulationErrorCode, message: string]>([
    ['throw nothing', 'worker-failed', 'a worker failed without saying why'],
    ['answer nothing', 'bad-result', 'answered batches undefined to undefined with undefined flows'],
    ['answer with fewer flows', 'bad-result', 'a worker was asked for 65536 flows and answered batches'],
    ['answer for other batches', 'bad-result', 'a worker was asked for 65536 flows and answered batches'],
    ['claim without working', 'miscount', 'was counted 0 times'],
    ['count twice', 'miscount', 'was counted 2 times'],
    ['count a flow too many', 'miscount', 'flows were counted of 524288'],
  ])('(%s) ends the run with an error', async (fault, code, message) => {
    const run = runWith({ fault, atBatch });
    await expect(run).rejects.toThrow(SimulationError);
    await expect(run).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    if (fault !== 'count a flow too many') await expect(run).rejects.toMatchObject({ batches: { first: atBatch, last: atBatch } });
  });
});

describe('a worker that takes too long', () => {
  it.each(['loop for ever', 'never answer'])('because of a fault (%s) ends the run with an error', async (fault) => {
    const run = runWith({ fault, atBatch: 3 }, { taskTimeoutMs: 3000 });
    await expect(run).rejects.toThrow(SimulationError);
    await expect(run).rejects.toMatchObject({
      code: 'deadline',
      batches: { first: 3, last: 3 },
      message: 'the simulation stopped on batches 3 to 3: a worker did not answer within 3000 ms',
    });
  });
});

describe('a worker file that cannot be used', () => {
  it.each(WORKERS)('ends the run when it fails at load, with %i workers', async (workers) => {
    const run = runWith({ fault: 'fail at load' }, { workers });
    await expect(run).rejects.toMatchObject({ code: 'worker-failed', message: expect.stringContaining('injected: failed at load') });
  });

  it.each(WORKERS)('ends the run when it is not there, with %i workers', async (workers) => {
    const run = simulate(engine, { flows: FLOWS, workers, worker: { url: new URL('./absent.js', import.meta.url) } });
    await expect(run).rejects.toMatchObject({ code: 'worker-failed', message: expect.stringContaining('absent.js') });
  });

  it.each(WORKERS)('ends the run when it does not hold the function, with %i workers', async (workers) => {
    const url = new URL('../../dist/lib/quote.js', import.meta.url);
    await expect(simulate(engine, { flows: FLOWS, workers, worker: { url } })).rejects.toMatchObject({ code: 'worker-failed' });
  });
});

describe('an abort', () => {
  it('before the run rejects with the reason, and starts no worker', async () => {
    const reason = new Error('not today');
    await expect(runWith({ fault: 'fail at load' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it.each(['loop for ever', 'never answer'])('ends workers that %s, with the reason', async (fault) => {
    const controller = new AbortController();
    const reason = new Error('stop');
    const run = runWith(
      { fault, atBatch: 3 },
      { signal: controller.signal, onProgress: () => setTimeout(() => controller.abort(reason), 50) },
    );
    await expect(run).rejects.toBe(reason);
  });

  it('in the middle of honest work ends it', async () => {
    const controller = new AbortController();
    const run = runWith({}, { flows: 1e12, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('leaves no listener on the signal, whether it comes or not', async () => {
    const controller = new AbortController();
    const add = vi.spyOn(controller.signal, 'addEventListener');
    const remove = vi.spyOn(controller.signal, 'removeEventListener');
    await runWith({}, { signal: controller.signal });
    await expect(runWith({ fault: 'throw' }, { signal: controller.signal })).rejects.toThrow(SimulationError);
    expect(add).toHaveBeenCalledTimes(2);
    expect(remove.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      add.mock.calls.map(([type, listener]) => [type, listener]),
    );
  });
});

describe('a progress function that throws', () => {
  it('ends the run with its own error', async () => {
    const mistake = new TypeError('mine');
    const run = runWith(
      {},
      {
        onProgress: () => {
          throw mistake;
        },
      },
    );
    await expect(run).rejects.toBe(mistake);
  });
});
