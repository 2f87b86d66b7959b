/**
 * What each field of a case means.
 */
import { describe, expect, it } from 'vitest';
import { CLUSTER as BASE, runCase, runCases } from '../../support/expectations.ts';

const WEB = 'from: { workload: shop/web }';
const API = 'to: { workload: shop/api }';

const status = (each: string, options: Parameters<typeof runCase>[1] = {}) => runCase(each, options).status;
const problem = (each: string, options: Parameters<typeof runCase>[1] = {}) => {
  const result = runCase(each, options);
  expect(result.status).toBe('failed');
  return result.problem;
};

describe('ports', () => {
  it('are numbers, ranges, names and every port', () => {
    expect(status(`${WEB}, ${API}, ports: [8080], expect: allow`)).toBe('passed');
    expect(status(`${WEB}, ${API}, ports: [TCP/8080], expect: allow`)).toBe('passed');
    expect(status(`${WEB}, ${API}, ports: [UDP/8080], expect: deny`)).toBe('passed');
    expect(status(`${WEB}, ${API}, ports: [http], expect: allow`)).toBe('passed');
    expect(status(`${WEB}, ${API}, ports: [1-8079, 8081-65535], expect: deny`)).toBe('passed');
    expect(status(`${WEB}, ${API}, ports: [1-8080], expect: deny`)).toBe('failed');
    expect(status(`${WEB}, to: { workload: shop/db }, ports: [any], expect: deny`)).toBe('passed');
    expect(status(`${WEB}, ${API}, ports: [any], expect: deny`)).toBe('failed');
    expect(status(`${WEB}, ${API}, ports: [UDP/any, SCTP/any], expect: deny`)).toBe('passed');
  });

  it('of one case must all hold, and those that do not are told as ranges', () => {
    const { counterexamples, status: of } = runCase(
      'from: { ip: 192.0.2.1 }, to: { workload: shop/api }, ports: [8000-9200], expect: deny',
    );
    expect(of).toBe('failed');
    expect(counterexamples.map(({ port, verdict }) => [port, verdict])).toEqual([
      [{ protocol: 'TCP', first: 8080, last: 8080 }, 'allow'],
      [{ protocol: 'TCP', first: 9000, last: 9100 }, 'allow'],
    ]);
    expect(counterexamples[0]!.deciding.filter(({ policy }) => policy !== null)).toMatchObject([
      { direction: 'ingress', policy: { namespace: 'shop', name: 'api' }, rule: 1, action: 'allow', origin: { file: 'c.yaml', line: 45 } },
    ]);
  });

  it('a name that the destination does not declare fails, whatever is expected', () => {
    for (const verdict of ['allow', 'deny', 'unknown']) {
      const { status: of, counterexamples } = runCase(`${WEB}, to: { workload: shop/db }, ports: [http], expect: ${verdict}`);
      expect([of, counterexamples[0]?.why]).toEqual(['failed', 'shop/db declares no port `TCP/http`']);
    }
    expect(status(`${WEB}, to: { ip: 192.0.2.1 }, ports: [http], expect: allow`)).toBe('failed');
  });

  it('a pair holds when it holds at every port: `some` is about pairs', () => {
    expect(status(`${WEB}, to: { namespace: shop }, ports: [8080], expect: allow, over: some`)).toBe('passed');
    expect(status(`${WEB}, to: { namespace: shop }, ports: [8080, 8081], expect: allow, over: some`)).toBe('failed');
  });
});

