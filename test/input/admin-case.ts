/**
 * Administrators' policies in YAML, and tables of what is wrong with them.
 */
import { type BadCase, badCases } from './bad-case.ts';

export type Kind = 'ClusterNetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy';

export const HEADS: Readonly<Record<Kind, string>> = {
  ClusterNetworkPolicy: 'apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata:\n  name: p\n',
  AdminNetworkPolicy: 'apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata:\n  name: p\n',
  BaselineAdminNetworkPolicy:
    'apiVersion: policy.networking.k8s.io/v1alpha1\nkind: BaselineAdminNetworkPolicy\nmetadata:\n  name: default\n',
};
export const ALL = '{namespaces: {}}';

/** The fields of `spec`, from line 6 on, at column 3. */
export const policy = (kind: Kind, ...lines: readonly string[]): string =>
  `${HEADS[kind]}spec:\n${lines.map((line) => `  ${line}\n`).join('')}`;

export const cnp = (...lines: readonly string[]): string =>
  policy('ClusterNetworkPolicy', 'tier: Admin', 'priority: 5', `subject: ${ALL}`, ...lines);
export const anp = (...lines: readonly string[]): string => policy('AdminNetworkPolicy', 'priority: 5', `subject: ${ALL}`, ...lines);
export const banp = (...lines: readonly string[]): string => policy('BaselineAdminNetworkPolicy', `subject: ${ALL}`, ...lines);

/** One egress rule on line 10 of a ClusterNetworkPolicy, on line 9 of an AdminNetworkPolicy, on line 8 of a baseline; in braces. */
export const egress = (rule: string): string => cnp('egress:', `- {${rule}}`);
export const ingress = (rule: string): string => cnp('ingress:', `- {${rule}}`);
export const egressV1 = (rule: string): string => anp('egress:', `- {${rule}}`);
export const accept = (rest: string): string => egress(`action: Accept, ${rest}`);
export const toAll = (rest: string): string => accept(`to: [${ALL}], ${rest}`);
export const toAllV1 = (rest: string): string => egressV1(`action: Allow, to: [${ALL}], ${rest}`);
export const peers = (...list: readonly string[]): string => accept(`to: [${list.join(', ')}]`);
export const networks = (...list: readonly string[]): string => peers(`{networks: [${list.join(', ')}]}`);
export const names = (...list: readonly string[]): string => peers(`{domainNames: [${list.join(', ')}]}`);
export const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** The wrong text, the mended text, what is found. Errors make the policy unreadable, warnings leave it as it stands. */
export type Row = readonly [title: string, text: string, mended: string, code: string, says: string, field: string, at?: string];

export const errors = (rows: readonly Row[]): void => badCases(rows.map((row) => ({ ...toCase(row), outcome: 'policy' })));
export const warnings = (rows: readonly Row[]): void =>
  badCases(rows.map((row) => ({ ...toCase(row), severity: 'warning', outcome: 'kept' })));

function toCase([title, text, mended, code, says, field, at]: Row): Omit<BadCase, 'outcome'> {
  return { title, text, mended, code, says, field, ...(at === undefined ? {} : { at }) };
}

export const RULE = `{action: Accept, to: [${ALL}]}`;
export const RULE_V1 = `{action: Allow, to: [${ALL}]}`;

/** A ClusterNetworkPolicy in which one line of the three first is replaced. */
export function egressOf(line: string): string {
  const field = line.slice(0, line.indexOf(':'));
  return cnp(`egress: [${RULE}]`).replace(new RegExp(`^  ${field}: .*$`, 'm'), `  ${line}`);
}
