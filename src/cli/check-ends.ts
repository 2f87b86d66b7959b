/**
 * Ends of a question that are nearly the name of something else: refused with the name that is probably meant.
 */
import { type Manifests, readNamedEnd } from '../index.ts';
import { CliError } from './exit.ts';

const SERVICE = /^(svc|services?)\/[^/]+$/i;

/** Before the input is read. @throws {CliError} for a port at an end that can have none, which would ask for `--port` */
export function checkPortOfEnd(text: string): void {
  if (text.startsWith('[')) throw new CliError(`\`${text}\`: write an address alone, and give the port with it (\`--port\`)`);
  const [before = '', after, more] = text.split(':');
  if (after === undefined || more !== undefined) return;
  const name = SERVICE.test(before) ? before.slice(before.indexOf('/') + 1) : before;
  const meant = name.includes('/') ? name : `namespace/${name}`;
  throw new CliError(`\`${text}\`: only Services and hosts have a port in their name, and a Service is written \`svc/${meant}:${after}\``);
}

/** @throws {CliError} for a Service without its kind or its namespace, and for a name that is a pod's and may be a host's */
export function checkEnds(manifests: Manifests | undefined, ends: readonly string[], namespace: string | undefined): void {
  if (manifests === undefined) return;
  for (const text of ends) {
    const end = readNamedEnd(text);
    if (end.kind === 'host' && namespace !== undefined && has(manifests.pods, namespace, text))
      throw new CliError(`\`${text}\` is a pod of \`${namespace}\`, and may be a host: write the pod as \`${namespace}/${text}\``);
    const [first = '', second, third] = text.split('/');
    if (end.kind !== 'given' || second === undefined || third !== undefined || isOfPods(manifests, first, second)) continue;
    if (SERVICE.test(text)) throw new CliError(`\`${text}\` names no namespace: a Service is \`svc/namespace/${second}\`, or give \`-n\``);
    if (has(manifests.services, first, second))
      throw new CliError(`there is no pod or workload \`${text}\`, and a Service of this name: write \`svc/${text}\``);
  }
}

function has(list: readonly { readonly object: NamedObject }[], namespace: string, name: string): boolean {
  return list.some(({ object: { metadata } }) => metadata.name === name && (metadata.namespace || 'default') === namespace);
}

interface NamedObject {
  readonly metadata: { readonly name: string; readonly namespace?: string | null | undefined };
}

function isOfPods({ pods }: Manifests, namespace: string, name: string): boolean {
  return pods.some(
    ({ object: { metadata, workload } }) =>
      (metadata.namespace || 'default') === namespace && (metadata.name === name || workload?.name === name),
  );
}
