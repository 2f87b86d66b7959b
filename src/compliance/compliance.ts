/**
 * A zone and a cluster -> which checks hold, with evidence, and what cannot be shown.
 */
import { profileOf } from '../cni/check-profile.ts';
import { compileTables } from '../compile/compile.ts';
import { readDomainNames } from '../dialects/domain-names.ts';
import { type CompileOptions, compile, type Engine } from '../engine/engine.ts';
import { describeEnd } from '../expectations/describe.ts';
import { TestedCluster } from '../expectations/tested-cluster.ts';
import { buildCluster } from '../input/build-cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import { rulesOfZone } from './broad-rules.ts';
import { checkDefaultDeny, checkNewPods } from './check-default-deny.ts';
import { checkDns } from './check-dns.ts';
import { checkInternet } from './check-internet.ts';
import { type CheckParts, checkResult } from './check-parts.ts';
import { checkPaths, pathResults } from './check-paths.ts';
import { checkPortRanges } from './check-port-ranges.ts';
import { CHECK_IDS, type CheckId, CONTROLS, type ControlId } from './controls.ts';
import { crossings } from './crossings.ts';
import { DefaultDeny } from './default-deny.ts';
import { connectionsOf } from './ends.ts';
import { doubtsOf, notShown } from './not-shown.ts';
import { podsToCome } from './pods-to-come.ts';
import { policySetOf, withoutAllows } from './policies-of-zone.ts';
import type { CheckResult, ComplianceReport, ControlResult } from './report.ts';
import { blocksOfRules, withOpenBlocks } from './unknown-addresses.ts';
import type { ComplianceZone } from './zone.ts';
import { type ZoneWorld, zoneWorld } from './zone-world.ts';

export interface ComplianceOptions extends Pick<CompileOptions, 'cni' | 'domainNames'> {
  /** What `compile` makes of these manifests with these options, if that is at hand. */
  readonly engine?: Engine;
}

/**
 * Judges a zone: every pair of its ends at every port, none sampled. `inputs` of the zone play no part: the manifests are given.
 * @throws {RangeError} for something that is no manifests, a profile that does not exist, a table of domain names that is none
 */
export function complianceReport(manifests: Manifests, zone: ComplianceZone, options: ComplianceOptions = {}): ComplianceReport {
  const { cni = 'spec', domainNames } = options;
  const profile = profileOf(cni);
  const engine = options.engine ?? compile(manifests, { cni, shared: false, ...(domainNames === undefined ? {} : { domainNames }) });
  const policies = policySetOf(manifests, profile, domainNames);
  const { cluster } = buildCluster(manifests, profile);
  const open = withOpenBlocks(policies, cluster);
  const tables = open === undefined ? engine.tables : compileTables(cluster, open, profile);
  const blocks = open === undefined ? undefined : blocksOfRules(policies);
  const world = zoneWorld(zone, new TestedCluster(manifests, { tables }, profile), readDomainNames(domainNames), blocks);
  const doubts = doubtsOf(world, engine.diagnostics);
  const found = { in: crossings(world, 'in'), out: crossings(world, 'out'), within: crossings(world, 'within') };
  const paths = pathResults(world, [...found.in, ...found.out, ...found.within]);

  const stripped = withoutAllows(policies);
  const toCome = podsToCome(zone.selectors, world.cluster.namespaces.values(), stripped);
  const closed = new DefaultDeny(cluster, stripped, profile, {
    pods: world.pods,
    toCome: toCome.pods,
    judgesWithin: zone.listsWithin,
  });
  const rules = rulesOfZone(policies, ruleScope(world, profile));
  const within = found.within.map((crossing) => connectionsOf(crossing, world));
  const parts: Readonly<Record<CheckId, CheckParts | 'not-asked'>> = {
    'default-deny-in': checkDefaultDeny('ingress', closed.halves('ingress'), stripped),
    'default-deny-out': checkDefaultDeny('egress', closed.halves('egress'), stripped),
    'new-pods': checkNewPods(closed, toCome, stripped),
    'paths-in': checkPaths('in', found.in, paths, world),
    'paths-out': checkPaths('out', found.out, paths, world),
    'paths-within': zone.listsWithin ? checkPaths('within', found.within, paths, world) : 'not-asked',
    'port-ranges-in': checkPortRanges(
      rules.filter(({ direction }) => direction === 'ingress'),
      found.in,
      zone.portRange,
    ),
    'port-ranges-out': checkPortRanges(
      rules.filter(({ direction }) => direction === 'egress'),
      found.out,
      zone.portRange,
    ),
    dns: checkDns(world, found.out),
    'internet-in': checkInternet('in', found.in, world),
    'internet-out': checkInternet('out', found.out, world),
  };
  const checks = CHECK_IDS.map((id) => checkResult(id, parts[id], doubts)).map((check) =>
    check.status === 'not-asked' ? { ...check, told: within } : check,
  );
  const controls = zone.controls.map((id) => controlResult(id, checks));
  return {
    file: zone.file,
    name: zone.name,
    profile: engine.profileName,
    status: worst(controls.map(({ status }) => status)),
    zone: {
      selectors: zone.selectors.map(describeEnd),
      pods: [...world.pods.keys()],
      otherPods: world.cluster.pods.size - world.pods.size,
      policies: policies.tiers.reduce((sum, tier) => sum + tier.policies.length, 0),
    },
    controls,
    checks,
    paths,
    doubts,
    notShown: notShown(world, engine.diagnostics, engine.profileName),
  };
}

function ruleScope({ cluster, pods, zone }: ZoneWorld, profile: CniProfile): Parameters<typeof rulesOfZone>[1] {
  return { zonePods: pods, pods: [...cluster.pods.values()], namespaces: cluster.namespaces, profile, portRange: zone.portRange };
}

function controlResult(id: ControlId, checks: readonly CheckResult[]): ControlResult {
  const { standard, number, asks, checks: own, notShown: rest } = CONTROLS[id];
  const status = worst(own.map((check) => checks.find((each) => each.check === check)!.status));
  return { control: id, standard, number, asks, status, checks: own, notShown: rest };
}

function worst(statuses: readonly CheckResult['status'][]): ControlResult['status'] {
  if (statuses.includes('fails')) return 'fails';
  return statuses.includes('cannot-be-shown') ? 'cannot-be-shown' : 'holds';
}
