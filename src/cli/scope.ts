/**
 * `-n`, `-A` and `-l`, as kubectl has them: which namespace names are in, and which pods a list is about.
 */
import { type ChosenPods, choosePods, type LabelQuery, LabelQueryError, type Manifests, parseLabelQuery, readNamedEnd } from '../index.ts';
import { CliError } from './exit.ts';

export interface ScopeFlags {
  readonly namespace?: string;
  readonly allNamespaces?: true;
  readonly selector?: LabelQuerySource;
}

/** A selector, and how it was written. */
export interface LabelQuerySource {
  readonly text: string;
  readonly query: LabelQuery;
}

/** Kinds that kubectl users write before a name, and what they stand for. */
const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pod: ['pods', 'po'],
    deployment: ['deployments', 'deploy'],
    statefulset: ['statefulsets', 'sts'],
    daemonset: ['daemonsets', 'ds'],
    replicaset: ['replicasets', 'rs'],
    replicationcontroller: ['replicationcontrollers', 'rc'],
    job: ['jobs'],
    cronjob: ['cronjobs', 'cj'],
  }).flatMap(([kind, others]) => [kind, ...others].map((word) => [word, kind] as const)),
);

const SERVICE = /^(svc|services?)$/i;
const ADDRESS = /^[0-9]+(?:\.[0-9]+){3}$|:/;

/** The whole name of a pod, workload or Service: `web`, `deploy/web` and `svc/web:http` are in the namespace of `-n`. Addresses, hosts, and names with a namespace, stay as they are. */
export function inNamespace(name: string, namespace: string | undefined): string {
  if (namespace === undefined) return name;
  const [first = '', second, ...more] = name.split('/');
  if (second !== undefined && more.length === 0 && SERVICE.test(first)) return `svc/${namespace}/${second}`;
  if (ADDRESS.test(name) || (second === undefined && isDomainName(name))) return name;
  if (second === undefined) return `${namespace}/${name}`;
  const kind = KINDS.get(first.toLowerCase());
  return kind === undefined || more.length > 0 ? name : `${namespace}/${kind}/${second}`;
}

function isDomainName(text: string): boolean {
  try {
    return readNamedEnd(text).kind !== 'given';
  } catch (error) {
    // Nearly one: whoever reads it says what is wrong.
    if (error instanceof RangeError) return true;
    throw error;
  }
}

/** @throws {CliError} for flags that contradict each other */
export function checkScope({ namespace, allNamespaces }: ScopeFlags): void {
  if (namespace !== undefined && allNamespaces !== undefined) throw new CliError('`-n` and `-A` do not go together: one namespace, or all');
}

/** Reads `-l`. @throws {CliError} which says where the text is wrong */
export function readSelector(text: string, flag: string): LabelQuerySource {
  try {
    const query = parseLabelQuery(text);
    if (query.length === 0) throw new CliError(`\`${flag}\` is empty`);
    return { text, query };
  } catch (error) {
    if (error instanceof LabelQueryError) throw new CliError(`\`${flag} ${text}\` is no label selector: ${error.message}`);
    throw error;
  }
}

/**
 * The pods that `-l`, and `-n` beside it, select; undefined without `-l`. `manifests`: undefined for compiled tables, which hold no labels.
 * @throws {CliError} when there are none: a list of nothing would look like good news
 */
export function podsOfSelector({ namespace, selector }: ScopeFlags, manifests: Manifests | undefined): ChosenPods | undefined {
  if (selector === undefined) return undefined;
  if (manifests === undefined) throw new CliError('`--selector` needs manifests (`-f PATH`): compiled tables hold no labels');
  const pods = choosePods(manifests, { selector: selector.query, ...(namespace === undefined ? {} : { namespace }) });
  const by = `${selector.text}${namespace === undefined ? '' : ` in ${namespace}`}`;
  if (pods.length === 0)
    throw new CliError(`no pod has the labels \`${selector.text}\`${namespace === undefined ? '' : ` in the namespace \`${namespace}\``}`);
  return { by, pods };
}
