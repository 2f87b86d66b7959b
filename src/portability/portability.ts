/**
 * What the same policies mean under other data planes: compiled once for each, compared whole with the baseline, and every difference traced to the switch of the profile and the
 * field of the policy that make it.
 */
import { PROFILE_NAMES, profileOf } from '../cni/check-profile.ts';
import { caveats } from '../dialects/caveats.ts';
import { type Lowered, lower } from '../dialects/lower.ts';
import { compile, type Engine } from '../engine/engine.ts';
import { TableReader } from '../evaluate/reader.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import { compareReach, type ReachComparison, type ReachDifference, type ReachLimits } from '../reach/compare-reach.ts';
import type { JointEndpoints } from '../reach/joint-endpoints.ts';
import { isOwnPair } from '../reach/own-pairs.ts';
import { RollUp } from '../reach/roll-up.ts';
import { ENDPOINT_PREFIX } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { CellCutter, type ExplainedCell } from './cells.ts';
import { PolicyFields } from './fields.ts';
import { type CausedCell, gatherFindings } from './gather.ts';
import {
  type Caveat,
  type CniPortability,
  type Effect,
  effectOf,
  type PortabilityReport,
  type SwitchChange,
  type SwitchName,
  type UnenforcedPolicy,
} from './report.ts';
import { Judge } from './suspects.ts';

export interface PortabilityOptions {
  /** Profiles to compare, by name or as records. Default: all that there are. */
  readonly cnis?: readonly (string | CniProfile)[];
  /** What they are compared with. Default `spec`. */
  readonly baseline?: string | CniProfile;
  readonly domainNames?: DomainNameTable;
  readonly limits?: PortabilityLimits;
}

export interface PortabilityLimits extends ReachLimits {
  /** Most pairs of classes and ports of which the cause is searched, for each profile. Default 300,000. */
  readonly searched?: number;
}

/** With more switches, only single ones, pairs and all together are tried: then a difference that needs three is not explained. */
const MOST_SUBSETS_OF = 6;

/** @throws {RangeError} as `compile` does, and for two profiles of one name */
export function portability(
  manifests: Manifests,
  { cnis = PROFILE_NAMES, baseline = 'spec', domainNames, limits = {} }: PortabilityOptions = {},
): PortabilityReport {
  const base = profileOf(baseline);
  const workshop = new Workshop(manifests, base, domainNames, limits);
  const found = distinctProfiles(base, cnis.map(profileOf)).map((profile) => workshop.compare(profile));
  return {
    baseline: base.name,
    cnis: found,
    differs: found.some(({ findings, notEnforced }) => findings.length > 0 || notEnforced.some(({ baselineToo }) => !baselineToo)),
    complete: found.every(({ complete }) => complete),
    caveats: caveatsOf(manifests, base),
  };
}

/** Each profile once. */
function distinctProfiles(baseline: CniProfile, profiles: readonly CniProfile[]): CniProfile[] {
  const byName = new Map([[baseline.name, baseline]]);
  for (const profile of profiles) {
    const known = byName.get(profile.name) ?? profile;
    if (Object.entries(profile).some(([key, value]) => known[key as keyof CniProfile] !== value))
      throw new RangeError(`two CNI profiles have the name \`${profile.name}\`, and different switches`);
    byName.set(profile.name, profile);
  }
  return [...new Map(profiles.map((profile) => [profile.name, profile])).values()];
}

function caveatsOf(manifests: Manifests, profile: CniProfile): Caveat[] {
  return caveats(manifests, profile).map(({ message, object, origin }) => ({ message, object: object ?? null, origin }));
}

/** The manifests compiled under profiles between the baseline and a data plane's, each once. */
class Workshop {
  readonly baseline: CniProfile;
  private readonly manifests: Manifests;
  private readonly domainNames: DomainNameTable | undefined;
  private readonly judges = new Map<string, Judge>();
  private readonly base: Engine;
  private readonly notEnforced: ReadonlySet<string>;
  private readonly fields: PolicyFields;
  private readonly limits: PortabilityLimits;

  constructor(manifests: Manifests, baseline: CniProfile, domainNames: DomainNameTable | undefined, limits: PortabilityLimits) {
    this.manifests = manifests;
    this.baseline = baseline;
    this.domainNames = domainNames;
    this.limits = limits;
    this.base = this.compile(baseline);
    this.notEnforced = new Set(this.lowered(baseline).notEnforced.map(({ ref, origin }) => JSON.stringify([ref, origin])));
    this.fields = new PolicyFields(manifests);
  }

  compare(profile: CniProfile): CniPortability {
    const engine = this.compile(profile);
    const comparison = compareReach(this.base.tables, engine.tables, this.limits);
    const switches = this.switchesOf(profile);
    const names = switches.map(({ name }) => name);
    const cells = this.causes(comparison, profile, engine, names);
    const { endpoints } = comparison;
    const tables = [this.base.tables, engine.tables] as const;
    const readers = [new TableReader(tables[0]), new TableReader(tables[1])] as const;
    const isOwn = (from: number, to: number) => isOwnPair(readers, endpoints, from, to);
    return {
      cni: profile.name,
      switches,
      notEnforced: this.lowered(profile).notEnforced.map(({ ref, origin, because }): UnenforcedPolicy => {
        return { policy: ref, origin, because, baselineToo: this.notEnforced.has(JSON.stringify([ref, origin])) };
      }),
      caveats: profile.caveats === this.baseline.caveats ? [] : caveatsOf(this.manifests, profile),
      pairs: countPairs(comparison),
      findings: gatherFindings(cells, profile, { endpoints, rollUp: new RollUp(tables, endpoints), isOwn }),
      complete: comparison.complete && !hasStrangers(tables, endpoints),
      diagnostics: engine.diagnostics,
    };
  }

