/**
 * Where policies stand: from compiled tables, by name.
 */
import { TableNames } from '../evaluate/names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** A function from a policy to its place. Looks through the policies once, on first use. */
export function policyPlaces(tables: RuleTables): (policy: ObjectRef) => Origin | undefined {
  let places: Map<string, Origin> | undefined;
  return (policy) => {
    if (places === undefined) {
      const names = new TableNames(tables);
      places = new Map(Array.from(tables.columns.policyName, (_, i) => [keyOf(names.policy(i)), names.policyOrigin(i)]));
    }
    return places.get(keyOf(policy));
  };
}

/** Different policies have different keys, whatever their names hold. */
function keyOf({ kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([kind, namespace ?? null, name]);
}
