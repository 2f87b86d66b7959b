/**
 * Mistakes in tiers of administrators' policies: their order, what Pass leaves, priorities, unknown peers, what is open.
 */
import { type Mutant, mutant } from '../mutant.ts';
import { ADMIN_CHECKS, FOLD_CHECKS } from './suites.ts';

const ADMIN_ORDER = 'src/dialects/admin-order.ts';
const ADMIN_POLICY = 'src/dialects/admin-policy.ts';
const WAYS = 'src/compile/ways.ts';
const REFERENCE_WAYS = 'src/reference/ways.ts';

export const TIER_MUTANTS: readonly Mutant[] = [
  mutant(
    'priority-reversed',
    'the highest priority comes first',
    ADMIN_ORDER,
    'compareNumbers(a.priority, b.priority)',
    'compareNumbers(b.priority, a.priority)',
    ADMIN_CHECKS,
  ),
  mutant(
    'baseline-first',
    'the Baseline tier is asked before NetworkPolicies',
    'src/dialects/lower.ts',
    '[admin.admin, networkPolicies.tier, admin.baseline]',
    '[admin.admin, admin.baseline, networkPolicies.tier]',
    ADMIN_CHECKS,
  ),
  mutant(
    'pass-is-no-match',
    'after a Pass the next rule of the tier is asked',
    WAYS,
    'if (policy === decided) continue;',
    "if (policy === decided || action === 'pass') continue;",
    FOLD_CHECKS,
  ),
  mutant('pass-leaves-policy', 'a Pass leaves only its policy', WAYS, "this.main = 'past';", "this.main = 'here';", FOLD_CHECKS),
  mutant(
    'tie-first-wins',
    'of equal priorities the first policy by name wins',
    ADMIN_ORDER,
    "equalPriority === 'undefined' ? { ...policy, rank: priority } : policy",
    'policy',
    ADMIN_CHECKS,
  ),
  mutant(
    'unknown-peer-in-deny',
    'an unknown peer of a Deny matches nothing',
    ADMIN_POLICY,
    "return action === 'Deny' || action === 'Pass'",
    "return action === 'Pass'",
    ADMIN_CHECKS,
  ),
  mutant(
    'unknown-peer-in-pass',
    'an unknown peer of a Pass matches nothing',
    ADMIN_POLICY,
    "return action === 'Deny' || action === 'Pass'",
    "return action === 'Deny'",
    ADMIN_CHECKS,
  ),
  mutant(
    'baseline-under-isolation',
    'a pod that NetworkPolicies isolate is still asked for the Baseline tier',
    WAYS,
    'return isolated ? ISOLATED : undefined;',
    'return undefined;',
    FOLD_CHECKS,
  ),
  mutant(
    'admin-swap-directions',
    'administrators’ ingress rules judge the source, egress rules the destination',
    ADMIN_POLICY,
    'const common = { direction, index, origin };',
    "const common = { direction: direction === 'ingress' ? ('egress' as const) : ('ingress' as const), index, origin };",
    ADMIN_CHECKS,
  ),
  mutant(
    'open-is-match',
    'a peer that perhaps matches does',
    'src/compile/entries.ts',
    "port === 'any' ? undefined : q, certain === 0)",
    "port === 'any' ? undefined : q, false)",
    FOLD_CHECKS,
  ),
  mutant(
    'open-is-no-match',
    'a peer that perhaps matches does not',
    'src/compile/entries.ts',
    'const open = openSet !== NOTHING_OPEN;',
    'const open = openSet === -1;',
    FOLD_CHECKS,
  ),
  mutant(
    'banp-first',
    'the BaselineAdminNetworkPolicy comes before the Baseline tier’s other policies',
    ADMIN_POLICY,
    "return { tier: 'Baseline', priority: LAST_OF_ALL };",
    "return { tier: 'Baseline', priority: FIRST_OF_ALL };",
    ['engine equals reference'],
  ),
  mutant(
    'admin-range-end',
    'the last port of a range is not in it',
    ADMIN_POLICY,
    'to: range?.end ?? LAST_PORT }',
    'to: range ? range.end - 1 : LAST_PORT }',
    ['engine equals reference'],
  ),
  mutant(
    'admin-port-protocol',
    'a port of v1alpha1 without protocol is UDP',
    ADMIN_POLICY,
    "portNumber.protocol ?? 'TCP'",
    "portNumber.protocol ?? 'UDP'",
    ['engine equals reference'],
  ),
  mutant(
    'reference-pass-stays',
    'in the definition a Pass goes on in its tier',
    REFERENCE_WAYS,
    "if (action === 'pass') return { at: 'past'",
    "if (action === 'pass') return { at: 'here'",
    FOLD_CHECKS,
  ),
  mutant(
    'reference-ways-agree',
    'the definition tells the main line though another way ends otherwise',
    REFERENCE_WAYS,
    'ends.every(({ verdict }) => verdict === main.verdict)',
    'ends.some(({ verdict }) => verdict === main.verdict)',
    FOLD_CHECKS,
  ),
];
