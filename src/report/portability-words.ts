/**
 * Ends, ports and places of a portability report as text. Not escaped.
 */
import { objectName } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import type { CausePlace, ChangedConnections, PortRange } from '../portability/report.ts';
import type { EndGroup } from '../reach/roll-up.ts';
import { formatCount } from './numbers.ts';
import { plural } from './words.ts';

/** Names that a line holds before it counts the rest. */
const MOST_NAMES = 4;

/** `every pod of shop, shop/deployment/web → outside 0.0.0.0/0 except 10.0.0.0/8, TCP/443: allow → deny`. */
export function connectionText(connections: ChangedConnections): string {
  const { own, ports, before, after } = connections;
  return `${endsText(connections)}${own ? ' (itself, or its own node)' : ''}, ${portsText(ports)}: ${before} → ${after}`;
}

function endsText({ from, to }: ChangedConnections): string {
  return `${groupsText(from, to)} → ${groupsText(to, from)}`;
}

/** A family is said where neither an address nor the other end says it. */
export function groupsText(groups: readonly EndGroup[], other: readonly EndGroup[], most = MOST_NAMES): string {
  const isClear = other.every(({ kind }) => kind === 'addresses');
  const isSaid = (group: EndGroup) => isClear || group.family === null || (group.kind === 'node' && group.address !== null);
  return listText(
    groups.map((group) => `${groupText(group)}${isSaid(group) ? '' : ` (IPv${group.family})`}`),
    most,
  );
}

function groupText(group: EndGroup): string {
  switch (group.kind) {
    case 'every-pod':
      return 'every pod';
    case 'every-node':
      return 'every node';
    case 'namespace':
      return `every pod of ${group.namespace}`;
    case 'workload':
      return `${group.namespace}/${group.workloadKind.toLowerCase()}/${group.name}`;
    case 'pod':
      return `${group.namespace}/${group.name}`;
    case 'node':
      return `node ${group.name}${group.address === null ? '' : ` at ${group.address}`}`;
    case 'addresses':
      return `outside ${group.cidr}${group.except.length === 0 ? '' : ` except ${listText(group.except)}`}`;
  }
}

export function portsText(ports: readonly PortRange[], most = MOST_NAMES): string {
  const whole = ports.filter(({ from, to }) => from === 1 && to === 65535);
  if (whole.length === 3) return 'every port';
  return listText(
    ports.map(({ protocol, from, to }) =>
      whole.some((each) => each.protocol === protocol) ? `every ${protocol} port` : `${protocol}/${from}${to === from ? '' : `-${to}`}`,
    ),
    most,
  );
}

export function listText(items: readonly string[], most = MOST_NAMES): string {
  if (items.length <= most + 1) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${formatCount(items.length - most)} more`;
}

/** `NetworkPolicy shop/web spec.ingress[0].ports[0].port (policies.yaml:12:7)`. */
export function causeText({ policy, field, origin }: CausePlace): string {
  return `${objectName(policy)}${field === null ? '' : ` ${field}`} (${placeText(origin)})`;
}

export function pairsText(pairs: number): string {
  return plural(formatCount(pairs), 'pair of ends', 'pairs of ends');
}
