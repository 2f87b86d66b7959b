/**
 * Rules with names of ports for a data plane that resolves names before it writes its rules, and that writes a rule without ports when it finds none: it fails open.
 * In comes a rule as the specification reads it, out come rules of the same index in the order of reasons. Specification: kube-router `pkg/controllers/netpol/policy.go`
 * (buildNetworkPoliciesInfo, processIngressRules, processEgressRules), from the code.
 */
import type { Peer, PodMatch, PortMatch, Rule } from '../model/policy.ts';
import type { DeclaredPorts } from './declared-ports.ts';

/** The pods of the policy, and its namespace. */
interface Resolution {
  readonly subject: PodMatch;
  readonly namespace: string;
  readonly declared: DeclaredPorts;
}

type NamedPort = PortMatch & { readonly kind: 'named' };

/** A rule without a named port is as it was. */
export function resolveNames(rule: Rule, resolution: Resolution): readonly Rule[] {
  const { peers, ports, direction } = rule;
  if (ports === 'any' || !ports.some(isNamed)) return [rule];
  // Where every source is allowed, names are resolved as the specification has it, pod by pod.
  if (peers === 'any') return direction === 'ingress' ? [rule] : toEverywhere(rule, ports, resolution);
  const open = isOpen(rule, resolution);
  return runsOf(peers).map((run): Rule => {
    if (run.ofPods) return { ...rule, peers: only(peers, run), ...(open ? { ports: 'any' } : {}) };
    // Towards a block there is no pod that could declare a name.
    const numbers = direction === 'ingress' ? ports : ports.map((port) => (isNamed(port) ? noPort(port) : port));
    return { ...rule, peers: only(peers, run), ports: numbers };
  });
}

/** Does the rule say nothing about ports in the end? Every port is a name, and no pod of those that are asked declares any of them. */
function isOpen({ peers, ports, direction }: Rule, { subject, declared }: Resolution): boolean {
  if (peers === 'any' || ports === 'any' || !ports.every(isNamed)) return false;
  const asked: readonly PodMatch[] = direction === 'ingress' ? [subject] : peers.filter((peer) => peer.kind === 'pods');
  return ports.every((port) => numbersOf(port, asked, declared).length === 0);
}

/** Egress to everywhere: a name is every number that pods of the policy's own namespace give it, whatever the destination. */
function toEverywhere(rule: Rule, ports: readonly PortMatch[], { namespace, declared }: Resolution): Rule[] {
  const asked: readonly PodMatch[] = [{ kind: 'pods', namespaces: { name: namespace }, pods: [] }];
  return ports.flatMap((port, i): Rule[] => {
    const before = ports.slice(0, i).map(noPort);
    if (!isNamed(port)) return [{ ...rule, ports: [...before, port] }];
    const { protocol } = port;
    return numbersOf(port, asked, declared).map((number) => {
      return {
        ...rule,
        ports: [...before, { kind: 'range', protocol: protocol === 'any' ? 'TCP' : protocol, from: number, to: number }],
      };
    });
  });
}

/** Neighbours of one kind, so that reasons stay in the order of peers. */
interface Run {
  readonly ofPods: boolean;
  readonly from: number;
  readonly to: number;
}

function runsOf(peers: readonly Peer[]): Run[] {
  const starts = peers.flatMap(({ kind }, i) => (i === 0 || (kind === 'pods') !== (peers[i - 1]?.kind === 'pods') ? [i] : []));
  return starts.map((from, i) => ({ ofPods: peers[from]?.kind === 'pods', from, to: starts[i + 1] ?? peers.length }));
}

/** The peers of a run, at their places. */
function only(peers: readonly Peer[], { from, to }: Run): Peer[] {
  return peers.slice(0, to).map((peer, i) => (i < from ? { kind: 'domainNames', known: [], names: [] } : peer));
}

/** A port that keeps its place and matches nothing: no container port has the empty name. */
function noPort({ protocol }: PortMatch): PortMatch {
  return { kind: 'named', protocol, name: '' };
}

function numbersOf({ protocol, name }: NamedPort, asked: readonly PodMatch[], declared: DeclaredPorts): number[] {
  return declared.numbers(asked, protocol === 'any' ? 'TCP' : protocol, name);
}

function isNamed(port: PortMatch): port is NamedPort {
  return port.kind === 'named';
}
