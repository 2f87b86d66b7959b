/**
 * Checks of a zone, one thing at a time: each named case changes one line of a zone in which everything holds.
 */
import { describe, expect, it } from 'vitest';
import { complianceReport } from '../../../src/compliance/compliance.ts';
import { ComplianceZoneError, parseComplianceZone } from '../../../src/compliance/parse-zone.ts';
import type { CheckResult, ComplianceReport } from '../../../src/compliance/report.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { formatCompliance } from '../../../src/report/compliance.ts';
import { formatComplianceMarkdown } from '../../../src/report/compliance-markdown.ts';

const pod = (namespace: string, name: string, label: string, ip: string, more = ''): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: { namespace: ${namespace}, name: ${name}, labels: { ${label} } }\nspec: { containers: []${more} }\nstatus: { podIP: ${ip} }\n`;
const policy = (namespace: string, name: string, spec: string): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { namespace: ${namespace}, name: ${name} }\nspec: ${spec}\n`;

const DENY = '{ podSelector: {}, policyTypes: [Ingress, Egress] }';
const IN =
  '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }], ports: [{ port: 5432 }] }] }';
const DNS = `{ podSelector: {}, egress: [{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ protocol: UDP, port: 53 }, { port: 53 }] }] }`;
const OUT =
  '{ podSelector: { matchLabels: { app: db } }, egress: [{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 443 }] }] }';

/** The cluster with changes of its policies, and with what is added. */
function clusterOf({ deny = DENY, ingress = IN, dns = DNS, egress = OUT, more = '' } = {}): string {
  return [
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: zone }\n',
    pod('zone', 'db', 'app: db', '10.0.0.1'),
    pod('zone', 'cache', 'app: cache', '10.0.0.2'),
    pod('shop', 'web', 'app: web', '10.0.1.1'),
    pod('shop', 'ads', 'app: ads', '10.0.1.2'),
    pod('kube-system', 'dns', 'k8s-app: kube-dns', '10.0.2.1'),
    policy('zone', 'deny', deny),
    policy('zone', 'in', ingress),
    policy('zone', 'dns', dns),
    policy('zone', 'out', egress),
    more,
  ].join('');
}

const ZONE = `apiVersion: netpolsim/v1
kind: ComplianceZone
metadata: { name: z }
zone: [{ namespace: zone }]
paths:
  in:
    - { from: { namespace: shop, labels: { app: web } }, to: { workload: zone/db }, ports: [5432], reason: orders }
  out:
    - { to: { cidr: 203.0.113.0/24 }, ports: [443], reason: acquirer }
`;

function reportOf(cluster: Parameters<typeof clusterOf>[0] = {}, zone = ZONE, options = {}): ComplianceReport {
  return complianceReport(parseManifests(clusterOf(cluster), { file: 'c.yaml' }), parseComplianceZone(zone, { file: 'z.yaml' }), options);
}

function checkOf({ checks }: ComplianceReport, id: string): CheckResult {
  return checks.find(({ check }) => check === id)!;
}

/** The checks that do not hold, with what they are instead. */
function notHolding({ checks }: ComplianceReport): Record<string, string> {
  return Object.fromEntries(
    checks.filter(({ status }) => status !== 'holds' && status !== 'not-asked').map(({ check, status }) => [check, status]),
  );
}

const texts = (report: ComplianceReport, id: string): string => JSON.stringify(checkOf(report, id).findings);

