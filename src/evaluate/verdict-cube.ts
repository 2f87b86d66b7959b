/**
 * All verdicts of small tables in one column: every class of sources, every class of destinations, every class of ports. What a flow costs is then one read in place of eight.
 *
 * Sources with one egress subject class and one ingress peer class are one class, destinations likewise. What comparison decides (a pod and itself, a pod and its own node) is not in it:
 * that hangs on the two ends and not on their classes.
 */

import { type Numbers, narrow } from '../lib/narrow.ts';
import { PairInterner } from '../lib/pair-interner.ts';
import { combine, type TableReader } from './reader.ts';

/** Where more verdicts than these would be needed there is no cube: a byte each, so that they stay in the second level cache. */
const MOST_CUBE_CELLS = 1 << 18;

/** The verdict of a flow stands at `portClass * layer + sourceCell[source] + destinationCell[destination]`. */
export interface VerdictCube {
  /** DENY, ALLOW or UNKNOWN. */
  readonly verdicts: Uint8Array;
  /** By endpoint. */
  readonly sourceCell: Numbers;
  /** By endpoint. */
  readonly destinationCell: Numbers;
  /** Verdicts of one port class. */
  readonly layer: number;
}

/** Undefined where there are more than `most` verdicts. */
export function buildVerdictCube(reader: TableReader, most = MOST_CUBE_CELLS): VerdictCube | undefined {
  const { endpointEgressSubject, endpointIngressSubject, endpointEgressPeer, endpointIngressPeer, portClassFirst } = reader.tables.columns;
  const ports = portClassFirst.length;
  const sources = classesOf(endpointEgressSubject, endpointIngressPeer, most / ports);
  if (sources === undefined) return undefined;
  const destinations = classesOf(endpointIngressSubject, endpointEgressPeer, most / ports / sources.first.length);
  if (destinations === undefined) return undefined;

  const layer = sources.first.length * destinations.first.length;
  const verdicts = new Uint8Array(ports * layer);
  let cell = 0;
  for (let port = 0; port < ports; port++) {
    const ingressRows = destinations.first.map((to) => reader.verdictRow('ingress', endpointIngressSubject[to]!, port));
    for (const from of sources.first) {
      const egressRow = reader.verdictRow('egress', endpointEgressSubject[from]!, port);
      for (let i = 0; i < ingressRows.length; i++, cell++) {
        const egress = reader.rowVerdict('egress', egressRow, endpointEgressPeer[destinations.first[i]!]!);
        verdicts[cell] = combine(egress, reader.rowVerdict('ingress', ingressRows[i]!, endpointIngressPeer[from]!));
      }
    }
  }
  const sourceCell = narrow(sources.classOf.map((sourceClass) => sourceClass * destinations.first.length));
  return { verdicts, sourceCell, destinationCell: narrow(destinations.classOf), layer };
}

interface EndClasses {
  /** By endpoint. */
  readonly classOf: Uint32Array;
  /** The first endpoint of each class. */
  readonly first: Uint32Array;
}

/** Endpoints by what they are as the judged end and as the other. Undefined for more than `most` classes. */
function classesOf(subject: Uint32Array, peer: Uint32Array, most: number): EndClasses | undefined {
  const classOf = new Uint32Array(subject.length);
  const first: number[] = [];
  const classes = new PairInterner();
  for (let endpoint = 0; endpoint < subject.length; endpoint++) {
    const found = classes.intern(subject[endpoint]!, peer[endpoint]!);
    if (found === first.length && first.push(endpoint) > most) return undefined;
    classOf[endpoint] = found;
  }
  return { classOf, first: Uint32Array.from(first) };
}
