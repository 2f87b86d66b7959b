/**
 * What laws observe: the complete verdict table of worlds, flow by flow in the same order for each. Ends are pods at each of their addresses and one address of every
 * interval that any of the worlds tells apart; ports are one of every class. So every address and every port there is has its representative.
 * Two ways to fill the table: the compiled engine (verdict kernel and decision kernel), and the reference on a sample of flows that it draws from the manifests.
 */
import { compile } from '../../src/engine/engine.ts';
import { createDecisionKernel } from '../../src/evaluate/decision-kernel.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { edgesOf, universeOf, type World } from '../../src/fuzz/world.ts';
import { formatAddress, isMappedIPv4 } from '../../src/lib/ip-address.ts';
import type { DirectionDecision } from '../../src/model/decision.ts';
import { PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';
import { resolveEnd } from '../../src/reference/ends.ts';
import { reference } from '../../src/reference/reference.ts';
import { DEFAULT_REASONS } from '../../src/tables/decisions.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** A pod at its address of a family (0: it has none), or an address. */
export type End = { readonly pod: string; readonly family: 0 | 4 | 6 } | { readonly ip: string };
export interface Flow {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  readonly port: number;
}

/** In the order of what can still happen: deny < unknown < allow. `NONE`: the end stands for nobody that has a verdict, or for several. */
export const DENY = 0;
const UNKNOWN = 1;
export const ALLOW = 2;
const NONE = 9;

/** Decided by rules, not by one of `DEFAULT_REASONS`. */
export const BY_RULES = 255;

/** The table of one world: verdict, halves, and what decided each half (index into DEFAULT_REASONS, or BY_RULES), flow by flow. */
export interface Columns {
  readonly verdict: Uint8Array;
  readonly egress: Uint8Array;
  readonly ingress: Uint8Array;
  readonly egressBy: Uint8Array;
  readonly ingressBy: Uint8Array;
}

export interface Observed {
  readonly count: number;
  /** Position by position with the worlds. */
  readonly worlds: readonly Columns[];
  /** A flow as the first world names its ends. */
  flow(index: number): Flow;
}

export interface ObserveOptions {
  /** How world `index` names an end of the first world. */
  readonly map?: (index: number, end: End) => End;
  readonly keepEnd?: (end: End) => boolean;
  readonly keepPort?: (protocol: Protocol, port: number) => boolean;
}

export interface Lab {
  readonly name: 'engine' | 'reference';
  /** Observes at least one world. */
  observe(worlds: readonly World[], options?: ObserveOptions): Observed;
}

interface Opened {
  readonly tables: RuleTables;
  readonly directory: Directory;
  readonly faces: ReadonlyMap<string, number>;
}

const opened = new WeakMap<World, Opened>();

/** The compiled world; compiled once for as long as the world is there. */
export function open(world: World): Opened {
  let found = opened.get(world);
  if (found === undefined) {
    const { tables } = compile(toManifests(world), { cni: world.profile, domainNames: world.domainNames, shared: false });
    const names = new TableNames(tables);
    const faces = new Map<string, number>();
    const { podEndpoint, podName, endpointFamily } = tables.columns;
    for (let pod = 0; pod < podName.length; pod++) {
      const { namespace, name } = names.pod(pod);
      for (let face = podEndpoint[pod]!; face < podEndpoint[pod + 1]!; face++) {
        faces.set(`${namespace}/${name} ${endpointFamily[face]}`, face);
      }
    }
    found = { tables, directory: new Directory(tables, names), faces };
    opened.set(world, found);
  }
  return found;
}

/** -1 for an end without a verdict of its own. */
function endpointOf({ directory, faces }: Opened, end: End): number {
  if ('pod' in end) return faces.get(`${end.pod} ${end.family}`) ?? -1;
  const { endpoints } = directory.resolve(end);
  return endpoints.length === 1 ? endpoints[0]! : -1;
}

/** The pods of a world, each at each of its addresses. */
export function facesOf(world: World): End[] {
  return [...open(world).faces.keys()].map((key) => {
    const at = key.lastIndexOf(' ');
    return { pod: key.slice(0, at), family: Number(key.slice(at + 1)) as 0 | 4 | 6 };
  });
}

/** The first address of every interval that the tables tell apart. */
function addressesOf({ tables }: Opened): string[] {
  const { lookup4Start, lookup6Start } = tables.columns;
  const texts = Array.from(lookup4Start, (word) => formatAddress({ family: 4, words: [word] }));
  for (let i = 0; i < lookup6Start.length; i += 4) {
    const address = { family: 6, words: Array.from(lookup6Start.subarray(i, i + 4)) } as const;
    if (!isMappedIPv4(address)) texts.push(formatAddress(address));
  }
  return texts;
}

function portsOf(all: readonly Opened[], keep: ObserveOptions['keepPort']): [protocol: number, port: number][] {
  return PROTOCOLS.flatMap((name, protocol) => {
    const ports = new Set<number>();
    for (const { tables } of all) {
      const { portClassFirst, portClassProtocol } = tables.columns;
      for (let i = 0; i < portClassFirst.length; i++) if (portClassProtocol[i] === protocol) ports.add(Math.max(1, portClassFirst[i]!));
    }
    return [...ports].filter((port) => keep?.(name, port) ?? true).map((port): [number, number] => [protocol, port]);
  });
}

export function familyOfEnd(end: End): 0 | 4 | 6 {
  return 'pod' in end ? end.family : end.ip.includes(':') ? 6 : 4;
}

/** Addresses talk to pods; what two addresses say to each other no policy knows. */
function pairsOf<T>(ends: readonly T[], end: (item: T) => End): [T, T][] {
  return ends.flatMap((from) =>
    ends.flatMap((to): [T, T][] => {
      const families = [familyOfEnd(end(from)), familyOfEnd(end(to))];
      const apart = families[0] !== families[1] && !families.includes(0);
      return apart || ('ip' in end(from) && 'ip' in end(to)) ? [] : [[from, to]];
    }),
  );
}

function observeWithEngine(
  worlds: readonly World[],
  { map = (_, end) => end, keepEnd = () => true, keepPort }: ObserveOptions = {},
): Observed {
  const all = worlds.map(open);
  const ends = new Map<string, { end: End; at: readonly number[] }>();
  const addresses = [...new Set(all.flatMap(addressesOf))].map((ip): End => ({ ip }));
  for (const end of [...facesOf(worlds[0]!), ...addresses]) {
    if (!keepEnd(end)) continue;
    const at = all.map((each, index) => endpointOf(each, index === 0 ? end : map(index, end)));
    // Ends that stand for the same endpoint in every world have the same rows.
    const key = at.join();
    if (at.some((endpoint) => endpoint >= 0) && !ends.has(key)) ends.set(key, { end, at });
  }
  const pairs = pairsOf([...ends.values()], ({ end }) => end);
  const ports = portsOf(all, keepPort);
  return {
    count: pairs.length * ports.length,
    worlds: all.map(({ tables }, index) =>
      judge(
        tables,
        pairs.map(([from, to]) => [from.at[index]!, to.at[index]!]),
        ports,
      ),
    ),
    flow: (index) => {
      const [from, to] = pairs[Math.floor(index / ports.length)]!;
      const [protocol, port] = ports[index % ports.length]!;
      return { from: from.end, to: to.end, protocol: PROTOCOLS[protocol]!, port };
    },
  };
}

/** deny, allow, unknown as tables number them, in the order of laws. */
const RANK = [DENY, ALLOW, UNKNOWN];

/** Every pair at every port: the verdict from the verdict kernel, halves from the decision kernel. */
function judge(tables: RuleTables, pairs: readonly (readonly [number, number])[], ports: readonly (readonly [number, number])[]): Columns {
  const count = pairs.length * ports.length;
  const batch = createFlowBatch(count);
  const { decisionVerdict, decisionDefault } = tables.columns;
  let at = 0;
  for (const [from, to] of pairs) {
    for (const [protocol, port] of ports) {
      batch.source[at] = Math.max(0, from);
      batch.destination[at] = Math.max(0, to);
      batch.protocol[at] = protocol;
      batch.port[at++] = port;
    }
  }
  const verdict = new Uint8Array(count);
  const decisions = { egress: new Uint32Array(count), ingress: new Uint32Array(count), verdicts: new Uint8Array(count) };
  createKernel(tables, batch, verdict)(count);
  createDecisionKernel(tables, batch, decisions)(count);
  const columns = emptyColumns(count);
  for (let i = 0; i < count; i++) {
    const [from, to] = pairs[Math.floor(i / ports.length)]!;
    const [egress, ingress] = [decisions.egress[i]!, decisions.ingress[i]!];
    if (from < 0 || to < 0) {
      for (const column of Object.values(columns) as Uint8Array[]) column[i] = NONE;
      continue;
    }
    columns.verdict[i] = RANK[verdict[i]!]!;
    columns.egress[i] = RANK[decisionVerdict[egress]!]!;
    columns.ingress[i] = RANK[decisionVerdict[ingress]!]!;
    columns.egressBy[i] = decisionDefault[egress]!;
    columns.ingressBy[i] = decisionDefault[ingress]!;
  }
  return columns;
}

function emptyColumns(count: number): Columns {
  const column = () => new Uint8Array(count);
  return { verdict: column(), egress: column(), ingress: column(), egressBy: column(), ingressBy: column() };
}

/** Flows that the reference is asked about one set of worlds. */
const REFERENCE_FLOWS = 12;

const WORDS = { deny: DENY, unknown: UNKNOWN, allow: ALLOW } as const;

function observeWithReference(
  worlds: readonly World[],
  { map = (_, end) => end, keepEnd = () => true, keepPort }: ObserveOptions = {},
): Observed {
  const [first] = worlds as [World];
  const random = createRandom(first.flowSeed);
  const universes = worlds.map((world) => universeOf(world, edgesOf(world)));
  const ips = universes.flatMap(({ addresses }) => addresses).map((ip): End => ({ ip }));
  const numbers = [...new Set(universes.flatMap(({ ports }) => ports))];
  const ports = PROTOCOLS.flatMap((protocol) => numbers.map((port) => ({ protocol, port }))).filter(
    ({ protocol, port }) => keepPort?.(protocol, port) ?? true,
  );
  const faces = facesOf(first).filter(keepEnd);
  const all = [...faces, ...faces, ...ips.filter(keepEnd)];
  const flows: Flow[] = [];
  for (let tries = 0; faces.length > 0 && ports.length > 0 && flows.length < REFERENCE_FLOWS && tries < 200; tries++) {
    const [pod, other] = [random.pick(faces), random.pick(all)];
    const [from, to] = random.chance(0.5) ? [pod, other] : [other, pod];
    const families = new Set([from, to].map(familyOfEnd).filter((family) => family !== 0));
    if (families.size < 2) flows.push({ from, to, ...random.pick(ports) });
  }
  return {
    count: flows.length,
    worlds: worlds.map((world, index) => {
      const manifests = toManifests(world);
      const { canReach } = reference(manifests, { cni: world.profile, domainNames: world.domainNames });
      // As for the engine: an address of several owners, or of one without a verdict, is nobody.
      const isNobody = (end: End) => 'ip' in end && resolveEnd(manifests, world.profile, end).faces.length !== 1;
      const columns = emptyColumns(flows.length);
      for (const [i, flow] of flows.entries()) {
        const [from, to] = [flow.from, flow.to].map((end) => (index === 0 ? end : map(index, end))) as [End, End];
        const family = familyOfEnd(from) || familyOfEnd(to);
        const query = { protocol: flow.protocol, port: flow.port, ...(family === 0 ? {} : { family }) };
        write(columns, i, () => (isNobody(from) || isNobody(to) ? undefined : canReach({ ...query, from: nameOf(from), to: nameOf(to) })));
      }
      return columns;
    }),
    flow: (index) => flows[index]!,
  };
}

type Decided = { verdict: 'deny' | 'allow' | 'unknown'; egress: DirectionDecision; ingress: DirectionDecision; unknown?: unknown };

function write(columns: Columns, i: number, ask: () => Decided | undefined): void {
  let decision: Decided | undefined;
  try {
    decision = ask();
  } catch (error) {
    // A pod that this world does not have.
    if (!(error instanceof RangeError)) throw error;
  }
  if (decision === undefined || decision.unknown !== undefined) {
    for (const column of Object.values(columns) as Uint8Array[]) column[i] = NONE;
    return;
  }
  const by = ({ default: reason }: DirectionDecision) =>
    reason === null ? BY_RULES : DEFAULT_REASONS.indexOf(reason as (typeof DEFAULT_REASONS)[number]);
  columns.verdict[i] = WORDS[decision.verdict];
  columns.egress[i] = WORDS[decision.egress.verdict];
  columns.ingress[i] = WORDS[decision.ingress.verdict];
  columns.egressBy[i] = by(decision.egress);
  columns.ingressBy[i] = by(decision.ingress);
}

export function nameOf(end: End): { pod: string } | { ip: string } {
  return 'pod' in end ? { pod: end.pod } : end;
}

export const engineLab: Lab = { name: 'engine', observe: observeWithEngine };
export const referenceLab: Lab = { name: 'reference', observe: observeWithReference };
