/**
 * What the report says beside differences: caveats, counts, profiles of one name, and Markdown that holds any text.
 */
import { describe, expect, it } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { portability } from '../../../src/portability/portability.ts';
import { formatPortability } from '../../../src/report/portability.ts';
import { formatPortabilityMarkdown } from '../../../src/report/portability-markdown.ts';

const PODS = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 80 }] }] }
status: { podIP: 10.0.0.1 }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: c }] }
status: { podIP: 10.0.0.2 }
`;
const CLOSED = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: http }] }] }
`;
const ADMIN = `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: admin }
spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }
`;

describe('a portability report', () => {
  it('tells what no profile models, and that it is no difference', () => {
    const report = portability(parseManifests(PODS + ADMIN, { file: 'a.yaml' }), { cnis: ['antrea', 'calico'] });
    expect([report.differs, report.caveats]).toEqual([false, []]);
    expect(report.cnis.map(({ cni, caveats }) => [cni, caveats.length])).toEqual([
      ['antrea', 1],
      ['calico', 0],
    ]);
    expect(report.cnis[0]?.caveats[0]).toMatchObject({ object: { name: 'admin' }, origin: { file: 'a.yaml', line: 14, column: 1 } });
    const table = formatPortability(report, 20);
    expect(table).toMatch(/^antrea +0 +0 +0 +0 {2}as the baseline, 1 caveat$/m);
    expect(table).toMatch(/^ {2}CAVEAT: .*both are off by default \(a\.yaml:14:1\)$/m);
    expect(formatPortabilityMarkdown(report, 20)).toMatch(/^- \*\*caveat\*\*: .*both are off by default \(`a\.yaml:14:1`\)$/m);
  });

  it('tells the caveats of the baseline once', () => {
    const report = portability(parseManifests(PODS + ADMIN, { file: 'a.yaml' }), { cnis: ['antrea', 'spec'], baseline: 'antrea' });
    expect(report.caveats).toHaveLength(1);
    expect(report.cnis.map(({ caveats }) => caveats)).toEqual([[], []]);
    expect(formatPortability(report, 20)).toMatch(/^antrea \(the baseline\)\n {2}CAVEAT: /m);
    expect(formatPortabilityMarkdown(report, 20)).toContain('### `antrea` (the baseline)\n\n- **caveat**: ');
  });

  it('counts a pair once, whatever of it changes', () => {
    const { cnis } = portability(parseManifests(PODS + CLOSED), { cnis: ['aws-vpc-cni'] });
    // db to web: port 80 was allowed, all others were denied, and all are unknown now.
    expect(cnis[0]?.pairs).toEqual({ opens: 0, closes: 0, uncertain: 1 });
    expect(cnis[0]?.findings.map(({ pairs, connections }) => [pairs, connections.length])).toEqual([[1, 2]]);
  });

  it('says "as the baseline" of a data plane that ignores what the baseline ignores, and marks the policies', () => {
    const report = portability(parseManifests(PODS + CLOSED), { cnis: ['flannel'], baseline: 'flannel' });
    expect(formatPortability(report, 20)).toMatch(/^flannel +1 policy +0 +0 +0 {2}as the baseline$/m);
    expect(formatPortability(report, 20)).toContain('and not by the baseline either');
    expect(formatPortabilityMarkdown(report, 20)).toContain('and not by the baseline either');
  });

  it('refuses two profiles of one name, as one of them would be lost', () => {
    const manifests = parseManifests(PODS + CLOSED);
    const [mine, other] = [
      { ...spec, name: 'mine' },
      { ...spec, name: 'mine', enforced: false },
    ];
    expect(portability(manifests, { cnis: [mine, { ...mine }] }).cnis).toHaveLength(1);
    expect(() => portability(manifests, { cnis: [mine, other] })).toThrow(/two CNI profiles have the name `mine`/);
    expect(() => portability(manifests, { cnis: [other], baseline: mine })).toThrow(/two CNI profiles have the name `mine`/);
  });

  it('names each of several policies that cannot be read', () => {
    const unreadable = CLOSED.replace('name: p,', 'name: 7,');
    const manifests = parseManifests(PODS + unreadable + unreadable, { file: 'a.yaml' });
    const { cnis } = portability(manifests, { cnis: ['flannel'] });
    expect(cnis[0]?.notEnforced).toHaveLength(2);
    expect(cnis[0]?.findings.map(({ places }) => places.map(({ origin }) => origin.line))).toEqual([[14, 19]]);
  });

  it('writes Markdown in which names cannot end a code span or a cell', () => {
    const report = portability(parseManifests(PODS + CLOSED, { file: 'a``b|c\u0007`.yaml' }), {
      cnis: [{ ...spec, name: 'my|`cni` <b> @all', enforced: false }],
    });
    const markdown = formatPortabilityMarkdown(report, 20);
    expect(markdown).toContain('| `` my\\|`cni` <b> @all `` | 1 policy |');
    expect(markdown).toContain('### `` my|`cni` <b> @all ``');
    expect(markdown).toContain('(``` a``b|c\\u{7}`.yaml:14:1 ```)');
    expect(markdown).toContain(': my\\|\\`cni\\` \\<b\\> \\@all enforces no policy at all');
  });
});
