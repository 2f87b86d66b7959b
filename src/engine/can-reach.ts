/**
 * One question: ends by name or address in, a decision out. An end can stand for several endpoints (a workload's pods, two address families, an address
 * with several owners); then every pair is judged, and only what all agree on is certain.
 */

import type { Directory, ResolvedEnd } from '../evaluate/directory.ts';
import { explainHalf, VERDICTS } from '../evaluate/explain.ts';
import type { TableNames } from '../evaluate/names.ts';
import type { FlowDecision, TableReader } from '../evaluate/reader.ts';
import { quote } from '../lib/quote.ts';
import type { Decision, DirectionDecision, UnknownCause, Verdict } from '../model/decision.ts';
import { type FlowEnd, type FlowQuery, textOfEnd } from '../model/flow.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import { ENDPOINT_PREFIX, UNKNOWN } from '../tables/layout.ts';

const UNDECIDED_HALF: DirectionDecision = { verdict: 'unknown', isolated: false, isolatedBy: [], passes: [], reasons: [], default: null };

const NOT_POLICED_HALF: DirectionDecision = {
  verdict: 'allow',
  isolated: false,
  isolatedBy: [],
  passes: [],
  reasons: [],
  default: 'protocol-not-policed',
};

/** A question after resolution. `protocol` is -1 for one outside the model that the profile lets pass. */
interface ResolvedQuery {
  readonly from: ResolvedEnd;
  readonly to: ResolvedEnd;
  readonly protocol: number;
  readonly port: number;
  readonly family: 4 | 6 | undefined;
}

export class FlowJudge {
  private readonly reader: TableReader;
  private readonly names: TableNames;
  private readonly directory: Directory;
  private readonly scratch: FlowDecision = { egress: 0, ingress: 0, verdict: UNKNOWN };

  constructor(reader: TableReader, names: TableNames, directory: Directory) {
    this.reader = reader;
    this.names = names;
    this.directory = directory;
  }

  verdict(query: FlowQuery): Verdict {
    const resolved = this.resolve(query);
    if (resolved.protocol < 0) return this.administratorsSpeak() ? 'unknown' : 'allow';
    if (ownerOf(resolved) !== undefined) return 'unknown';
    const { from, to, protocol, port } = resolved;
    let verdict = -1;
    const skipSelf = this.skipsSelf(resolved);
    for (let s = 0; s < from.endpoints.length; s++) {
      for (let d = 0; d < to.endpoints.length; d++) {
        const source = from.endpoints[s]!;
        const destination = to.endpoints[d]!;
        if (!this.pairs(source, destination, resolved.family) || (skipSelf && this.samePod(source, destination))) continue;
        const found = this.reader.verdict(source, destination, protocol, port);
        if (verdict >= 0 && found !== verdict) return 'unknown';
        verdict = found;
      }
    }
    return verdict < 0 ? 'unknown' : VERDICTS[verdict]!;
  }

  decide(query: FlowQuery): Decision {
    const resolved = this.resolve(query);
    if (resolved.protocol < 0) {
      if (this.administratorsSpeak()) return undecided('protocol-not-judged', PROTOCOL_NOT_JUDGED);
      return { verdict: 'allow', egress: NOT_POLICED_HALF, ingress: NOT_POLICED_HALF };
    }
    const owner = ownerOf(resolved);
    if (owner !== undefined) return owner;
    const pairs = this.pairsOf(resolved);
    const [first, ...others] = pairs;
    if (first === undefined) return undecided('no-common-family', 'the ends have no address family in common');
    const decision = this.judge(first, resolved);
    const differing = others.find(([source, destination]) => {
      return VERDICTS[this.reader.verdict(source, destination, resolved.protocol, resolved.port)] !== decision.verdict;
    });
    if (differing === undefined) return decision;
    const other = this.judge(differing, resolved);
    const ambiguous = isAmbiguous(resolved.from) || isAmbiguous(resolved.to);
    const message = `${this.pairName(first, query)}: ${decision.verdict}, but ${this.pairName(differing, query)}: ${other.verdict}`;
    return { ...decision, verdict: 'unknown', unknown: { cause: ambiguous ? 'address-ambiguous' : 'ends-differ', message } };
  }

  private resolve(query: FlowQuery): ResolvedQuery {
    if (typeof query !== 'object' || query === null) throw new RangeError('expected a question with `from`, `to`, `protocol` and `port`');
    const { from, to, protocol, port, family } = query;
    const number = this.protocolNumber(protocol);
    // Other protocols may have no ports at all.
    if (number >= 0 && (!Number.isInteger(port) || port < 1 || port > 65535)) {
      throw new RangeError(`port must be a whole number in 1..65535, got ${quote(String(port))}`);
    }
    if (family !== undefined && family !== 4 && family !== 6) throw new RangeError(`family must be 4 or 6, got ${quote(String(family))}`);
    return { from: this.directory.resolve(from), to: this.directory.resolve(to), protocol: number, port, family };
  }

