/**
 * Values that were read whole -> without what their shape does not read, so that they can be used as they are.
 */
import { setOwn } from '../lib/set-own.ts';
import { isMapping } from './narrow.ts';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy } from './schemas/admin-policy.ts';
import { namespace } from './schemas/core.ts';
import { networkPolicy } from './schemas/network-policy.ts';
import { isCut, isLeftOut, type ObjectShape, type Shape } from './shape.ts';

const READ_WHOLE: ReadonlySet<Shape> = new Set<Shape>([
  networkPolicy,
  namespace,
  clusterNetworkPolicy,
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
]);

/** Are most fields of such an object read? */
export function isReadWhole(shape: Shape): boolean {
  return READ_WHOLE.has(shape);
}

/** The value without what the shape does not read. A value of another type than the shape's stays as it is, and so do fields that should not be there. */
export function withoutSkipped(shape: Shape, value: unknown): unknown {
  if (!isCut(shape)) return value;
  if (shape.type === 'object') return isMapping(value) ? readFields(shape, value) : value;
  if (shape.type !== 'list' || !Array.isArray(value)) return value;
  for (let i = 0; i < value.length; i++) value[i] = withoutSkipped(shape.items, value[i]);
  return value;
}

function readFields(shape: ObjectShape, given: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key in given) {
    const field = shape.fields.get(key);
    if (field === undefined) {
      if (shape.unknown !== 'ignored') setOwn(result, key, given[key]);
    } else if (field.type !== 'skipped') {
      const read = withoutSkipped(field, given[key]);
      if (!isLeftOut(field, read)) result[key] = read;
    }
  }
  return result;
}
