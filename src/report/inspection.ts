/**
 * What compiled tables hold: counts, classes, rows, pages, and the bytes of every section. In come tables, out comes plain data.
 */
import { TableNames } from '../evaluate/names.ts';
import type { Direction } from '../model/protocol.ts';
import { countRows, type RowCounts } from '../tables/count-rows.ts';
import { DECIDED_BY_RULES } from '../tables/decisions.ts';
import { type ElementType, ENDPOINT_NODE, ENDPOINT_PREFIX, PAGE_BYTES, SECTIONS, type SectionName, VERSION } from '../tables/layout.ts';
import { countPolicies } from '../tables/policies.ts';
import type { Columns, RuleTables } from '../tables/rule-tables.ts';

export interface TableInspection {
  readonly profile: string;
  readonly layoutVersion: number;
  readonly sizeBytes: number;
  readonly counts: {
    readonly pods: number;
    readonly workloads: number;
    readonly nodes: number;
    /** A pod at one of its addresses, a node at one of its addresses, or a prefix of the outside. */
    readonly endpoints: { readonly pods: number; readonly nodes: number; readonly prefixes: number };
    readonly policies: number;
    readonly rules: number;
    readonly portClasses: number;
    readonly decisions: { readonly byRules: number; readonly byDefault: number };
    readonly strings: number;
  };
  readonly directions: Readonly<Record<Direction, DirectionInspection>>;
  /** In the order in which they stand. */
  readonly sections: readonly SectionInspection[];
}

export interface DirectionInspection extends RowCounts {
  readonly pages: {
    /** (subject class, port class) -> row. */
    readonly rows: PageInspection;
    readonly verdictRows: PageInspection;
    readonly allowBits: PageInspection;
    readonly unknownBits: PageInspection;
    /** Groups of 16 numbers of decision pages. */
    readonly decisionGroups: PageInspection;
    readonly decisions: PageInspection;
  };
}

/** `stored` pages of one cache line each, `referenced` times: equal pages are stored once. */
export interface PageInspection {
  readonly stored: number;
  readonly referenced: number;
}

export interface SectionInspection {
  readonly name: SectionName;
  readonly type: ElementType;
  readonly elements: number;
  readonly sizeBytes: number;
}

export function inspectTables(tables: RuleTables): TableInspection {
  const { columns } = tables;
  const { decisionDefault, endpointKind } = columns;
  const nodes = count(endpointKind, (kind) => kind === ENDPOINT_NODE);
  const prefixes = count(endpointKind, (kind) => kind === ENDPOINT_PREFIX);
  const byRules = count(decisionDefault, (reason) => reason === DECIDED_BY_RULES);
  return {
    profile: new TableNames(tables).property('profile') ?? 'spec',
    layoutVersion: VERSION,
    sizeBytes: tables.sizeBytes,
    counts: {
      pods: columns.podName.length,
      workloads: columns.workloadName.length,
      nodes: columns.nodeName.length,
      endpoints: { pods: endpointKind.length - nodes - prefixes, nodes, prefixes },
      policies: countPolicies(columns),
      rules: columns.ruleIndex.length,
      portClasses: columns.portClassFirst.length,
      decisions: { byRules, byDefault: decisionDefault.length - byRules },
      strings: Math.max(0, columns.stringStart.length - 1),
    },
    directions: { ingress: inspectDirection(columns, 'ingress'), egress: inspectDirection(columns, 'egress') },
    sections: (Object.keys(SECTIONS) as SectionName[]).map((name) => {
      const { length, byteLength } = columns[name];
      return { name, type: SECTIONS[name].type, elements: length, sizeBytes: byteLength };
    }),
  };
}

function inspectDirection(columns: Columns, direction: Direction): DirectionInspection {
  return {
    ...countRows(columns, direction),
    pages: {
      rows: pages(columns[`${direction}RowCell`], columns[`${direction}RowPage`]),
      verdictRows: pages(columns[`${direction}VerdictRowCell`], columns[`${direction}VerdictRowPage`]),
      allowBits: pages(columns[`${direction}AllowBits`], columns[`${direction}AllowPage`]),
      unknownBits: pages(columns[`${direction}UnknownBits`], columns[`${direction}UnknownPage`]),
      decisionGroups: pages(columns[`${direction}DecisionPage`], columns[`${direction}DecisionGroup`]),
      decisions: pages(columns[`${direction}DecisionCell`], columns[`${direction}DecisionPage`]),
    },
  };
}

function pages(cells: Uint32Array, directory: Uint32Array): PageInspection {
  const stored = Math.ceil(cells.byteLength / PAGE_BYTES);
  // Rows of few port classes stand one after the other: nothing refers to their pages.
  return { stored, referenced: directory.length || stored };
}

function count(column: Uint8Array, is: (value: number) => boolean): number {
  let found = 0;
  for (const value of column) if (is(value)) found++;
  return found;
}
