/**
 * What a difference in reachability says beside its rows: limits, what is not read, ends and addresses of one side, causes; and names that would be something else to whoever reads its formats.
 */
import { describe, expect, it } from 'vitest';
import { type DiffOptions, reachabilityDiff } from '../../../src/diff/diff.ts';
import type { ReachabilityDiff } from '../../../src/diff/report.ts';
import { compile } from '../../../src/engine/engine.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { DIFF_FORMATS, type DiffFormat, formatDiff } from '../../../src/report/diff.ts';

const pod = (name: string, ips: readonly string[], app = name) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${app} } }
status: { podIP: "${ips[0]}", podIPs: [${ips.map((ip) => `{ ip: "${ip}" }`).join(', ')}] }
`;
const policy = (name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;
const SHOP = pod('web', ['10.0.0.1']) + pod('cart', ['10.0.0.2']) + pod('db', ['10.0.0.3']);
const DENY = policy('deny', 'podSelector: {}, policyTypes: [Ingress]');
const OPEN = policy('open', 'podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: {} }] }]');
const engine = (text: string) => compile(parseManifests(text, { file: 'a.yaml' }), { shared: false });
const diff = (before: string, after: string, options: DiffOptions = {}) => reachabilityDiff(engine(before), engine(after), options);

describe('what is told beside rows', () => {
  it('is not equivalent, nor complete, where a limit was reached', () => {
    for (const limits of [{ differing: 0 }, { examined: 0 }]) {
      const found = diff(SHOP + DENY, SHOP + DENY + OPEN, { limits });
      expect([found.complete, found.certain, found.equivalent]).toEqual([false, false, false]);
      for (const format of ['table', 'md'] as const) {
        expect(formatDiff(found, format, 20)).toContain('not complete: a limit was reached');
        expect(formatDiff(found, format, 20)).not.toContain('No difference:');
      }
    }
    expect(diff(SHOP + DENY, SHOP + DENY, { limits: { differing: 0, examined: 0 } }).equivalent).toBe(true);
  });

  it('keeps rows whose causes were not looked up, and says so', () => {
    const found = diff(SHOP + DENY, SHOP + DENY + OPEN, { limits: { searched: 0 } });
    expect([found.explained, found.complete, found.rows.map(({ pairs, causes }) => [pairs, causes])]).toEqual([false, true, [[2, []]]]);
    expect(formatDiff(found, 'table', 20)).toContain('before all causes were found');
  });

  it('does not prove anything of input with errors, although nothing differs', () => {
    const broken = `${SHOP}${DENY}---\napiVersion: v1\nkind: Pod\nmetadata: { name: x, namespace: shop, labels: { app: 7 } }\n`;
    const found = diff(broken, broken);
    expect([found.rows, found.errors, found.certain, found.equivalent]).toEqual([[], { before: true, after: true }, false, false]);
    expect(formatDiff(found, 'table', 20)).toContain('could not be read whole');
  });

  it('does not call sets of other addresses equivalent', () => {
    const found = diff(SHOP + DENY, SHOP.replace('10.0.0.3', '10.0.0.4').replace('10.0.0.3', '10.0.0.4') + DENY);
    expect([found.rows, found.movedRanges, found.certain, found.equivalent]).toEqual([[], 2, true, false]);
  });

  it('does not call it equivalent where a pod has an address on one side only, and so is an end of fewer flows there', () => {
    // The host address of the node is known from another pod: no range of addresses gets another owner.
    const on = (name: string, spec: string) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop }\nspec: { nodeName: n1, ${spec} }\nstatus: { hostIP: 10.9.0.1 }\n`;
    const [host, waiting] = [on('new', 'hostNetwork: true'), on('new', 'containers: []')];
    for (const [before, after] of [
      [host, waiting],
      [waiting, host],
    ] as const) {
      const found = diff(SHOP + on('other', 'hostNetwork: true') + before, SHOP + on('other', 'hostNetwork: true') + after);
      expect([found.rows, found.movedRanges, found.caveats.map(({ code }) => code), found.equivalent]).toEqual([
        [],
        0,
        ['pods-addressed-on-one-side'],
        false,
      ]);
      expect(formatDiff(found, 'table', 20)).toContain('`shop/new` has no address here');
      expect(formatDiff(found, 'table', 20)).not.toContain('No difference:');
    }
    const same = SHOP + on('other', 'hostNetwork: true') + waiting;
    expect(diff(same, same).equivalent).toBe(true);
  });

  it('tells an address family that comes, and not the pod as a new one', () => {
    const found = diff(SHOP, SHOP.replace('podIPs: [{ ip: "10.0.0.3" }]', 'podIPs: [{ ip: "10.0.0.3" }, { ip: "fd00::3" }]'));
    expect(found.added).toEqual([{ kind: 'pod', namespace: 'shop', name: 'db', family: 6 }]);
    expect(found.rows.map(({ from, to }) => [from.mark, to.mark])).toEqual(
      expect.arrayContaining([
        ['added', null],
        [null, 'added'],
      ]),
    );
    expect(found.pairs).toMatchObject({ opened: 2, closed: 0, unknown: 0 });
  });

  it('refuses an option that is none', () => {
    expect(() => diff(SHOP, SHOP, { by: 'pods' as 'pod' })).toThrow('by must be one of');
  });
});