  /** In the order of the baseline's record. */
  private switchesOf(profile: CniProfile): SwitchChange[] {
    return switchNames(this.baseline).flatMap((name): SwitchChange[] => {
      return profile[name] === this.baseline[name] ? [] : [{ name, baseline: this.baseline[name], value: profile[name] }];
    });
  }

  /** Every difference with its cause: single switches are tried first, then more at once. */
  private causes(comparison: ReachComparison, profile: CniProfile, engine: Engine, changed: readonly SwitchName[]): CausedCell[] {
    const { searched = 300_000 } = this.limits;
    const cells: CausedCell[] = [];
    let pending = comparison.differences;
    let steps = 0;
    for (const subsets of rounds(changed)) {
      const between = subsets.map((subset) => (subset === changed ? new Judge(engine.tables) : this.judgeWith(profile, subset)));
      const cutter = new CellCutter(comparison, new Judge(this.base.tables), new Judge(engine.tables), between);
      const unexplained: ReachDifference[] = [];
      for (const difference of pending) {
        const parts = steps + cutter.steps < searched ? cutter.cut(difference) : [];
        if (parts.length === 0 || parts.some(({ explainer }) => explainer < 0)) unexplained.push(difference);
        else cells.push(...parts.map((part) => this.caused(part, subsets[part.explainer] ?? changed, profile)));
      }
      steps += cutter.steps;
      pending = unexplained;
      if (pending.length === 0) return cells;
      if (steps >= searched) break;
    }
    const sole = changed.find((name) => this.isWhole(engine, profile, name));
    const switches = sole === undefined ? changed : [sole];
    for (const { from, to, own, pairs, changes } of pending) {
      const ends = { from: Array.from(from), to: Array.from(to), own, pairs };
      cells.push(...changes.map((change) => ({ ends, change, switches, explained: switches.length === 1, places: [] })));
    }
    return cells;
  }

  private caused({ ends, change, suspects }: ExplainedCell, switches: readonly SwitchName[], profile: CniProfile): CausedCell {
    const explained = switches.length <= MOST_SUBSETS_OF;
    return { ends, change, switches, explained, places: this.fields.places(suspects, switches, profile) };
  }

  /** Does one switch alone make every difference? */
  private isWhole(engine: Engine, profile: CniProfile, name: SwitchName): boolean {
    const { differences, complete } = compareReach(this.judgeWith(profile, [name]).tables, engine.tables, this.limits);
    return complete && differences.length === 0;
  }

  /** The baseline with some switches of a profile. */
  private judgeWith(profile: CniProfile, switches: readonly SwitchName[]): Judge {
    const changes = Object.fromEntries(switches.map((name) => [name, profile[name]]));
    const key = JSON.stringify(changes);
    let judge = this.judges.get(key);
    if (judge === undefined) {
      judge = new Judge(this.compile({ ...this.baseline, ...changes, name: `${this.baseline.name} with ${key}` }).tables);
      this.judges.set(key, judge);
    }
    return judge;
  }

  private compile(cni: CniProfile): Engine {
    return compile(this.manifests, { cni, shared: false, ...(this.domainNames === undefined ? {} : { domainNames: this.domainNames }) });
  }

  private lowered(profile: CniProfile): Lowered {
    return lower(this.manifests, profile, this.domainNames);
  }
}

/** Is a pod or node known to one of the tables only? Where host-network pods are pods, the nodes that their addresses stand for have other names. */
function hasStrangers(tables: readonly RuleTables[], { unmatched }: JointEndpoints): boolean {
  return tables.some(({ columns }, t) => unmatched[t]?.some((endpoint) => columns.endpointKind[endpoint] !== ENDPOINT_PREFIX));
}

function switchNames(profile: CniProfile): SwitchName[] {
  return (Object.keys(profile) as (keyof CniProfile)[]).filter((name): name is SwitchName => name !== 'name' && name !== 'caveats');
}

/** Sets of switches to try, round by round. The last set is `changed` itself. */
function* rounds(changed: readonly SwitchName[]): Generator<readonly (readonly SwitchName[])[]> {
  const isMany = changed.length > MOST_SUBSETS_OF;
  const most = isMany ? 2 : changed.length - 1;
  for (let size = 1; size <= most; size++) yield [...subsetsUpTo(changed, size)];
  if (changed.length > 0) yield [...subsetsUpTo(changed, most), changed];
}

/** Subsets of 1 to `size` items, smaller ones first, each in the order of the items. */
function subsetsUpTo<T>(items: readonly T[], size: number): (readonly T[])[] {
  const found: (readonly T[])[] = [];
  let last: readonly (readonly number[])[] = [[]];
  for (let n = 1; n <= size; n++) {
    last = last.flatMap((subset) => items.flatMap((_, i) => (i > (subset[subset.length - 1] ?? -1) ? [[...subset, i]] : [])));
    found.push(...last.map((subset) => subset.flatMap((i) => items.slice(i, i + 1))));
  }
  return found;
}

function countPairs({ differences }: ReachComparison): Record<Effect, number> {
  const pairs = { opens: 0, closes: 0, uncertain: 0 };
  for (const { changes, pairs: count } of differences) {
    for (const effect of new Set(changes.map(({ before, after }) => effectOf(before, after)))) pairs[effect] += count;
  }
  return pairs;
}
