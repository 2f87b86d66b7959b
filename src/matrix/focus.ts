/**
 * What a user wants to see of a matrix: the ends of pods that a name stands for.
 */
import { Directory } from '../evaluate/directory.ts';
import type { TableNames } from '../evaluate/names.ts';
import { append } from '../lib/append.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_POD } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { endKey, type MatrixEnd, type PodGranularity, podEnd } from './ends.ts';

/** An end of pods whose rows are told. */
export interface NearEnd {
  readonly end: MatrixEnd;
  readonly endpoints: readonly number[];
}

/**
 * @param text `namespace/name` or `namespace/kind/name` of a pod or workload, or a namespace
 * @throws {RangeError} when there is nothing of that name, or it is not clear
 */
export function focusOn(tables: RuleTables, names: TableNames, text: string, by: PodGranularity): NearEnd[] {
  const { podEndpoint } = tables.columns;
  const isNamespace = !text.includes('/') && !text.includes(':');
  const pods = isNamespace ? podsIn(tables, names, text) : podsNamed(tables, names, text);
  const granularity = isNamespace ? by : isPodName(names, pods, text) ? 'pod' : by === 'namespace' ? 'workload' : by;
  const found = new Map<string, { readonly end: MatrixEnd; readonly endpoints: number[] }>();
  for (const pod of pods) {
    const end = podEnd(tables, names, pod, granularity);
    const known = found.get(endKey(end)) ?? { end, endpoints: [] };
    found.set(endKey(end), known);
    for (let endpoint = podEndpoint[pod]!; endpoint < podEndpoint[pod + 1]!; endpoint++) known.endpoints.push(endpoint);
  }
  return [...found.values()];
}

/**
 * Ends of chosen pods. Where `by` would tell them together with others that are not chosen, they are told apart: a namespace as its workloads and pods, a workload as its pods.
 * @param chosen pods as `namespace/name`; those that are not there are passed over
 */
export function endsOfPods(tables: RuleTables, names: TableNames, chosen: ReadonlySet<string>, by: PodGranularity): NearEnd[] {
  const { podName, podEndpoint } = tables.columns;
  const isChosen = Array.from(podName, (_, pod) => {
    const { namespace, name } = names.pod(pod);
    return chosen.has(`${namespace}/${name}`);
  });
  let left = [...isChosen.keys()].filter((pod) => isChosen[pod]);
  const found: NearEnd[] = [];
  for (const granularity of GRANULARITIES.slice(GRANULARITIES.indexOf(by))) {
    const sizes = new Map<string, number>();
    for (const pod of podName.keys()) {
      const key = endKey(podEnd(tables, names, pod, granularity));
      sizes.set(key, (sizes.get(key) ?? 0) + 1);
    }
    const groups = new Map<string, number[]>();
    for (const pod of left) append(groups, endKey(podEnd(tables, names, pod, granularity)), pod);
    left = [];
    for (const [key, pods] of groups) {
      if (pods.length < sizes.get(key)!) left.push(...pods);
      else {
        const endpoints = pods.flatMap((pod) =>
          Array.from({ length: podEndpoint[pod + 1]! - podEndpoint[pod]! }, (_, face) => podEndpoint[pod]! + face),
        );
        found.push({ end: podEnd(tables, names, pods[0]!, granularity), endpoints });
      }
    }
  }
  return found;
}

/** From wide to narrow. */
const GRANULARITIES: readonly PodGranularity[] = ['namespace', 'workload', 'pod'];

function podsIn({ columns: { podNamespace } }: RuleTables, names: TableNames, namespace: string): number[] {
  const pods = [...podNamespace.keys()].filter((pod) => names.text(podNamespace[pod]!) === namespace);
  if (pods.length > 0) return pods;
  const near = nearest(namespace, new Set(Array.from(podNamespace, (each) => names.text(each))));
  const hint = near === undefined ? '' : `: did you mean ${quote(near)}?`;
  throw new RangeError(`there is no pod in a namespace ${quote(namespace)}${hint} (a pod or workload is \`namespace/name\`)`);
}

function podsNamed(tables: RuleTables, names: TableNames, text: string): number[] {
  const { endpointKind, endpointObject } = tables.columns;
  const { endpoints, isAddress } = new Directory(tables, names).resolve(text);
  const found = Array.from(endpoints);
  const arePods = found.every((endpoint) => endpointKind[endpoint] === ENDPOINT_POD || endpointKind[endpoint] === ENDPOINT_HOST_POD);
  if (isAddress || !arePods) throw new RangeError(`${quote(text)} is an address: name a pod, a workload or a namespace`);
  return [...new Set(found.map((endpoint) => endpointObject[endpoint]!))];
}

/** A workload of one pod may be meant. */
function isPodName(names: TableNames, pods: readonly number[], text: string): boolean {
  const { namespace, name } = names.pod(pods[0]!);
  const [first, kind, last] = text.split('/');
  return pods.length === 1 && (text === `${namespace}/${name}` || (last === name && first === namespace && kind?.toLowerCase() === 'pod'));
}