const node = (name: string, ...ips: readonly string[]) => `---
apiVersion: v1
kind: Node
metadata: { name: ${name} }
status: { addresses: [${ips.map((ip) => `{ type: InternalIP, address: "${ip}" }`).join(', ')}] }
`;

describe('addresses of a node', () => {
  const [A, B, C] = ['192.168.0.1', '192.168.9.2', '192.168.9.3'];
  const to = (cidr: string) => policy('to', `podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: ${cidr} } }] }]`);
  const rows = (before: string, after: string) =>
    diff(SHOP + before, SHOP + after).rows.flatMap(({ effect, to: { mark, groups } }) =>
      groups.some(({ kind }) => kind === 'node') ? [[effect, mark, groups.map((group) => 'address' in group && group.address)]] : [],
    );

  it('are matched by what they are, in whatever order', () => {
    const before = node('one', A, B) + to(`${A}/32`);
    expect(diff(SHOP + before, SHOP + node('one', B, A) + to(`${A}/32`)).equivalent).toBe(true);
    expect(rows(before, node('one', B, A) + to(`${B}/32`))).toEqual([
      ['opened', null, [B]],
      ['closed', null, [A]],
    ]);
    expect(rows(node('one', A, B) + to(`${A}/32`), node('one', A, B) + to(`${B}/32`))).toEqual(
      rows(before, node('one', B, A) + to(`${B}/32`)),
    );
  });

  it('that only one side has are told as added and removed', () => {
    expect(rows(node('one', A, B) + to('192.168.0.0/16'), node('one', B) + to('192.168.0.0/16'))).toEqual([['closed', 'removed', [A]]]);
    expect(rows(node('one', A, B) + to('192.168.0.0/16'), node('one', C, B) + to('192.168.0.0/16'))).toEqual([
      ['opened', 'added', [C]],
      ['closed', 'removed', [A]],
    ]);
    const found = diff(SHOP + node('one', A, B), SHOP + node('one', C, B));
    expect([found.added, found.removed]).toEqual([
      [{ kind: 'node', name: 'one', address: C, family: 4 }],
      [{ kind: 'node', name: 'one', address: A, family: 4 }],
    ]);
  });

  it('are matched where two nodes have one', () => {
    const before = node('one', A, B) + node('two', B) + to(`${A}/32`);
    expect(diff(SHOP + before, SHOP + node('one', B, A) + node('two', B) + to(`${A}/32`)).equivalent).toBe(true);
  });

  it('that pods have, too, are not told apart, and nothing is proven', () => {
    const taken = pod('one', [A]) + pod('two', [B]);
    const found = diff(SHOP + taken + node('one', A, B), SHOP + taken + node('one', B, A));
    expect([found.rows, found.certain, found.equivalent]).toEqual([[], false, false]);
    expect(formatDiff(found, 'table', 20)).toContain('of the node `one`');
    expect(diff(SHOP + taken + node('one', A), SHOP + taken + node('one', A)).equivalent).toBe(true);
  });
});

