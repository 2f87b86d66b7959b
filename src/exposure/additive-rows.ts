/**
 * Rows between an end of pods and pods that do not exist yet, of pods that NetworkPolicies alone bind: what `exposureRows` says of them, from sets of ports. What rows have in common is one object.
 */
import { compareText } from '../lib/compare-text.ts';
import type { FuturePods } from '../matrix/future-pods.ts';
import type { NamedSpan, PortVerdicts } from '../matrix/port-verdicts.ts';
import type { Verdict } from '../model/decision.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { AdditiveExposure } from './additive.ts';
import { type Conditions, EVERY_POD } from './conditions.ts';
import { type ExposureRow, endOf, isEveryPort, type PortFilter, sortText, unprotectedAll } from './exposure-rows.ts';
import { NO_PORTS, type PortName, type PortSet, type PortSets } from './port-sets.ts';
import type { TermSpace } from './terms.ts';
import { WiderConditions } from './wider-conditions.ts';

export class AdditiveRows {
  private readonly conditions: Conditions;
  private readonly space: TermSpace;
  private readonly ports: PortSets;
  private readonly filter: PortFilter;
  /** Undefined: every port is asked for. */
  private readonly asked: PortSet | undefined;
  private readonly ends: { readonly end: FuturePods; readonly order: string }[] = [];
  private readonly verdicts = new Map<string, PortVerdicts>();

  constructor(conditions: Conditions, space: TermSpace, ports: PortSets, filter: PortFilter) {
    this.conditions = conditions;
    this.space = space;
    this.ports = ports;
    this.filter = filter;
    const { protocol, port } = filter;
    if (protocol === undefined && port === undefined) return;
    const protocols = PROTOCOLS.filter((each) => protocol === undefined || each === protocol);
    this.asked = ports.of(protocols.flatMap((each) => ports.places(each, port ?? 1, port ?? LAST_PORT)));
  }

  /** `exposures`: of the pods of the end, each different one once; at least one. In order. */
  of(exposures: readonly AdditiveExposure[]): ExposureRow[] {
    const [first, ...others] = exposures;
    const names = [...new Set(exposures.flatMap((each) => each.names))];
    const unprotected = unprotectedAll(exposures);
    const found: { readonly order: string; readonly row: ExposureRow }[] = [];
    const add = (condition: number, allow: PortSet, some: PortSet): void => {
      const ports = this.portsOf(allow, some, names);
      if (ports === undefined) return;
      const { end, order } = this.endOf(condition);
      found.push({ order, row: { end, ports, unprotected } });
    };
    if (others.length === 0) for (const [condition, set] of first!.told) add(condition, set, NO_PORTS);
    else this.joint(exposures, names, add);
    return found.sort((a, b) => compareText(a.order, b.order)).map(({ row }) => row);
  }

  private joint(
    exposures: readonly AdditiveExposure[],
    names: readonly PortName[],
    add: (condition: number, allow: PortSet, some: PortSet) => void,
  ): void {
    const each = exposures.map(({ told, names: own }) => {
      const others = names.filter((name) => !own.includes(name));
      return {
        told: new Map([...told].map(([condition, set]) => [condition, this.ports.withNames(set, others)])),
        wider: new WiderConditions(this.space.anchors, told.keys()),
      };
    });
    for (const condition of new Set(each.flatMap(({ told }) => [...told.keys()]))) {
      let some: PortSet = NO_PORTS;
      for (const { told } of each) some = this.ports.union(some, told.get(condition) ?? NO_PORTS);
      let allow = some;
      for (const { told, wider } of each) {
        let open = this.ports.union(told.get(condition) ?? NO_PORTS, told.get(EVERY_POD) ?? NO_PORTS);
        for (const other of wider.of(condition)) {
          if (other !== condition && this.space.isWithin(condition, other)) open = this.ports.union(open, told.get(other) ?? NO_PORTS);
        }
        allow = this.ports.both(allow, open);
      }
      add(condition, allow, this.ports.minus(some, allow));
    }
  }

  private endOf(condition: number): { readonly end: FuturePods; readonly order: string } {
    let found = this.ends[condition];
    if (found === undefined) {
      const end = endOf({ with: condition === EVERY_POD ? [] : [condition], without: [] }, this.conditions);
      found = { end, order: sortText(end) };
      this.ends[condition] = found;
    }
    return found;
  }

  /** Undefined: nothing of what is asked for. */
  private portsOf(allow: PortSet, some: PortSet, names: readonly PortName[]): PortVerdicts | undefined {
    const key = `${allow} ${some} ${names.join()}`;
    let found = this.verdicts.get(key);
    if (found === undefined) {
      found = this.tell(allow, some, names);
      this.verdicts.set(key, found);
    }
    return found.allow.length + found.some.length + (found.named?.length ?? 0) === 0 ? undefined : found;
  }

  private tell(allow: PortSet, some: PortSet, names: readonly PortName[]): PortVerdicts {
    const within = (set: PortSet): PortSet => (this.asked === undefined ? set : this.ports.both(set, this.asked));
    const spans = this.ports.spans(within(allow));
    const isWhole = ({ protocol }: Omit<NamedSpan, 'verdicts'>): boolean =>
      spans.some((span) => span.protocol === protocol && isEveryPort(span, this.filter));
    const named = [
      ...this.ports.named(allow, names).map((each): NamedSpan => ({ ...each, verdicts: ALLOW })),
      ...this.ports.named(some, names).map((each): NamedSpan => ({ ...each, verdicts: ALLOW_DENY })),
    ].filter((each) => (this.filter.protocol === undefined || each.protocol === this.filter.protocol) && !isWhole(each));
    named.sort((a, b) => PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol) || compareText(a.name, b.name));
    return {
      allow: spans,
      unknown: [],
      deny: [],
      some: this.ports.spans(within(some)).map((span) => ({ ...span, verdicts: ALLOW_DENY })),
      ...(named.length === 0 ? {} : { named }),
    };
  }
}

const LAST_PORT = 65_535;
const ALLOW: readonly Verdict[] = ['allow'];
const ALLOW_DENY: readonly Verdict[] = ['allow', 'deny'];
