/**
 * Assignment for keys that come from outside: a key may be called `__proto__`, and must then be a key like any other. Where the prototype is frozen, assigning to
 * any name that it has throws.
 */
const INHERITED: ReadonlySet<string> = new Set(['__proto__', ...Object.getOwnPropertyNames(Object.prototype)]);

export function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
  if (INHERITED.has(key)) {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

/** Can it not be assigned to as other keys can? */
export function isInherited(key: string): boolean {
  return INHERITED.has(key);
}
