/**
 * Tables of any size whose contents mean nothing: pages, groups, blocks and bits are drawn. What reads tables in two ways must read them alike, also where no compiled cluster is large enough to
 * have several of each.
 */
import { createRandom, type Random } from '../../src/fuzz/random.ts';
import { DEFAULT_VERDICTS } from '../../src/tables/decisions.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, NONE_32, PAGE_BITS, PAGE_CELLS_32, pagesFor } from '../../src/tables/layout.ts';
import { RuleTables } from '../../src/tables/rule-tables.ts';

export interface TableSizes {
  readonly ingressPeers: number;
  readonly egressPeers: number;
  readonly portClasses: number;
  /** Which directions have rows that say unknown. */
  readonly unknown: readonly ('ingress' | 'egress')[];
  /** Whether rows of their own judge the way to the own node. */
  readonly judged: boolean;
  /** A pod reaches itself; a pod and its node reach each other. */
  readonly switches: readonly [hairpin: number, ownNode: number];
}

const PLACES = 5;
const PODS = 20;
const SUBJECTS = 4;
const ROWS = 6;
const PAGES = 5;
const DECISIONS = 40;

export function randomTables(sizes: TableSizes, seed: number): RuleTables {
  const random = createRandom(seed);
  const { portClasses, judged, switches } = sizes;
  const egressSubjects = SUBJECTS * (judged ? 2 : 1);
  return RuleTables.of(
    {
      ...endpoints(sizes, random),
      switches,
      portPage: numbers(random, (3 * 65_536) / PAGE_CELLS_32, PAGES),
      portCell: numbers(random, PAGES * PAGE_CELLS_32, portClasses),
      portClassFirst: numbers(random, portClasses, 65_536),
      egressOwnNode: judged
        ? Array.from({ length: egressSubjects }, (_, i) => (i % SUBJECTS === 1 ? NONE_32 : SUBJECTS + (i % SUBJECTS)))
        : [],
      decisionVerdict: [...DEFAULT_VERDICTS, ...numbers(random, DECISIONS - DEFAULT_VERDICTS.length, 3)],
      ...direction('ingress', sizes.ingressPeers, SUBJECTS, sizes, random),
      ...direction('egress', sizes.egressPeers, egressSubjects, sizes, random),
    },
    false,
  );
}

/** Pods of one and of two addresses, pods that stand for their node, nodes. */
function endpoints({ ingressPeers, egressPeers }: TableSizes, random: Random) {
  const faces: { kind: number; object: number; self: number; host: number; place: number }[] = [];
  for (let place = 0; place < PLACES; place++)
    faces.push({ kind: ENDPOINT_NODE, object: place, self: 1000 + place, host: 2000 + place, place });
  for (let pod = 0; pod < PODS; pod++) {
    const place = pod % PLACES;
    const isHost = pod % 7 === 6;
    const face = {
      kind: isHost ? ENDPOINT_HOST_POD : ENDPOINT_POD,
      object: pod,
      self: isHost ? 1000 + place : pod,
      host: isHost ? 3000 + pod : 1000 + place,
      place,
    };
    faces.push(face, ...(pod % 3 === 0 ? [face] : []));
  }
  const column = (below: number) => numbers(random, faces.length, below);
  return {
    endpointKind: faces.map(({ kind }) => kind),
    endpointObject: faces.map(({ object }) => object),
    endpointSelf: faces.map(({ self }) => self),
    endpointHost: faces.map(({ host }) => host),
    endpointPlace: faces.map(({ place }) => place),
    endpointIngressSubject: column(SUBJECTS),
    endpointEgressSubject: column(SUBJECTS),
    endpointIngressPeer: column(ingressPeers),
    endpointEgressPeer: column(egressPeers),
  };
}

function direction(name: 'ingress' | 'egress', peers: number, subjects: number, { portClasses, unknown }: TableSizes, random: Random) {
  const [rows, verdictRows] = [0, 1].map(() => rowMap(subjects, portClasses, random)) as [RowLevels, RowLevels];
  const bits = (isThere = true) => {
    const { blocks, pages } = levels(pagesFor(peers, PAGE_BITS), isThere, random);
    return { blocks, pages, bits: isThere ? numbers(random, PAGES * PAGE_CELLS_32, 2 ** 32) : [] };
  };
  const [allow, doubt] = [bits(), bits(unknown.includes(name))];
  const decisions = levels(pagesFor(peers, PAGE_CELLS_32 ** 2), true, random);
  return {
    [`${name}PeerMemberStart`]: new Uint32Array(peers + 1),
    [`${name}RowBlock`]: rows.blocks,
    [`${name}RowPage`]: rows.pages,
    [`${name}RowCell`]: rows.cells,
    [`${name}VerdictRowBlock`]: verdictRows.blocks,
    [`${name}VerdictRowPage`]: verdictRows.pages,
    [`${name}VerdictRowCell`]: verdictRows.cells,
    [`${name}AllowBlock`]: allow.blocks,
    [`${name}AllowPage`]: allow.pages,
    [`${name}AllowBits`]: allow.bits,
    [`${name}UnknownBlock`]: doubt.blocks,
    [`${name}UnknownPage`]: doubt.pages,
    [`${name}UnknownBits`]: doubt.bits,
    [`${name}DecisionBlock`]: decisions.blocks,
    [`${name}DecisionGroup`]: decisions.pages,
    [`${name}DecisionPage`]: numbers(random, PAGES * PAGE_CELLS_32, PAGES),
    [`${name}DecisionCell`]: numbers(random, PAGES * PAGE_CELLS_32, DECISIONS),
  };
}

interface Levels {
  readonly blocks: number[];
  readonly pages: number[];
}

interface RowLevels extends Levels {
  readonly cells: number[];
}

/** What leads from a subject class to its rows: they themselves where port classes are few, else the pages of each, or blocks of 16, in every second. */
function rowMap(subjects: number, portClasses: number, random: Random): RowLevels {
  const perSubject = pagesFor(portClasses, PAGE_CELLS_32);
  if (perSubject === 1) return { blocks: [], pages: [], cells: numbers(random, subjects * portClasses, ROWS) };
  const cells = numbers(random, PAGES * PAGE_CELLS_32, ROWS);
  if (random.below(2) === 0) return { blocks: [], pages: numbers(random, subjects * perSubject, PAGES), cells };
  return {
    cells,
    blocks: numbers(random, subjects * pagesFor(perSubject, PAGE_CELLS_32), PAGES),
    pages: numbers(random, PAGES * PAGE_CELLS_32, PAGES),
  };
}

/** What leads from a row to its pages: the pages of each row, or, where a row has more than 16, blocks of 16. */
function levels(perRow: number, isThere: boolean, random: Random): Levels {
  if (!isThere) return { blocks: [], pages: [] };
  if (perRow <= PAGE_CELLS_32) return { blocks: [], pages: numbers(random, ROWS * perRow, PAGES) };
  return { blocks: numbers(random, ROWS * pagesFor(perRow, PAGE_CELLS_32), PAGES), pages: numbers(random, PAGES * PAGE_CELLS_32, PAGES) };
}

function numbers(random: Random, count: number, below: number): number[] {
  return Array.from({ length: count }, () => random.below(below));
}
