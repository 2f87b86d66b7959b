/**
 * Every target by name.
 */
import type { Target } from './target.ts';
import { addresses } from './targets/addresses.ts';
import { json } from './targets/json.ts';
import { clusters, flows, policies, reports, snapshots } from './targets/messages.ts';
import { mix } from './targets/mix.ts';
import { selectors } from './targets/selectors.ts';
import { tables } from './targets/tables.ts';
import { yaml } from './targets/yaml.ts';

export const TARGETS: readonly Target[] = [yaml, json, selectors, addresses, tables, flows, clusters, policies, reports, snapshots, mix];
