/**
 * Warnings that need all objects: what is allowed, used as it stands, and probably not what was meant. Nothing here changes what was read.
 */
import { formatAddress, parseAddress } from '../lib/ip-address.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isClusterScoped, namespaceOf, refOf } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import type { AdminPolicyObject, Maybe, NetworkPolicyObject, NetworkPolicyPort, PodObject, Resource } from '../model/resource.ts';
import { isCompleted } from './build-cluster.ts';
import { adminNamedPorts, crossCheckAdmin, type NamedPortField } from './cross-check-admin.ts';
import type { Findings, Kept } from './findings.ts';
import { dependsOnLabels, namespaceSelectorsOf, peerNamespacesOf, subjectNamespaces } from './namespace-selectors.ts';

export interface AllObjects {
  readonly byKind: ReadonlyMap<string, readonly Resource<Kept>[]>;
  /** Those given, and those that workloads stand for. */
  readonly pods: readonly Resource<PodObject>[];
  readonly policies: readonly Resource<NetworkPolicyObject>[];
  readonly adminPolicies: readonly Resource<AdminPolicyObject>[];
  readonly otherPolicies: Findings['otherPolicies'];
  /** May there be pods that were not read? */
  readonly podsMissing: boolean;
}

/** Codes of what is found here. It is found again when more is read. */
export const CROSS_CHECK_CODES: ReadonlySet<string> = new Set([
  'duplicate-pod-ip',
  'policy-not-considered',
  'namespace-not-given',
  'namespaces-not-written',
  'unknown-port-name',
  'equal-priority',
  'mixed-admin-apis',
  'nodes-not-given',
]);

export function crossCheck(all: AllObjects): Diagnostic[] {
  return [
    sharedAddresses(all.pods),
    otherPolicies(all.otherPolicies),
    namespacesNotGiven(all),
    namespacesNotWritten(all.byKind),
    unknownPortNames(all),
    crossCheckAdmin(all.adminPolicies, all.byKind.has('Node')),
  ].flat();
}