describe('addresses of pods', () => {
  it('that are exchanged leave ends as they are, and are told', () => {
    const [web, cart] = [pod('web', ['10.0.0.2']), pod('cart', ['10.0.0.1'])];
    const found = diff(SHOP + DENY, web + cart + pod('db', ['10.0.0.3']) + DENY);
    expect([found.rows, found.movedRanges, found.certain, found.equivalent]).toEqual([[], 2, true, false]);
    expect(formatDiff(found, 'table', 20)).toContain('2 ranges of addresses have other owners');
  });

  it('decide where a block means them', () => {
    const block = policy('block', 'podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.1/32 } }] }]');
    const moved = SHOP.replaceAll('10.0.0.1', '10.0.0.9');
    expect(diff(SHOP + block, moved + block).rows.map(({ effect, from: { groups } }) => [effect, groups])).toContainEqual([
      'closed',
      [{ kind: 'pod', namespace: 'shop', name: 'web', family: null }],
    ]);
  });
});

describe('what no verdict knows', () => {
  const other = '---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: c, namespace: shop }\nspec: {}\n';
  const service = (spec: string, status = '') => `---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { ${spec} }
${status}`;
  const byLabel = policy('label', 'podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: a } } }] }]');
  const namespace = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
  const noticed = (before: string, after: string) => {
    const { doubts, rows, certain, equivalent } = diff(before, after);
    return [rows, doubts.map(({ side, code }) => `${code} ${side}`), certain, equivalent];
  };

  it.each([
    ['policies of another kind after', SHOP, SHOP + other, ['policy-not-considered after']],
    ['policies of another kind on both sides', SHOP + other, SHOP + other, ['policy-not-considered both']],
    ['labels of a namespace', SHOP + byLabel, SHOP + byLabel, ['namespace-not-given both']],
    ['no pod', DENY, DENY + OPEN, ['no-pod both']],
    ['namespaces that are not written', SHOP + DENY, SHOP + DENY + OPEN.replace(', namespace: shop', ''), ['namespaces-not-written after']],
  ])('is not certain: %s', (_, before, after, doubts) => {
    expect(noticed(before, after)).toEqual([[], doubts, false, false]);
  });

  it('is certain where it is known', () => {
    expect(noticed(SHOP + namespace + byLabel, SHOP + byLabel + namespace)).toEqual([[], [], true, true]);
  });

  it.each([
    ['port', 'ports: [{ port: 80 }]', 'ports: [{ port: 80, targetPort: 8080 }]'],
    ['selector', 'selector: { app: db }', 'selector: { app: web }'],
    ['type', '', 'type: NodePort'],
    ['external address', '', 'externalIPs: [203.0.113.1]'],
    ['address', 'clusterIP: 10.96.0.1', 'clusterIP: 10.96.0.2'],
  ])('names Services that differ: %s', (_, one, two) => {
    const found = diff(SHOP + service(one), SHOP + service(two));
    expect([found.rows, found.services, found.certain, found.equivalent]).toEqual([
      [],
      { added: [], removed: [], changed: ['shop/db'] },
      false,
      false,
    ]);
    for (const format of DIFF_FORMATS) expect(formatDiff(found, format, 20)).toMatch(/shop\/db \(changed\)|"changed":\s*\["?\s*"shop\/db"/);
  });

  it('takes Services that mean the same for the same, and tells those that come and go', () => {
    const one = service('ports: [{ port: 80, name: a }, { port: 81, name: b, protocol: UDP }], selector: { app: db, b: c }');
    const two = service(
      'type: ClusterIP, ports: [{ port: 81, name: b, protocol: UDP, targetPort: 81 }, { port: 80, name: a, protocol: TCP }], selector: { b: c, app: db }',
    );
    expect(diff(SHOP + one, SHOP + two).equivalent).toBe(true);
    expect(diff(SHOP, SHOP + two).services).toEqual({ added: ['shop/db'], removed: [], changed: [] });
    expect(diff(SHOP + one, SHOP).services).toEqual({ added: [], removed: ['shop/db'], changed: [] });
    const balanced = service('', 'status: { loadBalancer: { ingress: [{ ip: 203.0.113.9 }] } }\n');
    expect(diff(SHOP + service(''), SHOP + balanced).services.changed).toEqual(['shop/db']);
  });

  it('does not claim equivalence for pods that may get addresses of blocks: one half may open then, and the other has changed', () => {
    const shop = SHOP.replaceAll(/^status: .*$/gm, '');
    const out = policy(
      'out',
      'podSelector: { matchLabels: { app: web } }, egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }], policyTypes: [Egress]',
    );
    const into = policy(
      'into',
      'podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]',
    );
    const noted = ({ rows, caveats, certain, equivalent }: ReachabilityDiff) => [
      rows.length,
      caveats.map(({ code }) => code),
      certain,
      equivalent,
    ];
    expect(noted(diff(shop + DENY + out, shop + DENY + out + into))).toEqual([0, ['pods-without-address'], true, false]);
    expect(noted(diff(SHOP + DENY + out, SHOP + DENY + out + into))).toEqual([1, [], true, false]);
    expect(noted(diff(shop + DENY, shop + DENY))).toEqual([0, [], true, true]);
    // No half differs: whatever addresses they get, it is the same.
    expect(noted(diff(shop + DENY + out + into, shop + DENY + out + into + into.replace('name: into', 'name: again')))).toEqual([
      0,
      [],
      true,
      true,
    ]);
    const named = out.replace('10.0.0.0/8 } }]', '10.0.0.0/8 } }], ports: [{ port: http }]');
    expect(noted(diff(shop + DENY + named, shop + DENY + named.replace('port: http', 'port: https')))).toEqual([
      0,
      ['pods-without-address'],
      true,
      false,
    ]);
  });

  it('looks at what an updated engine holds', () => {
    const before = engine(SHOP + service('ports: [{ port: 80 }]'));
    const other = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web', a: 'b' } },
      status: { podIP: '10.0.0.1' },
    };
    expect(reachabilityDiff(before, before.update({ apply: [other] })).equivalent).toBe(true);
    const without = before.update({ remove: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace: 'shop' } }] });
    expect(reachabilityDiff(before, without).services.removed).toEqual(['shop/db']);
  });

  it('proves nothing from tables alone', () => {
    const { tables } = engine(SHOP + DENY);
    const found = reachabilityDiff({ tables }, { tables });
    expect([found.rows, found.doubts.map(({ code }) => code), found.certain]).toEqual([[], ['tables-alone'], false]);
  });

  it('does not claim equivalence where a data plane does what no profile models, and is certain of the model', () => {
    const hash = policy('hash', 'podSelector: { matchLabels: { pod-template-hash: x } }');
    const under = (cni: string) => {
      const one = compile(parseManifests(SHOP + hash, { file: 'a.yaml' }), { shared: false, cni });
      return reachabilityDiff(one, one);
    };
    expect([under('spec').equivalent, under('cilium').equivalent, under('cilium').certain]).toEqual([true, false, true]);
    expect(under('cilium').caveats.map(({ side, code }) => [side, code])).toEqual([['both', 'policy-read-differently']]);
    expect(formatDiff(under('cilium'), 'md', 20)).toMatch(/^- not modelled: NetworkPolicy `shop\/hash`, under `cilium`: it selects/m);
  });
});

