/**
 * Row 126 of the catalogue, where `Object.prototype` is frozen, as hardened processes have it: an assignment to a name that it has would throw.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { FlowQuery } from '../../src/model/flow.ts';
import { ndjson, podObject, policyObject } from '../input/bad-case.ts';
import { builtFile } from '../support/built.ts';
import type { FrozenResult, FrozenWork } from './frozen-prototype-worker.ts';

it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'])(
  '126: `%s` as a label key is a label key',
  async (key) => {
    const labels = Object.fromEntries([[key, 'x']]);
    const selector = { matchLabels: labels };
    const objects = [
      podObject({}, { name: 'db', labels }),
      podObject({}, { name: 'web' }),
      policyObject({ podSelector: selector }),
      policyObject(
        { podSelector: { matchExpressions: [{ key, operator: 'DoesNotExist' }] }, ingress: [{ from: [{ podSelector: selector }] }] },
        { name: 'q' },
      ),
    ];
    const ask = (from: string, to: string): FlowQuery => ({ from, to, protocol: 'TCP', port: 80 });
    const questions = [ask('shop/web', 'shop/db'), ask('shop/db', 'shop/web'), ask('192.0.2.1', 'shop/web')];
    const workerData: FrozenWork = { objects, ndjson: ndjson(...objects), questions };
    const worker = new Worker(builtFile('dist-tools/test/bad-input/frozen-prototype-worker.js'), { workerData });
    const [results] = await once(worker, 'message');
    const expected: FrozenResult = { isFrozen: true, diagnostics: [], verdicts: ['deny', 'allow', 'deny'] };
    expect(results).toEqual([expected, expected, expected]);
  },
);
