/**
 * Is a value exactly what its shape says, with nothing else in it that the shape does not ignore? Then it can be used as it is. The quick answer for
 * objects that a reader has cut to the shape while reading; when it is no, narrowing says why.
 */
import { LONGEST_TEXT } from './limits.ts';
import { isMapping, TEMPLATE_MARK } from './narrow.ts';
import type { ObjectShape, Shape } from './shape.ts';

export function isSound(shape: Shape, value: unknown): boolean {
  switch (shape.type) {
    case 'object':
      return isMapping(value) && isSoundObject(shape, value);
    case 'list':
      if (!Array.isArray(value)) return false;
      for (let i = 0; i < value.length; i++) if (!isSound(shape.items, value[i])) return false;
      return true;
    case 'labels':
      return isMapping(value) && areLabels(value);
    case 'string':
      return isText(value);
    case 'enum':
      return shape.values.includes(value as string);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'integerOrString':
      return isText(value) || Number.isSafeInteger(value);
    case 'skipped':
      return value === undefined;
  }
}

function isSoundObject({ entries, required, unknown }: ObjectShape, value: Readonly<Record<string, unknown>>): boolean {
  let present = 0;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    const field = value[entry.name];
    if (field === undefined) continue;
    present++;
    if (field !== null && !isSound(entry.shape, field)) return false;
  }
  for (let i = 0; i < required.length; i++) {
    const field = value[required[i]!];
    if (field === undefined || field === null) return false;
  }
  // INVARIANT: the reader has left out what is ignored.
  return unknown === 'ignored' || Object.keys(value).length === present;
}

function areLabels(value: Readonly<Record<string, unknown>>): boolean {
  for (const key of Object.keys(value)) if ((!isText(value[key]) && value[key] !== null) || key.includes(TEMPLATE_MARK)) return false;
  return true;
}

export function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_TEXT && !value.includes(TEMPLATE_MARK);
}