describe('own nodes', () => {
  const host = `${pod('web', ['10.0.0.1'])}spec: { nodeName: one, containers: [] }\n${pod('cart', ['10.0.0.2'])}`;
  const closed = policy('closed', 'podSelector: {}, policyTypes: [Egress]');

  it('are not meant by rows of other pairs, which say so', () => {
    const found = diff(host + node('one', '192.168.0.1') + closed, host + node('one', '192.168.0.1'));
    const [row, ...others] = found.rows.filter(({ to }) => to.groups.some(({ kind }) => kind === 'node'));
    expect([others, row?.own, row?.withoutOwnNodes]).toEqual([[], false, 1]);
    expect(formatDiff(found, 'table', 20)).toContain('(not between a pod and its own node), every port');
    expect(formatDiff(diff(SHOP + closed, SHOP), 'table', 20)).not.toContain('own node)');
  });

  it('of many nodes are one row', () => {
    const on = (name: string, ip: string, at: string) =>
      pod(name, [ip]).replace('status:', `spec: { nodeName: ${at}, containers: [] }\nstatus:`);
    const cluster = [
      on('web', '10.0.0.1', 'one'),
      on('cart', '10.0.0.2', 'two'),
      node('one', '192.168.0.1'),
      node('two', '192.168.0.2'),
    ].join('');
    const admin = `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: nodes }
spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ networks: [192.168.0.0/24] }] }] }
`;
    const rows = diff(cluster + admin, cluster).rows.filter(({ to }) => to.groups.some(({ kind }) => kind === 'every-node'));
    expect(rows.map(({ own, pairs, withoutOwnNodes }) => [own, pairs, withoutOwnNodes]).sort()).toEqual([
      [false, 4, 2],
      [true, 2, 0],
    ]);
  });

  it('have reasons of their own', () => {
    const admin = (name: string) => `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: ${name} }
spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ networks: [192.168.0.1/32] }] }] }
`;
    const one =
      pod('web', ['10.0.0.1']).replace('status:', 'spec: { nodeName: one, containers: [] }\nstatus:') + node('one', '192.168.0.1');
    const found = diff(one + admin('first'), one + admin('second'), { reasons: true });
    expect([found.pairs.reason, found.rows.map(({ effect, own }) => [effect, own])]).toEqual([1, [['reason', true]]]);
    expect(diff(one + admin('first'), one + admin('first')).pairs.reason).toBe(0);
  });
});

