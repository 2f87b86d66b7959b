/**
 * Invariants in a suite of the user's: `never`, `always` and `unchanged`, with ends as files have them, or as text in short.
 */
import { parseAddress, parsePrefix } from '../lib/ip-address.ts';
import { UNKNOWN_ORIGIN } from '../model/origin.ts';
import type { Manifests } from '../model/resource.ts';
import type { FlowInvariant, UnchangedInvariant } from './invariant.ts';
import { describeFlows, readInvariants } from './read-invariants.ts';

/**
 * An end: what a file of invariants takes, or in short a text, which is an address, a block (every address of it that belongs to nobody of the cluster), or `namespace/name` or `namespace/kind/name` of a
 * pod or workload.
 */
export type StatedEnd =
  | string
  | { readonly workload: string }
  | {
      readonly namespace?: string;
      readonly namespaceLabels?: Readonly<Record<string, string>>;
      readonly labels?: Readonly<Record<string, string>>;
    }
  | { readonly ip: string }
  | { readonly cidr: string; readonly except?: readonly string[]; readonly outside?: boolean }
  | { readonly host: string };

/** As in files: `443`, `'UDP/53'`, `'9000-9100'`, `'http'`, `'any'`. */
export type StatedPorts = readonly (number | string)[];

export interface StatedHead {
  /** What it is called. Default: what it says. */
  readonly name?: string;
  /** What to tell when it is broken. */
  readonly message?: string;
}

/**
 * No flow is allowed from one of `from` to one of `to`.
 * @param ports default: every port of TCP, UDP and SCTP
 * @throws {InvariantsError} for ends and ports that are none
 */
export function never(from: StatedEnd, to: StatedEnd, ports: StatedPorts = ['any'], head: StatedHead = {}): FlowInvariant {
  return state('never', from, to, ports, head);
}

/**
 * Every flow is allowed from one of `from` to one of `to`, at all of the ports.
 * @throws {InvariantsError} for ends and ports that are none
 */
export function always(from: StatedEnd, to: StatedEnd, ports: StatedPorts, head: StatedHead = {}): FlowInvariant {
  return state('always', from, to, ports, head);
}

/**
 * Every connection has the verdict that it would have under the policies of `other`, whose other objects play no part.
 * @throws {RangeError} for something that is no manifests
 */
export function unchanged(other: Manifests, { name = 'unchanged', message }: StatedHead = {}): UnchangedInvariant {
  if (!Array.isArray(other?.networkPolicies))
    throw new RangeError(
      'expected manifests with the other policies, as `parseManifests`, `manifestsFromObjects` or `loadManifests` give them',
    );
  return { kind: 'unchanged', name, origin: UNKNOWN_ORIGIN, message: message ?? null, policies: other };
}

function state(kind: 'never' | 'always', from: StatedEnd, to: StatedEnd, ports: StatedPorts, { name, message }: StatedHead): FlowInvariant {
  const invariant = {
    name: name ?? kind,
    [kind]: { from: longForm(from), to: longForm(to), ports },
    ...(message === undefined ? {} : { message }),
  };
  const value = { apiVersion: 'netpolsim/v1', kind: 'Invariants', invariants: [invariant] };
  const { invariants } = readInvariants({ value, locate: () => UNKNOWN_ORIGIN }, UNKNOWN_ORIGIN.file);
  const [read] = invariants as readonly FlowInvariant[];
  if (read === undefined) throw new Error('an invariant was read and is not there');
  return name === undefined ? { ...read, name: describeFlows(read) } : read;
}

function longForm(end: StatedEnd): unknown {
  if (typeof end !== 'string') return end;
  if (parseAddress(end) !== undefined) return { ip: end };
  return parsePrefix(end) === undefined ? { workload: end } : { cidr: end, outside: true };
}
