/**
 * Parts that many policies of a cluster have alike, each made once: less memory to go through, and compared by identity.
 */
import { type IpPrefix, parsePrefix } from '../lib/ip-address.ts';
import type { IpBlock, PodMatch, PortMatch } from '../model/policy.ts';
import { type Direction, PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { NetworkPolicyPeer } from '../model/resource.ts';
import type { Selector } from '../model/selector.ts';
import { KnownSelectors } from './label-selector.ts';

/** Of namespaces, of selections in them and of the exceptions of a rule the last are remembered: neighbours have them, too. Of blocks and prefixes many, everything else for good. */
export class SharedParts {
  readonly selectors = new KnownSelectors();
  private readonly prefixes = new Map<string, IpPrefix>();
  private readonly blocks = new Map<string, readonly [IpBlock]>();
  /** By protocol and number. */
  private readonly ports = new Map<number, readonly PortMatch[]>();
  private lastNamespace: { readonly name: string } = { name: '' };
  private lastPods: readonly [PodMatch] = [{ kind: 'pods', namespaces: this.lastNamespace, pods: [] }];
  private lastPeers: readonly NetworkPolicyPeer[] = [];
  private lastExceptions: readonly IpPrefix[] = [];
  /** `spec.ingress[0]` and so on. */
  private readonly rulePaths: Readonly<Record<Direction, string[]>> = { ingress: [], egress: [] };

  namespace(name: string): { readonly name: string } {
    if (this.lastNamespace.name !== name) this.lastNamespace = { name };
    return this.lastNamespace;
  }

  /** A list of this selection alone. */
  pods(namespaces: PodMatch['namespaces'], pods: Selector): readonly [PodMatch] {
    const last = this.lastPods[0];
    if (last.namespaces !== namespaces || last.pods !== pods) this.lastPods = [{ kind: 'pods', namespaces, pods }];
    return this.lastPods;
  }

  /** A list of this block alone, without exceptions. */
  block(cidr: string): readonly [IpBlock] {
    let block = this.blocks.get(cidr);
    if (block === undefined) {
      block = [{ kind: 'ipBlock', cidr: readPrefix(cidr), except: NO_EXCEPTIONS }];
      if (this.blocks.size < MOST_REMEMBERED) this.blocks.set(cidr, block);
    }
    return block;
  }

  prefix(text: string): IpPrefix {
    let prefix = this.prefixes.get(text);
    if (prefix === undefined) {
      prefix = readPrefix(text);
      if (this.prefixes.size < MOST_REMEMBERED) this.prefixes.set(text, prefix);
    }
    return prefix;
  }

  /** The exceptions of all blocks of a rule. */
  exceptionsOf(peers: readonly NetworkPolicyPeer[]): readonly IpPrefix[] {
    if (this.lastPeers !== peers) {
      this.lastPeers = peers;
      this.lastExceptions = peers.flatMap(({ ipBlock }) => ipBlock?.except ?? []).map((text) => this.prefix(text));
    }
    return this.lastExceptions;
  }

  /** A list of this port alone. */
  port(protocol: Protocol, port: number): readonly PortMatch[] {
    const key = PROTOCOLS.indexOf(protocol) * 65536 + port;
    let list = this.ports.get(key);
    if (list === undefined) {
      list = [{ kind: 'range', protocol, from: port, to: port }];
      this.ports.set(key, list);
    }
    return list;
  }

  /** Where a rule stands in its object. */
  rulePath(direction: Direction, index: number): string {
    const paths = this.rulePaths[direction];
    while (paths.length <= index) paths.push(`spec.${direction}[${paths.length}]`);
    return paths[index]!;
  }
}

/** So many blocks, and prefixes, are remembered, those that come first: to remember a million that are named once takes longer than reading them, and what is repeated comes soon. */
const MOST_REMEMBERED = 1 << 18;

const NO_EXCEPTIONS: readonly IpPrefix[] = [];

/** Validation has accepted the text, so a failure here is a mistake of the program. */
export function readPrefix(text: string): IpPrefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new TypeError(`unvalidated CIDR \`${text}\``);
  return parsed.prefix;
}
