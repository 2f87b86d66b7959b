/**
 * What the places of one file's policies are kept in, and made with when they are asked for.
 */
import { ByteStore } from './byte-store.ts';
import { PositionWriter } from './position-table.ts';

export class PlaceKeeper {
  readonly store = new ByteStore();
  readonly writer = new PositionWriter();
}
