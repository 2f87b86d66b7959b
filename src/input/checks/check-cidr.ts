/**
 * Texts of address blocks, in every kind of policy.
 */
import { isMappedIPv4, type ParsedPrefix, parsePrefix } from '../../lib/ip-address.ts';
import { quote } from '../../lib/quote.ts';
import type { FieldPath } from '../problem.ts';
import type { Reporter } from './reporter.ts';

/** `hostBits`: what the API server does with bits beyond the prefix length. */
export function checkCidr(text: string, field: FieldPath, hostBits: string, report: Reporter): ParsedPrefix | undefined {
  const parsed = parsePrefix(text);
  if (parsed === undefined) {
    report.error('invalid-cidr', field, `found ${quote(text)}, expected a CIDR such as \`10.0.0.0/8\` or \`fd00::/8\`${cidrFault(text)}`);
    return undefined;
  }
  if (isMappedIPv4(parsed.prefix)) {
    report.error('invalid-cidr', field, `found ${quote(text)}, an IPv4 range written as IPv6; expected the IPv4 form`);
    return undefined;
  }
  if (parsed.hostBits) report.warn('cidr-host-bits', field, `${quote(text)} has bits set beyond its prefix length; ${hostBits}`);
  return parsed;
}

/** The common mistakes, by name. */
function cidrFault(text: string): string {
  if (text === '') return ': it is empty';
  if (!text.includes('/')) return ': the prefix length is missing';
  if (text.includes('%')) return ': zones are not allowed';
  if (/(^|\.)0[0-9]/.test(text)) return ': numbers must not begin with zeros';
  return '';
}
