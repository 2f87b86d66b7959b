/**
 * Rules that name the port of a Service where the pods behind it listen at another one: policies see the port of the pod, and the rule allows nothing.
 */
import { quote } from '../../lib/quote.ts';
import { refOf } from '../../model/object-names.ts';
import type { Rule } from '../../model/policy.ts';
import { type LintContext, portField } from '../context.ts';
import type { LintRule, RuleResult } from '../finding.ts';
import { silentPorts } from '../ports.ts';
import type { ServicePort } from '../services.ts';
import { objectName } from '../words.ts';

export const servicePort: LintRule = {
  id: 'service-port',
  severity: 'warning',
  summary: 'a rule names the port of a Service, while policies see the target port of the pods behind it',
  check,
};

function check(context: LintContext): RuleResult {
  const { nothing } = context.knowledge;
  if (nothing !== undefined)
    return { findings: [], unchecked: [{ reason: nothing, count: context.catalogue.rules.length }].filter(({ count }) => count > 0) };
  const findings = silentPorts(context).flatMap(({ policy, rule, index, port, service }) => {
    if (service === undefined || port.from !== port.to) return [];
    const field = portField(policy, rule, index);
    const { object, port: of } = service;
    const ref = refOf('Service', object.object.metadata);
    return [
      {
        object: policy.ref,
        field,
        origin: context.placeOf(policy, field),
        message: `${port.protocol}/${of.port} is the port of ${objectName(ref)}, which sends to ${targetText(of)} of its pods: policies see that port, and no pod declares ${of.port}`,
        hint: isNamed(rule, of)
          ? 'remove it: the rule names that port, too'
          : `write \`port: ${typeof of.targets[0] === 'number' && of.targets.length === 1 ? of.targets[0] : of.targetText}\``,
        related: [{ object: ref, field: 'spec.ports', origin: object.origin, message: `sends ${of.port} to ${of.targetText}` }],
      },
    ];
  });
  return { findings };
}

/** Does the rule name what the Service sends to? */
function isNamed({ ports }: Rule, { protocol, targets, targetText: text }: ServicePort): boolean {
  const holds = (target: number): boolean =>
    ports === 'any' ||
    ports.some((port) =>
      port.kind === 'named' ? port.name === text : port.protocol === protocol && port.from <= target && target <= port.to,
    );
  return targets.every(holds);
}

function targetText({ targets, targetText: text }: { readonly targets: readonly number[]; readonly targetText: string }): string {
  const numbers = targets.join(' and ');
  return numbers === text ? `port ${numbers}` : `port ${numbers} (${quote(text)})`;
}
