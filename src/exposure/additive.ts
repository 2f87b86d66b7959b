/**
 * The ordinary case, NetworkPolicies alone: every rule allows and none takes anything back, so that each condition has a set of ports, and nothing is walked port by port. Equal to what `ExposureReader`
 * finds, without its terms. A condition is told at the ports at which no wider one of the same pod is.
 */
import type { NamedPort } from '../model/cluster.ts';
import type { Rule } from '../model/policy.ts';
import { type Direction, PROTOCOLS } from '../model/protocol.ts';
import { type Conditions, EVERY_POD } from './conditions.ts';
import { hasFamily, rulesOf, type Subject, type Unprotected } from './pod-exposure.ts';
import { EVERY_PORT, NO_PORTS, type PortName, type PortSet, type PortSets } from './port-sets.ts';
import type { TermSpace } from './terms.ts';

export interface AdditiveExposure {
  readonly unprotected: Unprotected | undefined;
  /** By number of a condition: the ports that are open to who meets it. */
  readonly told: ReadonlyMap<number, PortSet>;
  /** Of ports, in its rules. */
  readonly names: readonly PortName[];
}

export class AdditiveReader {
  private readonly conditions: Conditions;
  private readonly space: TermSpace;
  private readonly ports: PortSets;
  private readonly ofRules = new Map<Rule, RulePorts>();

  constructor(conditions: Conditions, space: TermSpace, ports: PortSets) {
    this.conditions = conditions;
    this.space = space;
    this.ports = ports;
  }

  /** Undefined: a rule does something else than allow, or may. */
  read({ tiers, namedPorts, families }: Subject, direction: Direction): AdditiveExposure | undefined {
    const asked = tiers.flatMap(({ match, policies }) => {
      const rules = policies.flatMap((policy) => rulesOf(policy, direction));
      const isolates = policies.some((policy) => policy.isolates[direction]);
      return rules.length === 0 && !isolates ? [] : [{ match, rules, isolates }];
    });
    const [only, ...others] = asked;
    if (only === undefined) return unprotectedFrom('no-policy');
    if (others.length > 0 || only.match !== 'all' || !only.isolates) return undefined;
    const open = new Map<number, PortSet>();
    const read: { readonly certain: readonly number[]; readonly ports: RulePorts }[] = [];
    for (const rule of only.rules) {
      const { certain, open: doubtful } = this.conditions.ofRule(rule);
      if (rule.action !== 'allow' || doubtful.length > 0) return undefined;
      read.push({ certain, ports: this.portsOf(rule, direction, namedPorts) });
    }
    const names = [...new Set(read.flatMap(({ ports }) => ports.names))];
    for (const { certain, ports } of read) {
      const set = this.ports.withNames(ports.set, names);
      if (set === NO_PORTS) continue;
      for (const condition of certain) {
        if (!hasFamily(this.conditions.get(condition), families)) continue;
        open.set(condition, this.ports.union(open.get(condition) ?? NO_PORTS, set));
      }
    }
    return { unprotected: undefined, told: this.widest(open), names };
  }

  private widest(open: ReadonlyMap<number, PortSet>): Map<number, PortSet> {
    const told = new Map<number, PortSet>();
    this.space.prepare(open);
    const everyone = open.get(EVERY_POD) ?? NO_PORTS;
    for (const [condition, set] of open) {
      if (this.space.isImpossible(condition)) continue;
      let left = condition === EVERY_POD ? set : this.ports.minus(set, everyone);
      for (const wider of this.space.widerThan(condition)) left = this.ports.minus(left, open.get(wider) ?? NO_PORTS);
      if (left !== NO_PORTS) told.set(condition, left);
    }
    return told;
  }

  private portsOf(rule: Rule, direction: Direction, ownPorts: readonly NamedPort[]): RulePorts {
    const { ports } = rule;
    if (ports === 'any') return { set: EVERY_PORT, names: [] };
    const isOwn = direction === 'ingress' && ports.some(({ kind }) => kind === 'named');
    const known = isOwn ? undefined : this.ofRules.get(rule);
    if (known !== undefined) return known;
    const spans: number[] = [];
    const names: PortName[] = [];
    for (const port of ports) {
      for (const protocol of port.protocol === 'any' ? PROTOCOLS : [port.protocol]) {
        if (port.kind === 'range') {
          spans.push(...this.ports.places(protocol, port.from, port.to));
          // Only one that is about every port is about the port of any name.
          if (port.from <= 1 && port.to === LAST_PORT) spans.push(...this.ports.otherNames(protocol));
        } else if (direction === 'egress' && port.name !== '') {
          const name = this.ports.name(protocol, port.name);
          names.push(name);
          spans.push(...this.ports.namePlace(name));
        } else if (port.name !== '') {
          for (const own of ownPorts)
            if (own.name === port.name && own.protocol === protocol) spans.push(...this.ports.places(protocol, own.port, own.port));
        }
      }
    }
    const found = { set: this.ports.of(spans), names };
    if (!isOwn) this.ofRules.set(rule, found);
    return found;
  }
}

interface RulePorts {
  readonly set: PortSet;
  readonly names: readonly PortName[];
}

const LAST_PORT = 65_535;

/** All is open: no policy is asked. */
export function unprotectedFrom(why: Unprotected): AdditiveExposure {
  return { unprotected: why, told: new Map([[EVERY_POD, EVERY_PORT]]), names: [] };
}