describe('causes', () => {
  it('are all told where pairs of a row have several', () => {
    const two = policy('web', 'podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress]');
    const three = policy('cart', 'podSelector: { matchLabels: { app: cart } }, policyTypes: [Ingress]');
    const rest = policy('rest', 'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: db } } }] }]');
    const found = diff(SHOP + two + three + rest, SHOP + two + three);
    const [row, ...others] = found.rows.filter(({ effect }) => effect === 'closed');
    expect(others).toEqual([]);
    expect(row?.to.groups.map((group) => 'name' in group && group.name)).toEqual(['cart', 'web']);
    const after = row?.causes.map((cause) => cause.after?.isolatedBy.map(({ policy: { name } }) => name));
    expect(after?.sort()).toEqual([['cart'], ['web']]);
    for (const cause of row?.causes ?? [])
      expect(cause.before?.rules.map(({ policy: { name }, rule, origin }) => [name, rule, origin.line > 1])).toEqual([['rest', 0, true]]);
  });

  it('part rows: policies that open are not told in one', () => {
    const one = policy(
      'one',
      'podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]',
    );
    const other = policy(
      'two',
      'podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: cart } } }] }]',
    );
    const found = diff(SHOP + DENY, SHOP + DENY + one + other);
    expect(found.rows.map(({ causes }) => causes.map((cause) => cause.after?.rules.map(({ policy: { name } }) => name)))).toEqual(
      expect.arrayContaining([[['one']], [['two']]]),
    );
  });

  it('are names and places of rules: files and lines may be others', () => {
    const moved = compile(parseManifests(`\n\n${OPEN}${DENY}${SHOP}`, { file: 'b.yaml' }), { shared: false });
    const found = reachabilityDiff(engine(SHOP + DENY + OPEN), moved, { reasons: true });
    expect([found.rows, found.pairs.reason, found.equivalent]).toEqual([[], 0, true]);
  });
});

