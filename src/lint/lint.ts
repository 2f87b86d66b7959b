/**
 * Lint: what can be said against a policy set from what it does in the cluster it is for. In come manifests, out come findings with the line of the field that is meant, in an order that does not depend on that of files.
 */
import { profileOf } from '../cni/check-profile.ts';
import { lower } from '../dialects/lower.ts';
import { type CompileOptions, compile, type Engine } from '../engine/engine.ts';
import { buildCluster } from '../input/build-cluster.ts';
import { compareText } from '../lib/compare-text.ts';
import { fingerprint } from '../lib/fingerprint.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { Manifests } from '../model/resource.ts';
import { lintContext } from './context.ts';
import { type Draft, LINT_SEVERITIES, type LintFinding, type LintReport, type LintRule } from './finding.ts';
import { LINT_RULES } from './registry.ts';
import { type Suppressions, suppressionsOf } from './suppressions.ts';

export interface LintOptions extends Omit<CompileOptions, 'shared'> {
  /** The same manifests, compiled with the same options. Compiled where it is left out. */
  readonly engine?: Engine;
  /** Only these rules, by id. Default: all. */
  readonly rules?: readonly string[];
  /** Not these. */
  readonly skip?: readonly string[];
  /** Namespaces that the cluster itself lives in: nobody isolates them as a whole. Default `kube-system`, `kube-public`, `kube-node-lease`. */
  readonly systemNamespaces?: readonly string[];
}

export const SYSTEM_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

/** @throws {RangeError} for a rule that does not exist, and as `compile` does */
export function lint(manifests: Manifests, options: LintOptions = {}): LintReport {
  const rules = chosenRules(options);
  const { cni = 'spec', domainNames, systemNamespaces = SYSTEM_NAMESPACES } = options;
  const profile = profileOf(cni);
  const compiledWith = { cni: profile, ...(domainNames === undefined ? {} : { domainNames }) };
  const engine = options.engine ?? compile(manifests, compiledWith);
  const { cluster } = buildCluster(manifests, profile);
  const { policySet } = lower(manifests, profile, domainNames);
  const context = lintContext({ manifests, engine, profile, cluster, policySet, systemNamespaces: new Set(systemNamespaces) });
  const suppressions = suppressionsOf(manifests);
  const results = rules.map((rule) => ({ rule, result: rule.check(context) }));
  const findings = results
    .flatMap(({ rule, result }) => result.findings.map((draft) => toFinding(rule, draft, suppressions)))
    .sort(compareFindings);
  const count = (severity: string): number => findings.filter((each) => each.suppressed === null && each.severity === severity).length;
  return {
    profile: profile.name,
    rules: rules.map(({ id, severity, summary }) => ({ id, severity, summary })),
    findings,
    unchecked: results.flatMap(({ rule, result }) => (result.unchecked ?? []).map((each) => ({ rule: rule.id, ...each }))),
    counts: {
      error: count('error'),
      warning: count('warning'),
      note: count('note'),
      suppressed: findings.filter(({ suppressed }) => suppressed !== null).length,
    },
    complete: manifests.diagnostics.every(({ severity }) => severity !== 'error'),
  };
}

function chosenRules({ rules, skip = [] }: LintOptions): LintRule[] {
  const ids = LINT_RULES.map(({ id }) => id);
  for (const id of [...(rules ?? []), ...skip]) {
    if (ids.includes(id)) continue;
    const near = nearest(id, ids);
    throw new RangeError(`there is no rule ${quote(id)}${near === undefined ? '' : `: did you mean ${quote(near)}?`}`);
  }
  return LINT_RULES.filter(({ id }) => (rules === undefined || rules.includes(id)) && !skip.includes(id));
}

function toFinding(rule: LintRule, draft: Draft, suppressions: Suppressions): LintFinding {
  const { object, field, origin, message, hint = null, related = [], about = null } = draft;
  return {
    rule: rule.id,
    severity: draft.severity ?? rule.severity,
    object,
    field,
    origin,
    message,
    hint,
    related,
    fingerprint: fingerprint([rule.id, object.kind, object.namespace ?? null, object.name, field, about]),
    suppressed: suppressions.of(rule.id, object, draft.pods) ?? null,
  };
}

function compareFindings(a: LintFinding, b: LintFinding): number {
  return (
    LINT_SEVERITIES.indexOf(a.severity) - LINT_SEVERITIES.indexOf(b.severity) ||
    compareText(a.origin.file, b.origin.file) ||
    a.origin.line - b.origin.line ||
    a.origin.column - b.origin.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.object.namespace ?? '', b.object.namespace ?? '') ||
    compareText(a.object.name, b.object.name) ||
    compareText(a.field ?? '', b.field ?? '') ||
    compareText(a.message, b.message)
  );
}
