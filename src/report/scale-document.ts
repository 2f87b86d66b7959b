/**
 * A report of the policy-scale benchmark -> the document `PolicyScaleReport`: the numbers, the answer, and why each of the dearest costs what it does.
 */
import type { Costs, PolicyCost, RuleCost, ScaleReport, SelectorCost, SetReport } from '../scale/report.ts';
import { type Answer, rollOut } from './scale-answer.ts';
import { whyPolicy, whyRule, whySelector } from './scale-words.ts';

type WithWhy<T> = T & { readonly why: string };

export interface ScaleSetDocument extends Omit<SetReport, 'costs'> {
  readonly costs: { readonly [K in keyof Costs]: readonly WithWhy<Costs[K][number]>[] };
}

/** The JSON form; `schemas/policy-scale-report.schema.json`. */
export interface ScaleDocument extends Omit<ScaleReport, 'set' | 'against'> {
  readonly answer: Answer;
  readonly set: ScaleSetDocument;
  readonly against: ScaleSetDocument | null;
}

export function scaleDocument(report: ScaleReport): ScaleDocument {
  const { apiVersion, kind, set, against, ...rest } = report;
  return {
    apiVersion,
    kind,
    answer: rollOut(report),
    ...rest,
    set: setDocument(set),
    against: against === null ? null : setDocument(against),
  };
}

function setDocument(set: SetReport): ScaleSetDocument {
  const { policies, selectors, rules } = set.costs;
  return {
    ...set,
    costs: {
      policies: policies.map((cost): WithWhy<PolicyCost> => ({ ...cost, why: whyPolicy(cost) })),
      selectors: selectors.map((cost): WithWhy<SelectorCost> => ({ ...cost, why: whySelector(cost) })),
      rules: rules.map((cost): WithWhy<RuleCost> => ({ ...cost, why: whyRule(cost) })),
    },
  };
}
