/**
 * Small YAML documents that are no manifests, with values as Kubernetes reads them: nothing here has to know how a number was spelt.
 */
import { plainValue } from './odd-scalar.ts';
import { parseYaml } from './yaml-parse.ts';

/** @throws {Fault} with line and column for text that is not one YAML document, and for one that is too deep or too large when its aliases are expanded */
export function parsePlainYaml(text: string, firstLine: number): unknown {
  return plain(parseYaml(text, firstLine));
}

/** INVARIANT: the nesting has been checked. */
function plain(value: unknown): unknown {
  const own = plainValue(value);
  if (Array.isArray(own)) return own.map(plain);
  if (typeof own !== 'object' || own === null) return own;
  return Object.fromEntries(Object.entries(own).map(([key, each]) => [key, plain(each)]));
}
