/**
 * What the same policies mean under other data planes: compiled once for each, compared whole with the baseline, and every difference traced to the switch of the profile and the
 * field of the policy that make it.
 */
import { PROFILE_NAMES, profileOf } from '../cni/check-profile.ts';
import { type Lowered, lower } from '../dialects/lower.ts';
import { compile, type Engine } from '../engine/engine.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import { compareReach, type ReachComparison } from '../reach/compare-reach.ts';
import { RollUp } from '../reach/roll-up.ts';
import { type Cell, CellCutter } from './cells.ts';
import { PolicyFields } from './fields.ts';
import { type CausedCell, gatherFindings } from './gather.ts';
import {
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
}

/** Pairs of ends and ports of which the cause is searched, for each profile. */
const MOST_STEPS = 300_000;

/** With more switches, only single ones, pairs and all together are tried. */
const MOST_SUBSETS_OF = 6;

/** @throws {RangeError} as `compile` does */
export function portability(
  manifests: Manifests,
  { cnis = PROFILE_NAMES, baseline = 'spec', domainNames }: PortabilityOptions = {},
): PortabilityReport {
  const workshop = new Workshop(manifests, profileOf(baseline), domainNames);
  const names = new Set<string>();
  const profiles = cnis.map(profileOf).filter(({ name }) => !names.has(name) && names.add(name));
  const found = profiles.map((profile) => workshop.compare(profile));
  return {
    baseline: workshop.baseline.name,
    cnis: found,
    differs: found.some(({ findings, notEnforced, complete }) => {
      return findings.length > 0 || !complete || notEnforced.some(({ baselineToo }) => !baselineToo);
    }),
    complete: found.every(({ complete }) => complete),
  };
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

  constructor(manifests: Manifests, baseline: CniProfile, domainNames: DomainNameTable | undefined) {
    this.manifests = manifests;
    this.baseline = baseline;
    this.domainNames = domainNames;
    this.base = this.compile(baseline);
    this.notEnforced = new Set(this.lowered(baseline).notEnforced.map(({ ref }) => JSON.stringify(ref)));
    this.fields = new PolicyFields(manifests);
  }

  compare(profile: CniProfile): CniPortability {
    const engine = this.compile(profile);
    const comparison = compareReach(this.base.tables, engine.tables);
    const switches = this.switchesOf(profile);
    const { cells, complete } = this.causes(
      comparison,
      profile,
      engine,
      switches.map(({ name }) => name),
    );
    const rollUp = new RollUp([this.base.tables, engine.tables], comparison.endpoints);
    return {
      cni: profile.name,
      switches,
      notEnforced: this.lowered(profile).notEnforced.map(({ ref, origin, because }): UnenforcedPolicy => {
        return { policy: ref, origin, because, baselineToo: this.notEnforced.has(JSON.stringify(ref)) };
      }),
      pairs: countPairs(comparison),
      findings: gatherFindings(cells, profile, comparison.endpoints, rollUp),
      complete: comparison.complete && complete,
      diagnostics: engine.diagnostics,
    };
  }

  /** In the order of the baseline's record. */
  private switchesOf(profile: CniProfile): SwitchChange[] {
    return switchNames(this.baseline).flatMap((name): SwitchChange[] => {
      return profile[name] === this.baseline[name] ? [] : [{ name, baseline: this.baseline[name], value: profile[name] }];
    });
  }

  private causes(comparison: ReachComparison, profile: CniProfile, engine: Engine, changed: readonly SwitchName[]) {
    let pending: readonly Cell[] = comparison.differences.flatMap(({ from, to, own, changes }) =>
      changes.map((change) => ({ from, to, own, change })),
    );
    const cells: CausedCell[] = [];
    let steps = 0;
    for (let size = 1; pending.length > 0 && size <= changed.length; size++) {
      const isLast = size === changed.length || (changed.length > MOST_SUBSETS_OF && size > 2);
      const most = changed.length > MOST_SUBSETS_OF ? 2 : changed.length - 1;
      const subsets = [...subsetsUpTo(changed, Math.min(size, most)), ...(isLast ? [changed] : [])];
      const between = subsets.map((subset) => (subset === changed ? new Judge(engine.tables) : this.judgeWith(profile, subset)));
      const cutter = new CellCutter(comparison, new Judge(this.base.tables), new Judge(engine.tables), between);
      const unexplained: Cell[] = [];
      for (const cell of pending) {
        const parts = steps + cutter.steps < MOST_STEPS ? cutter.cut(cell) : [];
        if (parts.length === 0) {
          cells.push({ cell: { ...cell, pairs: cell.from.length * cell.to.length }, switches: changed, places: [] });
        } else if (parts.some(({ explainer }) => explainer < 0)) {
          unexplained.push(cell);
        } else {
          for (const { explainer, suspects, ...part } of parts) {
            const switches = subsets[explainer] ?? changed;
            cells.push({ cell: part, switches, places: this.fields.places(suspects, switches) });
          }
        }
      }
      steps += cutter.steps;
      pending = unexplained;
      if (isLast) break;
    }
    return { cells, complete: steps < MOST_STEPS };
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

function switchNames(profile: CniProfile): SwitchName[] {
  return (Object.keys(profile) as (keyof CniProfile)[]).filter((name): name is SwitchName => name !== 'name' && name !== 'caveats');
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
