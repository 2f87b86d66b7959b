/**
 * Objects that were read whole -> without what their shape does not read, so that they can be used as they are. For kinds of which most fields are read.
 */
import { setOwn } from '../lib/set-own.ts';
import { isMapping } from './narrow.ts';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy } from './schemas/admin-policy.ts';
import { namespace } from './schemas/core.ts';
import { networkPolicy } from './schemas/network-policy.ts';
import { isSparse, type ObjectShape, type Shape } from './shape.ts';

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

/** The object without what the shape does not read, on its first level and in its metadata, where most of that is. */
export function withoutSkipped(shape: ObjectShape, value: object): object {
  const result = readFields(shape, value);
  const { metadata } = result;
  const metadataShape = shape.fields.get('metadata');
  if (isMapping(metadata) && metadataShape?.type === 'object') result.metadata = readFields(metadataShape, metadata);
  return result;
}

function readFields({ fields }: ObjectShape, value: object): Record<string, unknown> {
  const given = value as Record<string, unknown>;
  let keys = 0;
  let whole = 0;
  for (const key in given) {
    keys++;
    if (isWhole(fields.get(key))) whole++;
  }
  if (whole === keys) return given;
  if (whole === keys - 1 && given.apiVersion !== undefined && fields.get('apiVersion')?.type === 'skipped') {
    const { apiVersion: _, ...rest } = given;
    return rest;
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    const field = fields.get(key);
    if (isWhole(field)) setOwn(result, key, given[key]);
    else if (isSparse(field) && isMapping(given[key])) addNamed(field, given[key], key, result);
  }
  return result;
}

function isWhole(field: Shape | undefined): boolean {
  return field?.type !== 'skipped' && !isSparse(field);
}

/** What the shape names of an object, if there is something. */
function addNamed({ entries }: ObjectShape, given: Readonly<Record<string, unknown>>, key: string, into: Record<string, unknown>): void {
  const named = entries.filter(({ name }) => Object.hasOwn(given, name)).map(({ name }) => [name, given[name]] as const);
  if (named.length > 0) setOwn(into, key, Object.fromEntries(named));
}
