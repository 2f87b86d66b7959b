/**
 * Can a connection by names be made? Each backend of a Service and each address of a host is judged by the engine; what only concerns the way to a Service is judged here: whose address the backend
 * sees, which backends are used, and a pod that comes back to itself.
 * Specification: networkpolicy-semantics 48, 53, 54; core/v1 ServiceSpec (internalTrafficPolicy, externalTrafficPolicy).
 */
import type { Engine } from '../engine/engine.ts';
import { quote } from '../lib/quote.ts';
import type { Decision, Verdict } from '../model/decision.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import { textOfEnd } from '../model/flow.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Manifests } from '../model/resource.ts';
import { type MeantFlows, meantFlows } from './meant-flows.ts';
import type { NamedFlow, NamedQuery, NamedReachability, NamedVerdict } from './named-reachability.ts';
import type { ResolvedService } from './resolve-service.ts';
import { isNodeAddress, podsOfEnd } from './service-pods.ts';

export interface NamedOptions {
  /** Addresses of hosts. */
  readonly domainNames?: DomainNameTable | undefined;
}

/**
 * The verdict of every connection that the question stands for, and of all together: `allow` and `deny` where all agree, `mixed` where both are certain, `unknown` otherwise.
 * `engine`: compiled from these manifests.
 * @throws {RangeError} for a name that is not there or not clear, ports that contradict each other or are missing, and for whatever `engine.canReach` refuses
 */
export function canReachNamed(engine: Engine, manifests: Manifests, query: NamedQuery, options: NamedOptions = {}): NamedReachability {
  const meant = meantFlows(manifests, query, options.domainNames);
  // A source that is none is refused even where there is nothing to judge.
  if (meant.flows.length === 0 && meant.from.kind === 'given')
    engine.canReach({ from: query.from, to: query.from, protocol: query.protocol ?? 'TCP', port: query.port ?? 1 });
  const used = meant.service === undefined ? meant.flows : flowsOnNode(manifests, meant, meant.service);
  const judged = used.map(({ query: each, to }) => judge(engine, manifests, each, to, meant.service));
  const withFamily = judged.filter(({ decision }) => decision.unknown?.cause !== 'no-common-family');
  // A client of one family uses the backends of that family.
  const flows = withFamily.length > 0 ? withFamily : judged;
  const unknown = meant.unknown ?? (flows.length > 0 ? null : noBackendOnNode(meant));
  return {
    query,
    verdict: unknown === null ? together(flows.map(({ verdict }) => verdict)) : 'unknown',
    unknown,
    from: meant.from,
    to: meant.to,
    flows,
    notes: meant.notes,
  };
}

function together(verdicts: readonly Verdict[]): NamedVerdict {
  const found = new Set(verdicts);
  if (found.has('allow') && found.has('deny')) return 'mixed';
  if (found.has('unknown') || verdicts.length === 0) return 'unknown';
  return found.has('allow') ? 'allow' : 'deny';
}

function noBackendOnNode({ to, service }: MeantFlows): NamedReachability['unknown'] {
  const why = service?.onlySameNode ? ' on the node of the client, and no other is used (internalTrafficPolicy: Local)' : '';
  return { cause: 'no-backend', message: `${quote(to.text)} has no backend${why}` };
}

/** With `internalTrafficPolicy: Local` those on the client's node; all, where it is not known who they are. */
function flowsOnNode(manifests: Manifests, { flows }: MeantFlows, { onlySameNode }: ResolvedService): MeantFlows['flows'] {
  if (!onlySameNode) return flows;
  return flows.filter(({ query }) => {
    const nodes = nodesOfEnd(manifests, textOfEnd(query.from) ?? '');
    const [own] = nodesOfEnd(manifests, textOfEnd(query.to) ?? '');
    return own === undefined || nodes.length !== 1 || nodes[0] === undefined || nodes[0] === own;
  });
}

/** Names of the nodes of its pods, each once; undefined among them for a pod whose node is not named. */
function nodesOfEnd(manifests: Manifests, text: string): (string | undefined)[] {
  return [...new Set(podsOfEnd(manifests, text).map(({ object }) => object.spec?.nodeName || undefined))];
}

function judge(
  engine: Engine,
  manifests: Manifests,
  query: NamedFlow['query'],
  to: string,
  service: ResolvedService | undefined,
): NamedFlow {
  const decision = engine.canReach(query);
  const unknown = service === undefined ? null : doubtOf(manifests, query, decision, service);
  return { query, to, verdict: unknown === null ? decision.verdict : 'unknown', decision, unknown };
}

/** Why the way through a Service leaves the verdict open. */
function doubtOf(manifests: Manifests, query: NamedFlow['query'], decision: Decision, service: ResolvedService): NamedFlow['unknown'] {
  if (service.headless) return null;
  const from = textOfEnd(query.from) ?? '';
  const to = textOfEnd(query.to) ?? '';
  const pods = podsOfEnd(manifests, from).map(({ object }) => object);
  const isItself = pods.length === 1 && pods.every((pod) => nameOfObject(pod) === to);
  if (isItself && !isOpen(manifests, decision))
    return {
      cause: 'hairpin',
      message: 'a pod that reaches itself through a Service may be judged by policies or not: data planes differ',
    };
  if (pods.length === 0 && !isNodeAddress(manifests, from) && !keepsSource(manifests, service) && !isOpenTo(manifests, decision)) {
    return {
      cause: 'source-replaced',
      message:
        'on the way from outside to a Service a node or a load balancer may put its own address in the place of the client (externalTrafficPolicy: Local keeps it)',
    };
  }
  if (!service.onlySameNode || decision.verdict !== 'allow') return null;
  const nodes = nodesOfEnd(manifests, from);
  const [own] = nodesOfEnd(manifests, to);
  if (nodes.length === 1 && nodes[0] !== undefined && nodes[0] === own) return null;
  return {
    cause: 'unknown-node',
    message: 'only backends on the node of the client are used (internalTrafficPolicy: Local), and its node is not known',
  };
}

/** Does no policy of any kind stand at either end? */
function isOpen(manifests: Manifests, { egress, ingress, verdict }: Decision): boolean {
  return verdict === 'allow' && !egress.isolated && !ingress.isolated && manifests.adminPolicies.length + manifests.unreadable.length === 0;
}

/** Is the backend open to every address outside? No rule of an administrator's ingress speaks of those. */
function isOpenTo(manifests: Manifests, { ingress, verdict }: Decision): boolean {
  return (
    verdict === 'allow' &&
    !ingress.isolated &&
    ingress.passes.length === 0 &&
    ingress.reasons.length === 0 &&
    manifests.unreadable.length === 0
  );
}

function keepsSource(manifests: Manifests, { namespace, name }: ResolvedService): boolean {
  const found = manifests.services.find(({ object: { metadata } }) => metadata.name === name && namespaceOf(metadata) === namespace);
  const { type, externalTrafficPolicy } = found?.object.spec ?? {};
  return externalTrafficPolicy === 'Local' && (type === 'NodePort' || type === 'LoadBalancer');
}
