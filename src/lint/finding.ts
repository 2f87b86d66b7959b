/**
 * What a lint rule is, and what it finds.
 */
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { LintContext } from './context.ts';

/** `error`: it cannot be meant. `warning`: probably not meant, or a risk. `note`: worth knowing. */
export type LintSeverity = 'error' | 'warning' | 'note';

/** In order, the worst first. */
export const LINT_SEVERITIES: readonly LintSeverity[] = ['error', 'warning', 'note'];

/** Another place that belongs to a finding, such as the rule that covers a redundant one. */
export interface RelatedPlace {
  readonly object: ObjectRef;
  readonly field: string | null;
  readonly origin: Origin;
  /** What it has to do with the finding. */
  readonly message: string;
}

/** What a rule says about one place. */
export interface Draft {
  /** Where it is not that of the rule. */
  readonly severity?: LintSeverity;
  /** The object that is concerned: suppressing it there suppresses the finding. */
  readonly object: ObjectRef;
  /** Path of the field inside the object; null for the whole object. */
  readonly field: string | null;
  /** Where that field stands. */
  readonly origin: Origin;
  /** What was found: lower case, no full stop, user input in backticks. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
  readonly related?: readonly RelatedPlace[];
  /** The pods that it is about, each with its workload: silenced when all of them are. */
  readonly pods?: readonly (readonly ObjectRef[])[];
  /** Tells findings of one rule at one field apart. */
  readonly about?: string;
}

/** Something that could not be looked at, and why. */
export interface Unchecked {
  readonly reason: string;
  /** How many things. */
  readonly count: number;
}

export interface RuleResult {
  readonly findings: readonly Draft[];
  readonly unchecked?: readonly Unchecked[];
}

export interface LintRule {
  /** Stable, kebab-case; its page is `docs/lint/ID.md`. */
  readonly id: string;
  readonly severity: LintSeverity;
  /** One sentence: lower case, no full stop. */
  readonly summary: string;
  check(context: LintContext): RuleResult;
}

/** How an author has silenced a finding. */
export interface Suppression {
  /** The object that has the annotation. */
  readonly object: ObjectRef;
  readonly reason: string | null;
}

export interface LintFinding {
  readonly rule: string;
  readonly severity: LintSeverity;
  readonly object: ObjectRef;
  readonly field: string | null;
  readonly origin: Origin;
  readonly message: string;
  readonly hint: string | null;
  readonly related: readonly RelatedPlace[];
  /** Equal for the same finding of another run, whatever the lines. */
  readonly fingerprint: string;
  /** Null: it counts. */
  readonly suppressed: Suppression | null;
}

export interface LintReport {
  /** Name of the CNI profile. */
  readonly profile: string;
  /** The rules that were asked for, in order. */
  readonly rules: readonly Pick<LintRule, 'id' | 'severity' | 'summary'>[];
  /** The worst first, then by place. */
  readonly findings: readonly LintFinding[];
  /** By rule, in their order. */
  readonly unchecked: readonly (Unchecked & { readonly rule: string })[];
  /** Findings that count, by severity; and those that are suppressed. */
  readonly counts: Readonly<Record<LintSeverity | 'suppressed', number>>;
  /** False: the input could not be read whole. */
  readonly complete: boolean;
}
