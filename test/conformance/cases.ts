/**
 * All named cases.
 */
import type { ConformanceCase } from './cases/case.ts';
import { INVALID_POLICIES } from './cases/invalid.ts';
import { ISOLATION } from './cases/isolation.ts';
import { PEERS } from './cases/peers.ts';
import { PORTS } from './cases/ports.ts';
import { SPECIAL } from './cases/special.ts';

export const CASES: readonly ConformanceCase[] = [...ISOLATION, ...PEERS, ...PORTS, ...SPECIAL, ...INVALID_POLICIES];

/**
 * Points that no case can show, and why.
 */
export const POINTS_WITHOUT_CASE: ReadonlyMap<number, string> = new Map([
  [7, 'other protocols are no flow: see questions.test.ts'],
  [11, 'is about other programs'],
  [30, 'an operator that does not exist: among the invalid policies'],
  [34, 'undefined by the specification: policy is evaluated at the addresses that the flow has'],
  [41, 'names that are not valid: among the invalid policies'],
  [54, 'undefined by the specification: the flow has the address that arrives'],
]);
