/**
 * What inspecting tables says about them.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { compileDocument, formatCompilation } from '../../../src/report/compile-report.ts';
import { inspectTables } from '../../../src/report/inspection.ts';
import { formatInspection, inspectDocument } from '../../../src/report/inspection-report.ts';
import { formatJson } from '../../../src/report/json.ts';
import { SECTIONS } from '../../../src/tables/layout.ts';
import { validatorOf } from '../../support/schemas.ts';

const manifests = toManifests({
  nodes: [{ kind: 'Node', metadata: { name: 'n1' }, status: { addresses: [{ type: 'InternalIP', address: '10.1.0.1' }] } }],
  pods: ['a', 'b', 'c'].map((name, i) => ({
    kind: 'Pod',
    metadata: { namespace: 'x', name, labels: { app: name === 'c' ? 'c' : 'ab' } },
    status: { podIPs: [{ ip: `10.0.0.${i + 1}` }, { ip: `fd00::${i + 1}` }] },
  })),
  networkPolicies: [
    {
      kind: 'NetworkPolicy',
      metadata: { namespace: 'x', name: 'p' },
      spec: {
        podSelector: { matchLabels: { app: 'c' } },
        ingress: [
          { from: [{ podSelector: { matchLabels: { app: 'ab' } } }], ports: [{ port: 80, endPort: 90 }] },
          { from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] },
        ],
      },
    },
  ],
});
const { tables, diagnostics } = compile(manifests);
const inspection = inspectTables(tables);

describe('an inspection', () => {
  it('counts what the input had', () => {
    expect(inspection.counts).toMatchObject({ pods: 3, nodes: 1, policies: 1, rules: 2, endpoints: { pods: 6, nodes: 1, prefixes: 3 } });
    expect(inspection.counts.decisions.byDefault).toBe(6);
    const namespaces = {};
    const rules = (['Accept', 'Deny'] as const).map((action) => ({ action, to: [{ namespaces }] }));
    const policies = ['c', 'd'].map((name) => ({
      kind: 'ClusterNetworkPolicy' as const,
      metadata: { name },
      spec: { tier: 'Admin' as const, priority: 1, subject: { namespaces }, egress: rules },
    }));
    // Rule by rule in the order of their priorities, and yet two policies.
    for (const cni of ['spec', 'cilium']) {
      const { counts } = inspectTables(compile({ ...manifests, ...toManifests({ adminPolicies: policies }) }, { cni }).tables);
      expect(counts).toMatchObject({ policies: 2, rules: 4 });
    }
    expect(inspection.counts.decisions.byRules).toBeGreaterThan(0);
  });

  it('counts classes: pods that no policy tells apart are one', () => {
    // Subjects: what is no pod, pods without policy, c.
    expect(inspection.directions.ingress.subjectClasses).toBe(3);
    expect(inspection.directions.egress.subjectClasses).toBe(2);
    // Peers: a and b, the block, all others.
    expect(inspection.directions.ingress.peerClasses).toBe(3);
    expect(inspection.directions.egress.peerClasses).toBe(1);
  });

  it('counts rows: at least one for what is no pod, one for pods without policy, one for c, one more for c in the port range', () => {
    const { ingress, egress } = inspection.directions;
    expect(ingress.rows).toBeGreaterThanOrEqual(4);
    expect(ingress.rows).toBeLessThanOrEqual(8);
    expect(egress.rows).toBe(2);
    // Few peer classes: one page of each kind makes a row.
    expect(ingress.pages.allowBits.referenced).toBe(ingress.verdictRows);
    expect(ingress.pages.decisionGroups.referenced).toBe(ingress.rows);
    expect(ingress.pages.unknownBits).toEqual({ stored: 0, referenced: 0 });
  });

  it('lists every section, and their bytes fit into the whole', () => {
    expect(inspection.sections.map(({ name }) => name)).toEqual(Object.keys(SECTIONS));
    const sum = inspection.sections.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(inspection.sizeBytes);
    expect(inspection.sizeBytes).toBe(tables.sizeBytes);
  });

  it('keeps to its schema as a document', () => {
    expect(validatorOf('inspect-report')(JSON.parse(formatJson(inspectDocument(inspection))))).toEqual([]);
  });

  it('is a table with the largest section first', () => {
    const text = formatInspection(inspection);
    const largest = Math.max(...inspection.sections.map(({ sizeBytes }) => sizeBytes));
    const lines = text.split('\n');
    const first = lines[lines.findIndex((line) => line.startsWith('SECTION')) + 1];
    expect(first).toContain(String(largest).replace(/(\d)(\d{3})$/, '$1,$2'));
    expect(text).toMatch(/peer classes +3 +1\n/);
  });
});

describe('a compile report', () => {
  const result = {
    manifests: {
      ...manifests,
      counts: new Map([
        ['Pod', 3],
        ['Node', 1],
      ]),
      skipped: new Map([['Secret', 2]]),
    },
    tables,
    diagnostics,
    out: 'tables\u001b.npt',
    fileBytes: 4096,
  };

  it('keeps to its schema and sorts kinds', () => {
    const document = compileDocument(result);
    expect(validatorOf('compile-report')(JSON.parse(formatJson(document)))).toEqual([]);
    expect(document.input.read.map(({ kind }) => kind)).toEqual(['Node', 'Pod']);
  });

  it('says what was read, skipped and written, with the name of the file escaped', () => {
    const text = formatCompilation(result);
    expect(text).toContain('Wrote tables\\u{1b}.npt (4.00 KiB)');
    expect(text).toMatch(/read +1 Node, 3 Pod\n/);
    expect(text).toMatch(/skipped +2 Secret\n/);
  });
});
