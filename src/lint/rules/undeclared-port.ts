/**
 * Ports at which no pod that a rule is about says that it listens, although each of them declares some port. Declaring ports is not needed: so this is worth a look, and no proof.
 */
import { type LintContext, portField } from '../context.ts';
import type { LintRule, RuleResult } from '../finding.ts';
import { silentPorts } from '../ports.ts';
import { listed } from '../words.ts';

export const undeclaredPort: LintRule = {
  id: 'undeclared-port',
  severity: 'note',
  summary: 'a rule names a port that no container of the pods at that end declares, although all of them declare ports',
  check,
};

function check(context: LintContext): RuleResult {
  const { nothing } = context.knowledge;
  if (nothing !== undefined)
    return { findings: [], unchecked: [{ reason: nothing, count: context.catalogue.rules.length }].filter(({ count }) => count > 0) };
  const findings = silentPorts(context).flatMap(({ policy, rule, index, port, service, allDeclare, declared, pods }) => {
    // Ports of a range are mostly chosen while a program runs.
    if (service !== undefined || !allDeclare || port.from !== port.to) return [];
    const field = portField(policy, rule, index);
    const text = `${port.protocol}/${port.from}`;
    const who = pods.length === 1 ? 'the pod at that end does not declare' : `none of the ${pods.length} pods at that end declares`;
    return [
      {
        object: policy.ref,
        field,
        origin: context.placeOf(policy, field),
        message: `${who} ${text}: declared ${declared.length === 1 ? 'is' : 'are'} ${listed(declared)}`,
        hint: 'mend the port, or declare it at the container',
      },
    ];
  });
  return { findings };
}
