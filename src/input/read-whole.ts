/**
 * Values that were read whole -> what their shape reads of them, so that it can be used as it is. One walk leaves out, checks and counts: most objects go this way.
 */
import { isSound, isText } from './is-sound.ts';
import { isMapping, TEMPLATE_MARK } from './narrow.ts';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy } from './schemas/admin-policy.ts';
import { namespace } from './schemas/core.ts';
import { networkPolicy } from './schemas/network-policy.ts';
import { isLeftOut, type ObjectShape, type Shape } from './shape.ts';

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

/** Keys that the walk has met, those of what is left out too. */
let keys = 0;

/**
 * The value without what its shape does not read; undefined when it is not what the shape says, or when it and all that is below have other than `written` keys. The value itself may lose what its shape does not read,
 * and nothing else: what is no sound part can still be narrowed.
 */
export function soundPart(shape: ObjectShape, value: unknown, written?: number): object | undefined {
  if (!isMapping(value)) return undefined;
  keys = 0;
  const part = partOfObject(shape, value);
  return written === undefined || keys === written ? part : undefined;
}

/** Undefined when the value is not sound. */
function partOf(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'string':
      return isText(value) ? value : undefined;
    case 'object':
      return isMapping(value) ? partOfObject(shape, value) : undefined;
    case 'list':
      return Array.isArray(value) ? partOfList(shape.items, value) : undefined;
    case 'labels':
      return isMapping(value) ? partOfLabels(value) : undefined;
    default:
      return isSound(shape, value) ? value : undefined;
  }
}

function partOfObject(shape: ObjectShape, given: Record<string, unknown>): Record<string, unknown> | undefined {
  const { fields, unknown, required } = shape;
  /** Once something has been left out. */
  let kept: Record<string, unknown> | undefined;
  for (const key in given) {
    keys++;
    const value = given[key];
    const field = fields.get(key);
    if (field === undefined || field.type === 'skipped') {
      if (field === undefined && unknown !== 'ignored') return undefined;
      if (typeof value === 'object' && value !== null) countKeys(value);
      kept ??= fieldsBefore(key, given);
      continue;
    }
    const part = value === null ? null : partOf(field, value);
    if (part === undefined) return undefined;
    if (isLeftOut(field, part)) kept ??= fieldsBefore(key, given);
    else if (kept !== undefined) kept[key] = part;
    else if (part !== value) given[key] = part;
  }
  const read = kept ?? given;
  for (let i = 0; i < required.length; i++) if ((read[required[i]!] ?? null) === null) return undefined;
  return read;
}

function fieldsBefore(end: string, given: Record<string, unknown>): Record<string, unknown> {
  const before: Record<string, unknown> = {};
  for (const key in given) {
    if (key === end) break;
    before[key] = given[key];
  }
  return before;
}

function partOfList(items: Shape, given: unknown[]): unknown[] | undefined {
  for (let i = 0; i < given.length; i++) {
    const part = partOf(items, given[i]);
    if (part === undefined) return undefined;
    if (part !== given[i]) given[i] = part;
  }
  return given;
}

function partOfLabels(labels: Record<string, unknown>): object | undefined {
  for (const key in labels) {
    keys++;
    const value = labels[key];
    if ((value !== null && !isText(value)) || key.includes(TEMPLATE_MARK)) return undefined;
  }
  return labels;
}

/** Counts the keys of what is left out. */
function countKeys(value: object): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === 'object' && item !== null) countKeys(item);
    }
    return;
  }
  for (const key in value) {
    keys++;
    const field: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof field === 'object' && field !== null) countKeys(field);
  }
}
