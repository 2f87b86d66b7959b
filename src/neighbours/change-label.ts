/**
 * One label of an object that becomes another, comes or goes.
 */

/** Changes the labels and says how; undefined where they are so already. */
export function changeLabel(labels: Map<string, string>, key: string, value: string | null): string | undefined {
  const before = labels.get(key);
  if (value === null) {
    labels.delete(key);
    return before === undefined ? undefined : `loses the label ${key}=${before}`;
  }
  if (before === value) return undefined;
  labels.set(key, value);
  return before === undefined ? `gets the label ${key}=${value}` : `has the label ${key}=${value} in place of ${key}=${before}`;
}
