/**
 * What comes of a question whose ends are Services and hosts: plain data.
 */
import type { Decision, Verdict } from '../model/decision.ts';
import type { FlowQuery } from '../model/flow.ts';
import type { Origin } from '../model/origin.ts';
import type { Protocol } from '../model/protocol.ts';
import type { UnresolvedCause } from './resolve-service.ts';
import type { ServicePort } from './service-ports.ts';

/** A question about ends by name: what `FlowQuery` takes as text, Services as destination, hosts at either end (`readNamedEnd`). */
export interface NamedQuery {
  readonly from: string;
  readonly to: string;
  /** Left out: what the destination says, as `svc/shop/cart:http` does. That of a Service is what clients connect to, before translation. */
  readonly port?: number;
  /** Left out: that of the Service's port; TCP elsewhere. */
  readonly protocol?: Protocol;
  readonly family?: 4 | 6;
}

/** `mixed`: some of the connections that this may become are allowed and some are denied, for certain: it works now and then. */
export type NamedVerdict = Verdict | 'mixed';

/** What a name stands for. */
export interface MeantEnd {
  /** As it was asked. */
  readonly text: string;
  /** `given`: the engine's own forms. */
  readonly kind: 'given' | 'service' | 'host';
  readonly service: MeantService | null;
  /** Of a host, or of the host that an ExternalName Service stands for. */
  readonly host: string | null;
  readonly addresses: readonly string[];
}

export interface MeantService {
  readonly namespace: string;
  readonly name: string;
  readonly origin: Origin;
  readonly headless: boolean;
  readonly port: ServicePort | null;
}

export type NamedUnknownCause =
  | UnresolvedCause
  /** The address of the client may be replaced on the way to the Service. */
  | 'source-replaced'
  /** Only backends on the client's node are used, and which these are is not known. */
  | 'unknown-node'
  /** A port of a node that leads on to a Service or a pod. */
  | 'node-port'
  /** A pod reaches itself through a Service: data planes differ. */
  | 'hairpin';

/** One of the connections that the question stands for. */
export interface NamedFlow {
  readonly query: FlowQuery;
  /** The destination, as a person would call it. */
  readonly to: string;
  /** That of `decision`, unless `unknown` says why it is not. */
  readonly verdict: Verdict;
  readonly decision: Decision;
  readonly unknown: { readonly cause: NamedUnknownCause; readonly message: string } | null;
}

export interface NamedReachability {
  readonly query: NamedQuery;
  readonly verdict: NamedVerdict;
  /** Why it is not known what the ends stand for. */
  readonly unknown: { readonly cause: NamedUnknownCause; readonly message: string } | null;
  readonly from: MeantEnd;
  readonly to: MeantEnd;
  /** In order of source address, backend or address, family. */
  readonly flows: readonly NamedFlow[];
  readonly notes: readonly string[];
}
