/**
 * The connectivity lists of netpol-analyzer, as its README says to compare them: for each ordered pair of workloads, and each workload and interval of
 * addresses outside, the open ports of each protocol as sets. Through the reference, the engine and the matrix.
 *
 * The analyzer's reading as a profile: blocks match no pods; host-network pods are pods like others; nodes do not exist.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { type MatrixEnd, type MatrixRow, reachabilityMatrix } from '../../src/matrix/matrix.ts';
import type { Verdict } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import type { Protocol } from '../../src/model/protocol.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import {
  addressNumber,
  addressText4,
  askOpenPorts,
  type Connection,
  externalRange,
  NO_PORTS,
  type OpenPorts,
  parseConnectivityList,
} from '../support/connectivity-list.ts';
import { corpusPath, hasCorpus } from '../support/corpora.ts';
import { isIn } from '../support/matrix.ts';

const CORPUS = 'netpol-analyzer';
const PROFILE: CniProfile = { ...spec, name: 'netpol-analyzer', ipBlockMatchesPods: false, hostNetwork: 'pod', ownNode: 'policy' };

/** Input sets and the lines of their connectivity lists. */
const SETS = [
  ['exposure_test_with_match_expression_not_in_op', 'expected-exposure.txt'],
  ['ipblockstest', 'expected-connlist.txt'],
  ['netpol-analysis-example-minimal', 'expected-connlist.txt'],
  ['onlineboutique_workloads', 'expected-connlist.txt'],
  ['onlineboutique_workloads', 'expected-exposure.txt'],
  ['test_with_named_ports', 'expected-connlist.txt'],
  ['with_end_port_example', 'expected-connlist.txt'],
] as const;

type Ask = (query: FlowQuery) => Verdict;
const JUDGES: readonly { readonly name: string; readonly open: (manifests: Manifests) => Ask }[] = [
  {
    name: 'reference',
    open: (manifests) => {
      const { canReach } = reference(manifests, { cni: PROFILE });
      return (query) => canReach(query).verdict;
    },
  },
  {
    name: 'engine',
    open: (manifests) => {
      const engine = compile(manifests, { cni: PROFILE });
      return (query) => engine.verdict(query);
    },
  },
];

describe('corpus netpol-analyzer', () => {
  const there = hasCorpus(CORPUS);

  describe.skipIf(!there).each(SETS)('%s, %s', (set, list) => {
    test.each(JUDGES)('agrees with: $name', { timeout: 300_000 }, async ({ open }) => {
      const directory = corpusPath(`${CORPUS}/${set}`);
      const inputs = readdirSync(directory).filter((name) => !name.startsWith('expected-'));
      const manifests = await loadManifests(inputs.map((name) => `${directory}/${name}`));
      expect(manifests.unreadable).toEqual([]);
      const expected = parseConnectivityList(readFileSync(`${directory}/${list}`, 'utf8'));
      expect(compareList(manifests, expected, open(manifests))).toEqual([]);
    });

    test('is what the matrix lists', async () => {
      const directory = corpusPath(`${CORPUS}/${set}`);
      const inputs = readdirSync(directory).filter((name) => !name.startsWith('expected-'));
      const manifests = await loadManifests(inputs.map((name) => `${directory}/${name}`));
      const rows = [...reachabilityMatrix(compile(manifests, { cni: PROFILE })).rows()];
      const expected = parseConnectivityList(readFileSync(`${directory}/${list}`, 'utf8'));
      expect(expected.length).toBeGreaterThan(0);
      expect(compareRows(manifests, rows, expected)).toEqual([]);
    });
  });
});

interface End {
  readonly name: string;
  readonly query: FlowQuery['from'];
}

/** The pairs that differ, as text. */
function compareList(manifests: Manifests, expected: readonly Connection[], ask: Ask): string[] {
  const workloads = workloadsOf(manifests);
  const starts = portStarts(manifests, expected);
  const outside = outsideIntervals(manifests, expected);
  const listed = new Map(expected.map(({ source, destination, open }) => [`${source} => ${destination}`, open]));
  const unknownEnds = expected
    .flatMap(({ source, destination }) => [source, destination])
    .filter((end) => externalRange(end) === undefined && !workloads.some(({ name }) => name === end));
  const differences = unknownEnds.map((end) => `${end} is listed and not in the input`);
  const check = (from: End, to: End, open: OpenPorts) => {
    const got = askOpenPorts(starts, (protocol, port) => {
      const verdict = ask({ from: from.query, to: to.query, protocol, port });
      if (verdict === 'unknown') differences.push(`${from.name} => ${to.name} ${protocol} ${port}: unknown`);
      return verdict === 'allow';
    });
    if (JSON.stringify(got) !== JSON.stringify(open))
      differences.push(`${from.name} => ${to.name}: expected ${JSON.stringify(open)}, got ${JSON.stringify(got)}`);
  };
  for (const from of workloads) {
    for (const to of workloads) if (from !== to) check(from, to, listed.get(`${from.name} => ${to.name}`) ?? NO_PORTS);
    for (const address of outside) {
      const other: End = { name: addressText4(address), query: { ip: addressText4(address) } };
      check(from, other, listedFor(expected, from.name, address, 'egress'));
      check(other, from, listedFor(expected, from.name, address, 'ingress'));
    }
  }
  return differences;
}