describe('who isolates', () => {
  const pass = `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: first }
spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Pass, from: [{ namespaces: {} }] }] }
`;
  const again = policy('again', 'podSelector: {}, policyTypes: [Ingress]');

  it.each([
    ['', ''],
    ['behind a rule that passes', pass],
  ])('is a part of the reason %s', (_, admin) => {
    const found = diff(SHOP + admin + DENY, SHOP + admin + again, { reasons: true });
    expect([found.pairs.reason > 0, found.pairs.opened]).toEqual([true, 0]);
    const causes = found.rows.flatMap((row) => row.causes);
    expect(causes.some(({ before }) => (before?.rules.length ?? 0) > 0)).toBe(admin !== '');
    for (const { before, after } of causes)
      expect([before, after].map((reason) => reason?.isolatedBy.map((each) => each.policy.name))).toEqual([['deny'], ['again']]);
    expect(diff(SHOP + admin + DENY, SHOP + admin + DENY, { reasons: true }).pairs.reason).toBe(0);
  });
});

describe('formats', () => {
  const big = (count: number) => {
    const names = Array.from({ length: count }, (_, i) => `p${i}`);
    const pods = names.map((name, i) => pod(name, [`10.1.${i >> 8}.${i & 255}`])).join('');
    const policies = names.map((name, i) =>
      policy(`${name}-${'x'.repeat(200)}`, `podSelector: { matchLabels: { app: ${name} } }, ingress: [{ ports: [{ port: ${i + 1} }] }]`),
    );
    return diff(pods + DENY, pods + DENY + policies.join(''), { by: 'pod' });
  };

  it('fit into a comment, and say what was left out', () => {
    const found = big(150);
    expect(found.rows.length).toBe(150);
    const text = formatDiff(found, 'md', 1_000_000);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/- and \d+ more rows, left out here\n/);
    expect(formatDiff(found, 'md', 3).match(/^- `/gm)).toHaveLength(3);
    expect(formatDiff(found, 'table', 3)).toContain('and 147 more rows (--limit)');
    expect(formatDiff(found, 'csv', 3).match(/^"opened"/gm)).toHaveLength(150);
  });

  /** A difference with `name` wherever a name can be. */
  function named(name: string): ReachabilityDiff {
    const found = JSON.stringify(diff(SHOP + DENY + pod('old', ['10.0.0.9']), SHOP + DENY + OPEN));
    return JSON.parse(found, (_, value) => (['shop', 'web', 'old', 'open', 'a.yaml', 'spec', 'deny-all'].includes(value) ? name : value));
  }
  const text = (name: string, format: DiffFormat) => formatDiff(named(name), format, 100);

  it.each(DIFF_FORMATS)('let no name act on a terminal, or begin a line (%s)', (format) => {
    const shown = text('a\u001b[2J\n\r\u202eb\u2028\u009b', format);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(shown.replaceAll('\r\n', '\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(shown.split('\n')).toHaveLength(text('ab', format).split('\n').length);
  });

  it('let no name be a formula in CSV, or markup in Markdown', () => {
    expect(text('=1+1', 'csv')).not.toMatch(/(^|,)"=/m);
    const shown = text('`</details><b>@all', 'md');
    expect(shown).not.toMatch(/^[^`]*<b>/m);
    expect(shown).not.toMatch(/^[^`\\]*@all/m);
    expect(shown.match(/<details>/g)?.length).toBe(shown.match(/^<\/details>$/gm)?.length);
  });

  it('are what they were for who parses JSON', () => {
    const name = 'a\u001b[2J\n\u202e"b';
    expect(JSON.parse(text(name, 'json')).profiles.before).toBe(name);
  });
});