describe('ends', () => {
  it('are workloads and pods by name', () => {
    expect(status(`from: { workload: shop/pod/web }, to: { workload: shop/pod/api }, ports: [8080], expect: allow`)).toBe('passed');
    expect(problem(`from: { workload: shop/wep }, ${API}, ports: [8080], expect: deny`)).toBe(
      'from: there is no pod or workload `shop/wep`: did you mean `shop/web`?',
    );
  });

  it('are pods by labels, of a namespace by name, by labels, or both', () => {
    expect(runCase(`from: { namespace: shop, labels: { app: web } }, ${API}, ports: [8080], expect: allow`)).toMatchObject({
      status: 'passed',
      pairs: 1,
    });
    expect(runCase(`from: { namespaceLabels: { team: shop }, labels: { app: web } }, ${API}, ports: [8080], expect: allow`)).toMatchObject({
      status: 'passed',
      pairs: 1,
    });
    expect(runCase(`from: { namespaceLabels: {} }, to: { workload: shop/db }, ports: [any], expect: deny`)).toMatchObject({
      pairs: 3,
      status: 'passed',
    });
    expect(problem(`from: { namespace: shop, namespaceLabels: { team: x } }, ${API}, ports: [1], expect: deny`)).toBe(
      'from: the namespace `shop` does not have the labels `team=x`',
    );
    expect(problem(`from: { namespaceLabels: { team: x } }, ${API}, ports: [1], expect: deny`)).toContain(
      'no namespace has the labels `team=x`',
    );
    expect(problem(`from: { namespaceLabels: { team: shop }, labels: { app: x } }, ${API}, ports: [1], expect: deny`)).toBe(
      'from: no pod has the labels `app=x` in a namespace with the labels `team=shop`',
    );
  });

  it('a pod and itself is no pair where there are others', () => {
    expect(runCase('from: { namespace: shop }, to: { namespace: shop, labels: { app: db } }, ports: [any], expect: deny')).toMatchObject({
      status: 'passed',
      pairs: 2,
    });
    expect(runCase('from: { workload: shop/db }, to: { workload: shop/db }, ports: [any], expect: allow')).toMatchObject({
      status: 'passed',
      pairs: 1,
    });
  });

  it('are addresses, and whoever has them', () => {
    expect(status('from: { ip: 192.0.2.255 }, to: { workload: shop/api }, ports: [8080], expect: deny')).toBe('passed');
    expect(status('from: { ip: 10.0.0.1 }, to: { ip: 10.0.0.2 }, ports: [http], expect: allow')).toBe('passed');
    const service = runCase('from: { workload: shop/web }, to: { ip: 10.96.0.1 }, ports: [8080], expect: allow');
    expect([service.status, service.unknown, service.counterexamples[0]?.why]).toEqual([
      'failed',
      1,
      'the address belongs to `Service shop/api`, which policies do not apply to: test its pods and their ports',
    ]);
    expect(status('from: { workload: shop/web }, to: { ip: 10.96.0.1 }, ports: [8080], expect: unknown')).toBe('passed');
  });

  it('are every address of a block, and the one that differs is told', () => {
    expect(status('from: { cidr: 192.0.2.0/25 }, to: { workload: shop/api }, ports: [8080], expect: allow')).toBe('passed');
    const { status: of, counterexamples } = runCase(
      'from: { cidr: 192.0.2.0/24 }, to: { workload: shop/api }, ports: [8080], expect: allow',
    );
    expect([of, counterexamples.map(({ from }) => from)]).toEqual(['failed', ['192.0.2.255']]);
    expect(status('from: { cidr: 192.0.2.0/24, except: [192.0.2.255/32] }, to: { workload: shop/api }, ports: [8080], expect: allow')).toBe(
      'passed',
    );
    expect(status('from: { cidr: 192.0.2.0/24 }, to: { workload: shop/api }, ports: [8080], expect: deny, over: some')).toBe('passed');
    expect(
      runCase('from: { cidr: 192.0.2.254/31 }, to: { workload: shop/api }, ports: [8080], expect: deny').counterexamples[0]?.from,
    ).toBe('192.0.2.254');
  });

  it('a block holds the addresses of pods and Services too, unless it is the outside that is meant', () => {
    const all = runCase('from: { cidr: 10.0.0.0/8 }, to: { workload: shop/api }, ports: [8080], expect: deny');
    expect(all.counterexamples.map(({ from, verdict }) => [from, verdict])).toEqual([
      ['10.0.0.1 (shop/web)', 'allow'],
      ['10.96.0.1', 'unknown'],
    ]);
    expect(status('from: { cidr: 10.0.0.0/8, outside: true }, to: { workload: shop/api }, ports: [any], expect: deny')).toBe('passed');
    expect(problem('from: { cidr: 10.0.0.1/32, outside: true }, to: { workload: shop/api }, ports: [any], expect: deny')).toContain(
      'every address of `10.0.0.1/32` belongs to a pod, node or Service',
    );
    expect(
      problem('from: { cidr: 10.0.0.0/31, except: [10.0.0.0/32, 10.0.0.1/32] }, to: { workload: shop/api }, ports: [1], expect: deny'),
    ).toContain('no address is left');
  });

  it('an address with several owners is each of them, the pod at the other end among them', () => {
    const shared = `${BASE}---\napiVersion: v1\nkind: Pod\nmetadata: { name: twin, namespace: shop }\nstatus: { podIP: 10.0.0.3 }\n`;
    // `db` may reach itself, and not its twin; `web` may reach neither.
    const to = 'to: { ip: 10.0.0.3 }, ports: [1]';
    expect(status(`from: { workload: shop/db }, ${to}, expect: unknown`, { cluster: shared })).toBe('passed');
    expect(status(`from: { workload: shop/web }, ${to}, expect: deny`, { cluster: shared })).toBe('passed');
    expect(runCase(`from: { cidr: 10.0.0.0/30, outside: false }, ${to}, expect: deny`, { cluster: shared })).toMatchObject({
      status: 'failed',
      pairs: 4,
      holding: 3,
      unknown: 1,
    });
  });

  it('of different address families make no pair', () => {
    expect(problem('from: { cidr: "2001:db8::/32" }, to: { workload: shop/api }, ports: [any], expect: deny')).toBe(
      'the ends have no address family in common',
    );
  });

  it('are hosts as far as their names are known', () => {
    const host = 'from: { workload: other/alone }, to: { host: api.example.com }, ports: [443], expect: allow';
    expect(problem(host)).toContain('the addresses of `api.example.com` are not known');
    expect(problem(host, { domainNames: { 'api.example.com': [] } })).toContain('no address for `api.example.com`');
    expect(runCase(host, { domainNames: { 'api.example.com': ['198.51.100.7', '198.51.100.8'] } })).toMatchObject({
      status: 'passed',
      pairs: 2,
    });
  });
});

