/**
 * The check of DNS: every pod of the zone can ask, nothing else is open where it asks, and nobody else can be asked who is not listed: names are a way out for data, too.
 */

import { endpointName } from '../evaluate/names.ts';
import { formatRange } from '../expectations/address-ranges.ts';
import { judgePairs } from '../expectations/judge-pairs.ts';
import type { TestedEnd } from '../expectations/resolve-end.ts';
import type { PortSpan } from '../expectations/wanted-ports.ts';
import { quote } from '../lib/quote.ts';
import { policiesIn } from './check-default-deny.ts';
import type { CheckParts } from './check-parts.ts';
import { ruleEvidence, unlistedFinding } from './check-paths.ts';
import type { Crossing } from './crossings.ts';
import { connectionsOf } from './ends.ts';
import type { ComplianceFinding } from './report.ts';
import { type Atom, covers, type ZoneWorld } from './zone-world.ts';

/** Where names are asked for, whoever answers. */
const NAMES_PORT = 53;

export function checkDns(world: ZoneWorld, out: readonly Crossing[]): CheckParts {
  const { zone, dns } = world;
  const servers = [...world.inside, ...world.outside].filter((atom) => covers(dns, atom));
  const isServer = new Set(servers);
  const unlisted = out.filter(({ units }) => units.length === 0);
  const beside = unlisted.flatMap((crossing) => {
    const to = crossing.to.filter((atom) => isServer.has(atom));
    return to.length === 0 ? [] : [unlistedFinding({ ...crossing, to }, 'to its DNS beside DNS', world)];
  });
  const elsewhere = unlisted.flatMap((crossing) => {
    const to = crossing.to.filter((atom) => !isServer.has(atom));
    const ports = crossing.ports.flatMap(namesPort);
    return to.length === 0 || ports.length === 0 ? [] : [unlistedFinding({ ...crossing, to, ports }, 'to other DNS', world)];
  });
  const asked = out.filter(({ units }) => units.some((unit) => world.units[unit]!.path === undefined));
  const ports = zone.dns.ports.map(({ text }) => text).join(', ');
  return {
    judged: `${world.pods.size} pods of the zone at ${ports} of ${servers.length} ${servers.length === 1 ? 'server' : 'servers'}, and port ${NAMES_PORT} of everybody else`,
    findings: [...askFindings(world, servers), ...beside, ...elsewhere],
    evidence: ruleEvidence(asked),
    told: asked.map((crossing) => connectionsOf(crossing, world)),
  };
}

/** The part of a range of ports that is the port of names. */
function namesPort(span: PortSpan): PortSpan[] {
  const isIn = span.protocol !== 'SCTP' && span.first <= NAMES_PORT && NAMES_PORT <= span.last;
  return isIn ? [{ ...span, first: NAMES_PORT, last: NAMES_PORT }] : [];
}

function askFindings(world: ZoneWorld, servers: readonly Atom[]): ComplianceFinding[] {
  const { cluster, zone, dns } = world;
  if (servers.length === 0) return [open(`there is no DNS to judge: ${dns.problem ?? 'nothing is at its end'}`)];
  const { counterexamples } = judgePairs(
    cluster,
    { expect: 'allow', ports: zone.dns.ports },
    world.inside.map((atom) => testedEnd(world, atom)),
    servers.map((atom) => testedEnd(world, atom)),
  );
  const { endpointFamily } = cluster.tables.columns;
  const families = new Set(servers.map(({ endpoint }) => endpointFamily[endpoint]!));
  const familiesOf = new Map<string, number[]>();
  for (const { endpoint } of world.inside) {
    const { namespace, name } = cluster.names.pod(cluster.tables.columns.endpointObject[endpoint]!);
    familiesOf.set(`${namespace}/${name}`, [...(familiesOf.get(`${namespace}/${name}`) ?? []), endpointFamily[endpoint]!]);
  }
  const apart = [...familiesOf].filter(([, own]) => !families.has(0) && own.every((family) => family !== 0 && !families.has(family)));
  return [
    ...counterexamples.map(({ from, to, pairs, port, verdict, deciding, why }): ComplianceFinding => {
      const at = port === null ? '' : ` at ${port.protocol}/${port.first}`;
      const more = pairs > 1 ? ` (and ${pairs - 1} more like it)` : '';
      const said = verdict === 'unknown' ? 'it is not known whether' : 'not so that';
      return {
        status: verdict === 'unknown' ? 'cannot-be-shown' : 'fails',
        what: `${said} ${quote(from)} can ask ${quote(to)}${at}${more}${why === null ? '' : `: ${why}`}`,
        connections: null,
        evidence: policiesIn(deciding).map((each) => ({ ...each, what: 'has a part in it' })),
      };
    }),
    ...apart.map(([pod]): ComplianceFinding => {
      return { status: 'fails', what: `${quote(pod)} has no address family in common with its DNS`, connections: null, evidence: [] };
    }),
  ];
}

function open(what: string): ComplianceFinding {
  return { status: 'cannot-be-shown', what, connections: null, evidence: [] };
}

function testedEnd({ cluster: { tables, names } }: ZoneWorld, { endpoint, range }: Atom): TestedEnd {
  const name = range === undefined ? endpointName(tables.columns, names, endpoint) : formatRange(range);
  return { endpoints: [endpoint], family: tables.columns.endpointFamily[endpoint]!, name };
}