describe('a zone', () => {
  it('in which everything holds is told so, with evidence, and never as compliant', () => {
    const report = reportOf();
    expect([report.status, notHolding(report), report.doubts]).toEqual(['holds', {}, []]);
    expect(report.zone.pods).toEqual(['zone/cache', 'zone/db']);
    expect(report.paths.map(({ way, ports }) => [way, ports])).toEqual([
      ['in', [{ port: '5432', open: 'yes' }]],
      ['out', [{ port: '443', open: 'yes' }]],
    ]);
    expect(report.paths[0]!.evidence).toEqual([
      {
        policy: { kind: 'NetworkPolicy', namespace: 'zone', name: 'in' },
        direction: 'ingress',
        rule: 0,
        origin: { file: 'c.yaml', line: 43, column: 62 },
        what: 'opens it',
      },
    ]);
    expect(
      checkOf(report, 'default-deny-in')
        .evidence.map(({ policy: { name }, what }) => `${name} ${what}`)
        .sort(),
    ).toEqual([
      'deny isolates every pod of the namespace (2 of the zone)',
      'dns isolates every pod of the namespace (2 of the zone)',
      'in isolates pods by their labels (1 of the zone)',
      'out isolates pods by their labels (1 of the zone)',
    ]);
    for (const text of [formatCompliance([report]), formatComplianceMarkdown([report])]) {
      expect(text).not.toMatch(/\bcompliant\b/i);
      expect(text).toContain('whether a control is met, an assessor says');
    }
  });

  it('whose policies select the pods of today only does not hold for new pods', () => {
    const byLabel =
      '{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [db, cache] }] }, policyTypes: [Ingress, Egress] }';
    const report = reportOf({ deny: byLabel, dns: DNS.replace('podSelector: {}', 'podSelector: { matchLabels: { app: db } }') });
    expect(notHolding(report)).toEqual({ 'new-pods': 'fails', dns: 'fails' });
    expect(texts(report, 'new-pods')).toContain('a new pod in `zone` without labels: ingress from pods, addresses outside is not denied');
    const all = byLabel.replace('operator: In', 'operator: NotIn');
    const together = reportOf({ deny: all, more: policy('zone', 'rest', byLabel) });
    // One for these labels and one for all others are one for every pod.
    expect(notHolding(together)).toEqual({});
  });

  it('with pods that no policy isolates, or none can, fails by name', () => {
    const open = reportOf({
      deny: '{ podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress, Egress] }',
      dns: DNS.replace('podSelector: {}', 'podSelector: { matchLabels: { app: db } }'),
    });
    expect(texts(open, 'default-deny-in')).toContain('`zone/cache`: ingress');
    expect(texts(open, 'default-deny-in')).not.toContain('zone/db');
    expect(texts(open, 'paths-in')).toContain('"addresses":["0.0.0.0/0"]');
    const host = reportOf({ more: pod('zone', 'agent', 'app: agent', '192.0.2.1', ', hostNetwork: true, nodeName: node-1') });
    expect(texts(host, 'default-deny-out')).toContain('`zone/agent`: policies do not apply to it');
    expect(host.notShown.join()).toContain('anything about `zone/agent`');
  });

  it('fails for what is open and not listed, cut where the list ends, with the rule', () => {
    const wide = reportOf({ egress: OUT.replace('port: 443', 'port: 440, endPort: 450') });
    expect(notHolding(wide)).toEqual({ 'paths-out': 'fails', 'port-ranges-out': 'fails', 'internet-out': 'fails' });
    const [finding] = checkOf(wide, 'paths-out').findings;
    expect(finding?.connections?.ports).toEqual([
      { protocol: 'TCP', first: 440, last: 442 },
      { protocol: 'TCP', first: 444, last: 450 },
    ]);
    expect(finding?.connections?.deciding[0]).toMatchObject({ policy: { name: 'out' }, rule: 0, origin: { file: 'c.yaml' } });
    const half = reportOf({}, ZONE.replace('203.0.113.0/24', '203.0.113.0/25'));
    expect(checkOf(half, 'internet-out').findings[0]?.connections?.to.addresses).toEqual(['203.0.113.128/25']);
  });

  it('claims nothing about pods without an address where a block may match them', () => {
    const late = (namespace: string, name: string, label: string): string => pod(namespace, name, label, 'x').replace(/status:.*\n/, '');
    const job = late('shop', 'job', 'app: job');
    const block = (cidr: string): string => IN.replace('}], ports', `}, { ipBlock: { cidr: ${cidr} } }], ports`);
    const list = (end: string): string => ZONE.replace('  out:', `    - { from: { ${end} }, ports: [5432], reason: partner }\n  out:`);
    const holding = { ingress: block('198.51.100.0/31') };
    // With an address it is in none of the blocks, or listed like the others.
    expect(
      notHolding(reportOf({ ...holding, more: pod('shop', 'job', 'app: job', '10.0.1.3') }, list('cidr: 198.51.100.0/31, outside: true'))),
    ).toEqual({});
    const open = reportOf({ ...holding, more: job }, list('cidr: 198.51.100.0/31, outside: true'));
    expect(notHolding(open)).toEqual({ 'paths-in': 'cannot-be-shown' });
    expect(checkOf(open, 'paths-in').findings[0]).toMatchObject({
      connections: { from: { pods: ['shop/job'] }, verdict: 'unknown', deciding: [{ policy: { name: 'in' }, rule: 0, action: 'allow' }] },
    });
    // Wherever it is: in the block, and so on the list, or in no block.
    expect(notHolding(reportOf({ ...holding, more: job }, list('cidr: 198.51.100.0/30')))).toEqual({});
    expect(
      checkOf(reportOf({ ingress: block('198.51.100.0/29'), more: job }, list('cidr: 198.51.100.0/30')), 'paths-in').findings,
    ).toHaveLength(2);
    // The same behind an administrator's policy, whose networks may match it too.
    const admin =
      '---\napiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: { name: a }\nspec: { tier: Admin, priority: 1, subject: { namespaces: { matchLabels: { a: b } } } }\n';
    expect(notHolding(reportOf({ ...holding, more: `${job}${admin}` }, list('cidr: 198.51.100.0/31, outside: true')))).toEqual({
      'paths-in': 'cannot-be-shown',
    });
    // A pod of the zone may be what a block of others means.
    const member = late('zone', 'new', 'app: web2');
    const both = reportOf({
      ingress: IN.replace('matchLabels: { app: db }', '').replace('app: web', 'app: ads'),
      more: `${member}${policy('shop', 'ads', '{ podSelector: { matchLabels: { app: ads } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.9.0.0/16 } }] }] }')}`,
    });
    expect(checkOf(both, 'paths-in').findings.map(({ connections }) => [connections?.to.pods, connections?.verdict])).toContainEqual([
      ['zone/new'],
      'unknown',
    ]);
  });

  it('warns of listed paths that are not open, and of broad rules that open nothing', () => {
    const report = reportOf(
      { more: policy('zone', 'planned', '{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: planned } } }] }] }') },
      ZONE.replace('ports: [5432]', 'ports: [5432, 5433]').replace(
        '  out:',
        '    - { from: { workload: shop/gone }, ports: [1], reason: gone }\n  out:',
      ),
    );
    expect(notHolding(report)).toEqual({});
    expect(checkOf(report, 'paths-in').warnings).toEqual([
      'the listed path in line 7 (`orders`): not open: `5433`',
      expect.stringMatching(/^the listed path in line 8 \(`gone`\): nothing of it is open: /),
    ]);
    expect(checkOf(report, 'port-ranges-in').warnings).toEqual([
      expect.stringMatching(/^NetworkPolicy zone\/planned ingress\[0\] \(c\.yaml:\d+:\d+\) allows every port, and opens nothing/),
    ]);
  });

  it('tells DNS apart: not reached, more than DNS, and DNS elsewhere', () => {
    const none = reportOf({ dns: DENY });
    expect(notHolding(none)).toEqual({ dns: 'fails' });
    const more = reportOf({ dns: DNS.replace('{ port: 53 }', '{ port: 53 }, { port: 9153 }') });
    expect(texts(more, 'dns')).toContain('open to its DNS beside DNS, and not listed');
    const elsewhere = reportOf({ egress: OUT.replace('{ port: 443 }', '{ port: 443 }, { protocol: UDP, port: 53 }') });
    expect(texts(elsewhere, 'dns')).toContain('open to other DNS, and not listed');
    const absent = reportOf({}, `${ZONE}dns: { to: { namespace: dns, namespaceLabels: {}, labels: { a: b } } }\n`);
    expect(checkOf(absent, 'dns').status).toBe('fails');
    expect(texts(absent, 'dns')).toContain('there is no DNS to judge');
  });

  it('judges the inside only where it is listed', () => {
    const talk = policy(
      'zone',
      'talk',
      '{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] }',
    );
    const told = reportOf({ more: talk });
    expect([told.status, checkOf(told, 'paths-within').status, checkOf(told, 'paths-within').told.length > 0]).toEqual([
      'holds',
      'not-asked',
      true,
    ]);
    const judged = reportOf({ more: talk }, `${ZONE}  within: []\n`);
    expect(notHolding(judged)).toEqual({ 'paths-within': 'fails' });
  });

  it('shows nothing for certain over what it does not know', () => {
    const other = reportOf({
      more: '---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: c, namespace: zone }\nspec: {}\n',
    });
    expect([other.status, other.doubts.join()]).toEqual(['cannot-be-shown', expect.stringContaining('CiliumNetworkPolicy')]);
    const errors = reportOf({ more: policy('other', 'broken', '{ podSelector: 1 }') });
    expect([errors.status, errors.doubts.join()]).toEqual(['cannot-be-shown', expect.stringContaining('the input has 1 error')]);
    const empty = reportOf({}, ZONE.replace('namespace: zone', 'namespace: zones'));
    expect([empty.status, empty.doubts.join()]).toEqual(['cannot-be-shown', expect.stringContaining('did you mean `zone`?')]);
    const partly = reportOf({}, ZONE.replace('[{ namespace: zone }]', '[{ namespace: zone }, { namespace: zone, labels: { app: bd } }]'));
    expect(partly.status).toBe('cannot-be-shown');
  });

  it('never says what somebody writes as markup or as a line of its own', () => {
    const report = reportOf(
      {},
      ZONE.replace('reason: orders', 'reason: "a | b <b>\\u001b[31m\\n# x @you"').replace('name: z', 'name: "`z`"'),
    );
    for (const text of [formatComplianceMarkdown([report]), formatCompliance([report])]) {
      expect(text).not.toContain(String.fromCharCode(27));
      expect(text).not.toMatch(/^# x/m);
    }
    expect(formatComplianceMarkdown([report])).toContain('a \\| b \\<b\\>');
  });
});

describe('a file of a zone', () => {
  const problems = (text: string): string[] => {
    try {
      parseComplianceZone(text, { file: 'z.yaml' });
    } catch (error) {
      if (error instanceof ComplianceZoneError)
        return error.diagnostics.map(({ origin: { line, column }, message, hint = '' }) => `${line}:${column} ${message} ${hint}`);
      throw error;
    }
    return [];
  };

  it('that is right has none', () => expect(problems(ZONE)).toEqual([]));

  it.each([
    ['no reason', ZONE.replace(', reason: orders', ''), '7:7 found nothing, expected the reason why this path is needed'],
    ['no zone', ZONE.replace('zone: [{ namespace: zone }]', 'zone: []'), '4:1 found an empty list, expected a list of pods'],
    ['another end as the zone', ZONE.replace('[{ namespace: zone }]', '[{ ip: 10.0.0.1 }]'), '4:8 found `ip` expected pods'],
    ['no other end', ZONE.replace('to: { cidr: 203.0.113.0/24 }, ', ''), '9:7 found nothing, expected an end'],
    ['another kind', ZONE.replace('ComplianceZone', 'ComplianceZon'), '2:1 found `ComplianceZon`, expected `ComplianceZone` did you mean'],
    ['a mistyped field', ZONE.replace('paths:', 'path:'), '5:1 unknown field `path` did you mean `paths`?'],
    ['an unknown control', `${ZONE}controls: [pci-dss-1.3.9]\n`, 'expected `pci-dss-1.3.1` or'],
    ['a range that is none', `${ZONE}limits: { portRange: 0 }\n`, 'expected a whole number from 1 to 65535'],
    ['addresses of a zone', ZONE.replace('namespace: zone }', 'namespace: zone, ips: [10.0.0.1] }'), 'a zone has no `ips`'],
    ['a port that is none', ZONE.replace('[5432]', '[70000]'), 'expected a port from 1 to 65535'],
    ['an empty file', '', '1:1 found nothing, expected an object'],
    ['two documents', `${ZONE}---\n${ZONE}`, 'put each zone into a file of its own'],
  ])('with %s is refused by line and column', (_, text, message) => {
    expect(problems(text).join('\n')).toContain(message);
  });
});