describe('pods that do not exist yet', () => {
  const worker = 'from: { namespace: shop, labels: { app: worker } }';

  it('are assumed, and it is said', () => {
    const { status: of, notes, pairs } = runCase(`${worker}, ${API}, ports: [any], expect: deny`);
    expect([of, pairs, notes]).toEqual([
      'passed',
      1,
      [
        'from: no pod has the labels `app=worker`: one was assumed in the namespace `shop`, without address: no ipBlock matches it (`ips` gives it some)',
      ],
    ]);
    const { notes: said } = runCase(
      `from: { namespace: shop, labels: { app: worker }, ips: [10.9.9.9] }, ${API}, ports: [any], expect: deny`,
    );
    expect(said).toEqual(['from: no pod has the labels `app=worker`: one was assumed in the namespace `shop`']);
    expect(
      status(
        'from: { namespace: new, namespaceLabels: {}, labels: { app: web } }, to: { workload: shop/api }, ports: [8080], expect: deny',
      ),
    ).toBe('passed');
  });

  it('need labels, and a namespace that is there or is said to be new', () => {
    expect(problem('from: { namespace: shopp, labels: { app: web } }, to: { workload: shop/api }, ports: [1], expect: deny')).toContain(
      'there is no namespace `shopp`: did you mean `shop`?',
    );
    expect(problem('from: { namespace: new, namespaceLabels: {} }, to: { workload: shop/api }, ports: [1], expect: deny')).toContain(
      'has no pods',
    );
    expect(
      problem(
        'from: { namespace: new, namespaceLabels: { a: "1" }, labels: { x: yy } }, to: { namespace: new, namespaceLabels: {}, labels: { z: yy } }, ports: [1], expect: deny',
      ),
    ).toBe('both ends are in the namespace `new`, and give it different labels');
  });

  it('declare the ports and have the addresses that the case says', () => {
    const policies = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: new, namespace: shop }
spec: { podSelector: { matchLabels: { app: new } }, ingress: [{ ports: [{ port: web }], from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }] }
`;
    const { CLUSTER } = clusterWith(policies);
    const to = 'to: { namespace: shop, labels: { app: new }, containerPorts: [{ name: web, containerPort: 9999 }] }';
    const from = 'from: { namespace: other, labels: { app: x }, ips: [203.0.113.5] }';
    expect(status(`${from}, ${to}, ports: [web, 9999], expect: allow`, { cluster: CLUSTER })).toBe('passed');
    expect(status(`${from}, to: { namespace: shop, labels: { app: new } }, ports: [9999], expect: deny`, { cluster: CLUSTER })).toBe(
      'passed',
    );
    expect(status(`from: { namespace: other, labels: { app: x } }, ${to}, ports: [web], expect: deny`, { cluster: CLUSTER })).toBe(
      'passed',
    );
  });

  it('are two where both ends mean the same labels', () => {
    expect(
      runCase(
        'from: { namespace: other, labels: { app: new } }, to: { namespace: other, labels: { app: new } }, ports: [1], expect: allow',
      ),
    ).toMatchObject({ status: 'passed', pairs: 1 });
  });

  it('what is said of them plays no part, and it is said, where there are such pods', () => {
    expect(
      runCase(
        'from: { namespace: shop, labels: { app: web }, ips: [192.0.2.1] }, to: { workload: shop/api }, ports: [http], expect: allow',
      ),
    ).toMatchObject({
      status: 'passed',
      notes: ['from: the address `192.0.2.1` plays no part: pods with these labels are in the input, and have their own'],
    });
  });
});

describe('because', () => {
  const allow = `${WEB}, ${API}, ports: [8080], expect: allow`;
  const deny = `${WEB}, to: { workload: shop/db }, ports: [any], expect: deny`;

  it('asks for the policy, its kind, direction and rule', () => {
    expect(status(`${allow}, because: { policy: shop/api }`)).toBe('passed');
    expect(status(`${allow}, because: { policy: shop/api, kind: NetworkPolicy, direction: ingress, rule: 0 }`)).toBe('passed');
    expect(status(`${allow}, because: { policy: shop/api, rule: 1 }`)).toBe('failed');
    expect(status(`${allow}, because: { policy: shop/api, direction: egress }`)).toBe('failed');
    expect(status(`${allow}, because: { policy: shop/api, kind: ClusterNetworkPolicy }`)).toBe('failed');
    expect(status(`${allow}, because: { policy: shop/closed }`)).toBe('failed');
  });

  it('a policy that isolates decides where no rule matches', () => {
    expect(status(`${deny}, because: { policy: shop/closed }`)).toBe('passed');
    expect(status(`${deny}, because: { policy: shop/closed, rule: 0 }`)).toBe('failed');
    expect(runCase(`${deny}, because: { policy: shop/api }`).counterexamples[0]?.why).toBe('another policy decided');
  });
});

describe('what could not be read', () => {
  const broken = clusterWith('---\napiVersion: v1\nkind: Pod\nmetadata: { name: Odd_Name, namespace: shop }\n').CLUSTER;

  it('may be meant by labels, so that nothing is certain about them', () => {
    const {
      status: of,
      unknown,
      counterexamples,
    } = runCase('from: { namespace: shop, labels: { app: web } }, to: { workload: shop/db }, ports: [1], expect: deny', {
      cluster: broken,
    });
    expect([of, unknown, counterexamples[0]?.why]).toEqual(['failed', 1, '`Pod shop/Odd_Name` could not be read, and may be meant']);
    expect(status('from: { workload: shop/web }, to: { workload: shop/db }, ports: [1], expect: deny', { cluster: broken })).toBe('passed');
    expect(
      status('from: { namespace: shop, labels: { app: none } }, to: { workload: shop/db }, ports: [1], expect: deny', { cluster: broken }),
    ).toBe('failed');
  });
});

describe('limits', () => {
  const unknown = 'from: { workload: shop/web }, to: { ip: 10.96.0.1 }, ports: [1], expect: unknown';
  const known = 'from: { workload: shop/web }, to: { workload: shop/db }, ports: [1], expect: deny';
  const limits = (text: string) => ({ rest: `limits: ${text}\n` });

  it('are on cases with unknown verdicts, by number and share', () => {
    const run = (text: string) => runCases([unknown, known], limits(text));
    expect(run('{ unknown: 0 }')).toMatchObject({ ok: false, counts: { passed: 2, limitsExceeded: 1 } });
    expect(run('{ unknown: 1 }').ok).toBe(true);
    expect(run('{ unknown: 50% }').ok).toBe(true);
    expect(run('{ unknown: 49.9% }').ok).toBe(false);
    expect(run('{ unknown: 0 }').files[0]!.limits[0]).toMatchObject({ found: 1, of: 2, items: ['case 1'], most: '0' });
  });

  it('are on workloads that no case names: a range names none', () => {
    const run = (text: string, cases: readonly string[]) => runCases(cases, limits(text)).files[0]!.limits[0];
    expect(run('{ untestedWorkloads: 2 }', [known])).toMatchObject({
      status: 'kept',
      found: 2,
      of: 4,
      items: ['other/pod/alone', 'shop/pod/api'],
    });
    expect(run('{ untestedWorkloads: 1 }', [known])).toMatchObject({ status: 'exceeded' });
    expect(run('{ untestedWorkloads: 50% }', [known])).toMatchObject({ status: 'kept' });
    expect(
      run('{ untestedWorkloads: 0 }', ['from: { cidr: 0.0.0.0/0 }, to: { workload: shop/db }, ports: [1], expect: allow']),
    ).toMatchObject({ found: 3 });
  });

  it('on workloads are not checked where only some cases are run', () => {
    const report = runCases([known, unknown], { ...limits('{ untestedWorkloads: 0 }'), select: (_, { name }) => name === 'case 1' });
    expect(report.ok).toBe(true);
    expect(report.files[0]!.limits[0]!.status).toBe('not-checked');
    expect(report.counts).toMatchObject({ passed: 1, notSelected: 1 });
  });
});

describe('a report', () => {
  it('is not ok when no case was run', () => {
    const report = runCases(['from: { workload: shop/web }, to: { workload: shop/db }, ports: [1], expect: deny'], { select: () => false });
    expect(report).toMatchObject({ ok: false, problem: 'no case has a name that was chosen' });
  });
});

function clusterWith(more: string): { readonly CLUSTER: string } {
  return { CLUSTER: `${BASE}${more}` };
}

describe('many pairs that do not hold', () => {
  const pods = Array.from(
    { length: 30 },
    (_, i) => `---\napiVersion: v1\nkind: Pod\nmetadata: { name: p${i}, namespace: n${i} }\nstatus: { podIP: 10.1.0.${i} }\n`,
  );
  const policies = Array.from(
    { length: 30 },
    (_, i) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: n${i} }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.1.0.${i}/32 } }, { ipBlock: { cidr: 10.1.0.0/32 } }] }] }
`,
  );

  it('are all counted, and the first ones told', () => {
    const { counterexamples, ...counts } = runCase(
      'from: { namespaceLabels: {} }, to: { namespaceLabels: {} }, ports: [1], expect: allow',
      {
        cluster: [...pods, ...policies].join(''),
      },
    );
    // p0 reaches all others, nobody else reaches anybody.
    expect(counts).toMatchObject({ status: 'failed', pairs: 870, holding: 29, unknown: 0 });
    expect(counterexamples).toHaveLength(20);
  });
});