/** What rows and list say differently, as text: of each pair of workloads, and of each workload and address outside. */
function compareRows(manifests: Manifests, rows: readonly MatrixRow[], expected: readonly Connection[]): string[] {
  const workloads = workloadsOf(manifests).map(({ name }) => name);
  const listed = new Map(expected.map(({ source, destination, open }) => [`${source} => ${destination}`, open]));
  const differences = rows.flatMap(({ from, to, ports }) =>
    ports.unknown.length + ports.some.length > 0 ? [`${listName(from)} => ${listName(to)} is not certain`] : [],
  );
  const check = (from: string, to: string, row: MatrixRow | undefined, open: OpenPorts): void => {
    const got = openPorts(row);
    if (JSON.stringify(got) !== JSON.stringify(open))
      differences.push(`${from} => ${to}: expected ${JSON.stringify(open)}, got ${JSON.stringify(got)}`);
  };
  const told = new Map(rows.map((row) => [`${listName(row.from)} => ${listName(row.to)}`, row]));
  const outside = (workload: string, address: string, end: 'from' | 'to'): MatrixRow | undefined =>
    rows.find((row) => {
      const far = row[end];
      return listName(end === 'from' ? row.to : row.from) === workload && far.kind === 'addresses' && isIn(far.ranges, address);
    });
  for (const from of workloads) {
    for (const to of workloads) {
      const key = `${from} => ${to}`;
      if (from !== to) check(from, to, told.get(key), listed.get(key) ?? NO_PORTS);
    }
    for (const address of outsideIntervals(manifests, expected)) {
      const text = addressText4(address);
      check(from, text, outside(from, text, 'to'), listedFor(expected, from, address, 'egress'));
      check(text, from, outside(from, text, 'from'), listedFor(expected, from, address, 'ingress'));
    }
  }
  return differences;
}

/** A workload or pod as the lists name it. */
function listName(end: MatrixEnd): string {
  if (end.kind === 'pod') return `${end.namespace}/${end.name}[Pod]`;
  return end.kind === 'workload' ? `${end.namespace}/${end.name}[${end.workloadKind}]` : JSON.stringify(end);
}

function openPorts(row: MatrixRow | undefined): OpenPorts {
  const open: Record<Protocol, { from: number; to: number }[]> = { TCP: [], UDP: [], SCTP: [] };
  for (const { protocol, from, to } of row?.ports.allow ?? []) open[protocol].push({ from, to });
  return open;
}

/** What the list says about a workload and an address outside. */
function listedFor(expected: readonly Connection[], workload: string, address: number, direction: 'ingress' | 'egress'): OpenPorts {
  const found = expected.find(({ source, destination }) => {
    const [own, other] = direction === 'egress' ? [source, destination] : [destination, source];
    const range = externalRange(other);
    return own === workload && range !== undefined && range.first <= address && address <= range.last;
  });
  return found?.open ?? NO_PORTS;
}

/** Workloads, and pods without one, as the list names them. */
function workloadsOf({ pods }: Manifests): End[] {
  const ends = pods.map(({ object: { metadata, workload } }): End => {
    const namespace = metadata.namespace ?? 'default';
    if (workload === undefined) return { name: `${namespace}/${metadata.name}[Pod]`, query: { pod: `${namespace}/${metadata.name}` } };
    return {
      name: `${namespace}/${workload.name}[${workload.kind}]`,
      query: { workload: `${namespace}/${workload.kind}/${workload.name}` },
    };
  });
  return [...new Map(ends.map((end) => [end.name, end])).values()];
}

/** Every port at which a rule, a named port or a listed range begins, and one past where it ends. */
function portStarts({ networkPolicies, pods }: Manifests, expected: readonly Connection[]): Set<number> {
  const rules = networkPolicies.flatMap(({ object: { spec: written } }) => [...(written?.ingress ?? []), ...(written?.egress ?? [])]);
  const ranges = rules.flatMap(({ ports }) =>
    (ports ?? []).flatMap(({ port, endPort }) => (typeof port === 'number' ? [{ from: port, to: endPort ?? port }] : [])),
  );
  const declared = pods.flatMap(({ object }) =>
    (object.spec?.containers ?? []).flatMap((container) =>
      (container.ports ?? []).map(({ containerPort }) => ({ from: containerPort, to: containerPort })),
    ),
  );
  const listed = expected.flatMap(({ open }) => Object.values(open).flat());
  return new Set([...ranges, ...declared, ...listed].flatMap(({ from, to }) => [from, to + 1]));
}

/** One address of every interval between the ends of CIDRs and of listed ranges, that no pod and no host has. */
function outsideIntervals({ networkPolicies, pods }: Manifests, expected: readonly Connection[]): number[] {
  const peers = networkPolicies.flatMap(({ object: { spec: written } }) => [
    ...(written?.ingress ?? []).flatMap(({ from }) => from ?? []),
    ...(written?.egress ?? []).flatMap(({ to }) => to ?? []),
  ]);
  const cidrs = peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));
  const ranges = [
    ...cidrs.map((cidr) => {
      const [address = '', length = '32'] = cidr.split('/');
      const size = 2 ** (32 - Number(length));
      const first = Math.floor(addressNumber(address) / size) * size;
      return { first, last: first + size - 1 };
    }),
    ...expected
      .flatMap(({ source, destination }) => [externalRange(source), externalRange(destination)])
      .filter((range) => range !== undefined),
  ];
  const starts = [...new Set([0, ...ranges.flatMap(({ first, last }) => [first, last + 1])])]
    .filter((start) => start < 2 ** 32)
    .sort((a, b) => a - b);
  const taken = new Set(
    pods.flatMap(({ object: { status } }) => [status?.podIP, status?.hostIP].filter((ip) => typeof ip === 'string').map(addressNumber)),
  );
  return starts.flatMap((start, i) => {
    const end = starts[i + 1] ?? 2 ** 32;
    let address = start;
    while (taken.has(address) && address < end) address++;
    return address < end ? [address] : [];
  });
}
