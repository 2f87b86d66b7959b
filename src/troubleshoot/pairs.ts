/**
 * The connections of a question, one pod to one pod (or address), so that labels can be looked at.
 */
import { parseAddress } from '../lib/ip-address.ts';
import type { Decision } from '../model/decision.ts';
import { type FlowQuery, textOfEnd } from '../model/flow.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Manifests, PodObject, Resource } from '../model/resource.ts';
import { familiesOfPod, podsOfEnd } from '../services/service-pods.ts';

/** One end: a pod, or an address that is no pod's. */
export interface Side {
  readonly name: string;
  readonly pod: Resource<PodObject> | undefined;
  /** Of the address that was asked for; otherwise those of the pod. */
  readonly addresses: readonly string[];
}

export interface Pair {
  readonly query: FlowQuery;
  readonly from: Side;
  readonly to: Side;
}

export interface JudgedPair extends Pair {
  readonly decision: Decision;
}

/** More pairs than these are not looked at: one is explained, and the others say for how many a change helps. */
const MOST_PAIRS = 100;

/** The first pairs of the flows, in order, one for each address family where the ends have both. */
export function pairsOf(manifests: Manifests, flows: readonly FlowQuery[]): Pair[] {
  const pairs: Pair[] = [];
  for (const flow of flows) {
    const [sources, destinations] = [sidesOf(manifests, flow.from), sidesOf(manifests, flow.to)];
    for (const from of sources) {
      for (const to of destinations) {
        if (sources.length * destinations.length > 1 && from.name === to.name) continue;
        for (const family of familiesOf(flow, from, to)) {
          const query: FlowQuery = { ...flow, from: endOfSide(from), to: endOfSide(to), ...(family === undefined ? {} : { family }) };
          pairs.push({ query, from, to });
          if (pairs.length === MOST_PAIRS) return pairs;
        }
      }
    }
  }
  return pairs;
}

function sidesOf(manifests: Manifests, end: FlowQuery['from']): Side[] {
  const text = textOfEnd(end) ?? '';
  const pods = podsOfEnd(manifests, text);
  const isAddress = !text.includes('/') && parseAddress(text) !== undefined;
  // Of several owners of an address nobody knows which one is meant.
  if (isAddress) return [{ name: text, pod: pods.length === 1 ? pods[0] : undefined, addresses: [text] }];
  return pods.map((pod) => ({ name: nameOfObject(pod.object), pod, addresses: addressesOf(pod.object) }));
}

function addressesOf({ status }: PodObject): string[] {
  return [
    ...new Set([status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)].filter((ip) => typeof ip === 'string' && ip !== '')),
  ] as string[];
}

function endOfSide({ name }: Side): FlowQuery['from'] {
  return name.includes('/') ? { pod: name } : { ip: name };
}

function familiesOf(flow: FlowQuery, from: Side, to: Side): (4 | 6 | undefined)[] {
  if (flow.family !== undefined) return [flow.family];
  const [a, b] = [from, to].map(({ pod, name }) => (name.includes('/') && pod !== undefined ? familiesOfPod(pod.object) : []));
  const both = (a ?? []).filter((family) => b?.includes(family));
  return both.length > 1 ? both : [undefined];
}

/** The namespace of the pod at an end. */
export function namespaceOfSide({ pod }: Side): string | undefined {
  return pod === undefined ? undefined : namespaceOf(pod.object.metadata);
}