  /** -1 for a protocol outside the model that the profile lets pass. A misspelt one of the three is never taken for another protocol. */
  private protocolNumber(protocol: unknown): number {
    const number = PROTOCOLS.indexOf(protocol as Protocol);
    if (number >= 0) return number;
    const near = typeof protocol === 'string' ? PROTOCOLS.find((known) => known === protocol.trim().toUpperCase()) : undefined;
    const hint = near === undefined ? '' : `: did you mean ${quote(near)}?`;
    if (near === undefined && typeof protocol === 'string' && protocol !== '' && this.reader.tables.columns.switches[2] === 1) return -1;
    const why = hint === '' ? ': NetworkPolicy defines no other, what happens to them is up to the data plane' : hint;
    throw new RangeError(`protocol must be TCP, UDP or SCTP, got ${quote(String(protocol))}${why}`);
  }

  /** Is there an administrator's policy? NetworkPolicies have no say about protocols outside the model, rules of administrators without protocols do. */
  private administratorsSpeak(): boolean {
    return this.reader.tables.columns.policyTier.some((tier) => this.names.text(tier) !== NETWORK_POLICY_TIER);
  }

  private pairsOf(resolved: ResolvedQuery): [source: number, destination: number][] {
    const { from, to, family } = resolved;
    const skipSelf = this.skipsSelf(resolved);
    const pairs: [number, number][] = [];
    for (const source of Array.from(from.endpoints)) {
      for (const destination of Array.from(to.endpoints)) {
        if (this.pairs(source, destination, family) && !(skipSelf && this.samePod(source, destination))) pairs.push([source, destination]);
      }
    }
    return pairs;
  }

  /** Do the families of two endpoints go together, and with the family that was asked for? An endpoint without address goes with any. */
  private pairs(source: number, destination: number, wanted: 4 | 6 | undefined): boolean {
    const { endpointFamily } = this.reader.tables.columns;
    const a = endpointFamily[source]!;
    const b = endpointFamily[destination]!;
    return (a === b || a === 0 || b === 0) && (wanted === undefined || ((a === 0 || a === wanted) && (b === 0 || b === wanted)));
  }

  /**
   * Between workloads, a pod and itself says nothing about the others: such pairs count only when there are no others. An address with several owners is
   * another matter: each owner may be the one that is meant.
   */
  private skipsSelf({ from, to, family }: ResolvedQuery): boolean {
    if (from.endpoints.length * to.endpoints.length === 1 || isAmbiguous(from) || isAmbiguous(to)) return false;
    for (let s = 0; s < from.endpoints.length; s++) {
      for (let d = 0; d < to.endpoints.length; d++) {
        const source = from.endpoints[s]!;
        const destination = to.endpoints[d]!;
        if (!this.samePod(source, destination) && this.pairs(source, destination, family)) return true;
      }
    }
    return false;
  }

  private samePod(a: number, b: number): boolean {
    const { endpointKind, endpointObject } = this.reader.tables.columns;
    return endpointKind[a] === endpointKind[b] && endpointKind[a]! <= 1 && endpointObject[a] === endpointObject[b];
  }

  private judge([source, destination]: readonly [number, number], { protocol, port }: ResolvedQuery): Decision {
    return this.explain(source, destination, this.reader.decide(source, destination, protocol, port, this.scratch));
  }

  private explain(source: number, destination: number, { egress, ingress, verdict }: FlowDecision): Decision {
    return {
      verdict: VERDICTS[verdict]!,
      egress: explainHalf(this.reader, this.names, 'egress', source, egress),
      ingress: explainHalf(this.reader, this.names, 'ingress', destination, ingress),
    };
  }

  private pairName([source, destination]: readonly [number, number], { from, to }: FlowQuery): string {
    return `${this.endName(source, from)} to ${this.endName(destination, to)}`;
  }

  /** Outside, the address that was asked for and not the prefix that holds it. */
  private endName(endpoint: number, asked: FlowEnd): string {
    const isOutside = this.reader.tables.columns.endpointKind[endpoint] === ENDPOINT_PREFIX;
    return (isOutside ? textOfEnd(asked) : undefined) ?? this.directory.nameOf(endpoint);
  }
}

const NETWORK_POLICY_TIER = 'NetworkPolicy';
const PROTOCOL_NOT_JUDGED = "the administrator's policies may match protocols other than TCP, UDP and SCTP, which are not judged";

/** The decision about an address that has no verdict because of whom it belongs to. */
function ownerOf({ from, to }: ResolvedQuery): Decision | undefined {
  const end = [from, to].find(({ unreadable }) => unreadable) ?? [from, to].find(({ owner }) => owner !== undefined);
  if (end?.owner === undefined) return undefined;
  if (end.unreadable) return undecided('unreadable-end', `the address belongs to ${quote(end.owner)}, which could not be read`);
  return undecided(
    'service-address',
    `the address belongs to ${quote(end.owner)}: policy applies to its pods, ask for one of them and its port`,
  );
}

function isAmbiguous({ isAddress, endpoints }: ResolvedEnd): boolean {
  return isAddress && endpoints.length > 1;
}

function undecided(cause: UnknownCause, message: string): Decision {
  return { verdict: 'unknown', egress: UNDECIDED_HALF, ingress: UNDECIDED_HALF, unknown: { cause, message } };
}
