/**
 * Loader hooks that put one edited module in the place of the file that it was made from. Registered by `attempt.ts`.
 */
import type { InitializeHook, LoadHook } from 'node:module';

export interface Replacement {
  /** URL of the file. */
  readonly url: string;
  readonly source: string;
}

let replacement: Replacement | undefined;

export const initialize: InitializeHook<Replacement> = (given) => {
  replacement = given;
};

export const load: LoadHook = (url, context, nextLoad) => {
  if (url !== replacement?.url) return nextLoad(url, context);
  return { format: 'module', source: replacement.source, shortCircuit: true };
};