/** An address of two pods that run: flows that name the address cannot be told apart. Host-network pods share their node's address. */
function sharedAddresses(pods: readonly Resource<PodObject>[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const owners = new Map<string, Resource<PodObject>>();
  const take = (ip: Maybe<string>, pod: Resource<PodObject>): void => {
    if (!ip) return;
    const key = ADDRESS_IN_ONE_FORM.test(ip) ? ip : keyOf(ip);
    const first = owners.get(key);
    if (first === undefined) owners.set(key, pod);
    else if (first !== pod) diagnostics.push(sharedAddress(ip, first, pod));
  };
  for (const pod of pods) {
    const { spec, status } = pod.object;
    if (!status || spec?.hostNetwork || isCompleted(pod.object)) continue;
    if (status.podIPs?.length) for (const { ip } of status.podIPs) take(ip, pod);
    else take(status.podIP, pod);
  }
  return diagnostics;
}

/** IPv4 addresses are written in one way; those of IPv6 in many. */
const ADDRESS_IN_ONE_FORM = /^[\d.]+$/;

function keyOf(ip: string): string {
  const address = parseAddress(ip);
  return address === undefined ? ip : formatAddress(address);
}

function sharedAddress(ip: string, first: Resource<PodObject>, second: Resource<PodObject>): Diagnostic {
  const { metadata } = first.object;
  return {
    code: 'duplicate-pod-ip',
    severity: 'warning',
    message: `the address \`${ip}\` also belongs to the pod ${namespaceOf(metadata)}/${metadata.name} at ${placeText(first.origin)}`,
    origin: second.origin,
    object: refOf('Pod', second.object.metadata),
    field: 'status.podIP',
  };
}

function otherPolicies(found: Findings['otherPolicies']): Diagnostic[] {
  return [...found].map(([kind, { origin, count }]) => ({
    code: 'policy-not-considered',
    severity: 'warning',
    message: `${count === 1 ? 'one object' : `${count} objects`} of kind \`${kind}\` could change verdicts and ${count === 1 ? 'is' : 'are'} not taken into account`,
    origin,
  }));
}

/** A namespace that pods are in and that no object describes has only the label of its name, as far as anyone knows. */
function namespacesNotGiven({ byKind, pods, policies, adminPolicies }: AllObjects): Diagnostic[] {
  const selecting =
    policies.find(({ object }) => namespaceSelectorsOf(object).some(dependsOnLabels)) ??
    adminPolicies.find(({ object }) => [subjectNamespaces(object), ...peerNamespacesOf(object)].some(dependsOnLabels));
  if (selecting === undefined) return [];
  const diagnostics: Diagnostic[] = [];
  const { namespace: inNamespace, name } = refOf(selecting.object.kind, selecting.object.metadata);
  const policy = inNamespace === undefined ? name : `${inNamespace}/${name}`;
  const given = new Set((byKind.get('Namespace') ?? []).map(({ object }) => object.metadata.name));
  for (const { object, origin } of pods) {
    const namespace = namespaceOf(object.metadata);
    if (given.has(namespace)) continue;
    given.add(namespace);
    diagnostics.push({
      code: 'namespace-not-given',
      severity: 'warning',
      message: `the namespace \`${namespace}\` is not in the input: it is taken to have no label but its name, and policies such as \`${policy}\` select namespaces by labels`,
      origin,
      object: { kind: 'Namespace', name: namespace },
      hint: 'add the Namespace objects to the input',
    });
  }
  return diagnostics;
}

/** Where some objects say in which namespace they are, those that do not are probably not meant to be in `default`. */
function namespacesNotWritten(byKind: ReadonlyMap<string, readonly Resource<Kept>[]>): Diagnostic[] {
  let first: Resource<Kept> | undefined;
  let count = 0;
  let others = 0;
  for (const [kind, resources] of byKind) {
    if (isClusterScoped(kind)) continue;
    for (const resource of resources) {
      if (resource.object.metadata.namespace) others++;
      else {
        count++;
        first ??= resource;
      }
    }
  }
  if (first === undefined || others === 0) return [];
  const { kind, metadata } = first.object;
  return [
    {
      code: 'namespaces-not-written',
      severity: 'warning',
      message: `${count === 1 ? 'one object has' : `${count} objects have`} no namespace and ${count === 1 ? 'is' : 'are'} taken to be in \`default\`, while ${others === 1 ? 'another one has' : `${others} others have`} one`,
      origin: first.origin,
      object: refOf(kind, metadata),
      field: 'metadata',
      hint: 'write `namespace`',
    },
  ];
}

/** A port name that no pod has matches nothing. */
function unknownPortNames({ pods, policies, adminPolicies, podsMissing }: AllObjects): Diagnostic[] {
  if (pods.length === 0) return [];
  const diagnostics: Diagnostic[] = [];
  let declared: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  const told = new Set<string>();
  const look = (resource: Resource<NetworkPolicyObject | AdminPolicyObject>, named: Iterable<NamedPortField>): void => {
    for (const { field, port, protocol } of named) {
      declared ??= declaredPortNames(pods);
      const key = `${protocol}/${port}`;
      const names = protocol === undefined ? [...declared.values()] : [declared.get(protocol)];
      if (names.some((each) => each?.has(port)) || told.has(key)) continue;
      told.add(key);
      diagnostics.push(unknownPortName(resource, field, port, protocol, declared, podsMissing));
    }
  };
  for (let i = 0; i < policies.length; i++) {
    const named = namedPortsOf(policies[i]!.object);
    if (named.length > 0) look(policies[i]!, named);
  }
  for (const resource of adminPolicies) look(resource, adminNamedPorts(resource.object));
  return diagnostics;
}

function unknownPortName(
  resource: Resource<NetworkPolicyObject | AdminPolicyObject>,
  field: string,
  port: string,
  protocol: string | undefined,
  declared: ReadonlyMap<string, ReadonlySet<string>>,
  podsMissing: boolean,
): Diagnostic {
  const elsewhere = [...declared].filter(([, names]) => names.has(port)).map(([other]) => other);
  const near = nearest(
    port,
    protocol === undefined ? [...declared.values()].flatMap((names) => [...names]) : (declared.get(protocol) ?? []),
  );
  const hint =
    elsewhere.length > 0 ? `pods have it for ${elsewhere.join(' and ')}` : near === undefined ? undefined : `did you mean \`${near}\`?`;
  const [who, so] = podsMissing
    ? ['no pod that could be read', 'which matches nothing unless another pod has it']
    : ['no pod', 'which therefore matches nothing'];
  return {
    code: 'unknown-port-name',
    severity: 'warning',
    message: `${who} has a ${protocol === undefined ? '' : `${protocol} `}port of the name ${quote(port)}, ${so}`,
    origin: resource.locate(field),
    object: refOf(resource.object.kind, resource.object.metadata),
    field,
    ...(hint === undefined ? {} : { hint }),
  };
}

function namedPortsOf({ spec }: NetworkPolicyObject): readonly NamedPortField[] {
  if (!spec || !(hasNamedPort(spec.ingress) || hasNamedPort(spec.egress))) return NONE;
  const found: NamedPortField[] = [];
  addNamedPorts(spec.ingress, 'ingress', found);
  addNamedPorts(spec.egress, 'egress', found);
  return found;
}

const NONE: readonly NamedPortField[] = [];

type RulesWithPorts = Maybe<readonly { readonly ports?: Maybe<readonly NetworkPolicyPort[]> }[]>;

/** Of most policies: no. */
function hasNamedPort(rules: RulesWithPorts): boolean {
  if (!rules) return false;
  for (let i = 0; i < rules.length; i++) {
    const { ports } = rules[i]!;
    if (ports) for (let k = 0; k < ports.length; k++) if (typeof ports[k]!.port === 'string') return true;
  }
  return false;
}

function addNamedPorts(rules: RulesWithPorts, direction: 'ingress' | 'egress', found: NamedPortField[]): void {
  if (!rules) return;
  for (let i = 0; i < rules.length; i++) {
    const { ports } = rules[i]!;
    if (!ports) continue;
    for (let k = 0; k < ports.length; k++) {
      const { port, protocol } = ports[k]!;
      if (typeof port === 'string') found.push({ field: `spec.${direction}[${i}].ports[${k}].port`, port, protocol: protocol ?? 'TCP' });
    }
  }
}

/** Names by protocol, of containers and of sidecars. */
function declaredPortNames(pods: readonly Resource<PodObject>[]): Map<string, Set<string>> {
  const declared = new Map<string, Set<string>>();
  for (const { object } of pods) {
    if (isCompleted(object)) continue;
    const sidecars = (object.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
    for (const { ports } of [...(object.spec?.containers ?? []), ...sidecars]) {
      for (const { name, protocol } of ports ?? []) {
        if (!name) continue;
        const names = declared.get(protocol ?? 'TCP') ?? new Set();
        declared.set(protocol ?? 'TCP', names.add(name));
      }
    }
  }
  return declared;
}
