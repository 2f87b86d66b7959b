/**
 * Each switch of a profile at NetworkPolicies, with a flow that is allowed beside one that is not, on the engine and the reference, and the same flow under the specification.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { Verdict } from '../../../src/model/decision.ts';
import { reference } from '../../../src/reference/reference.ts';

interface Port {
  readonly name: string;
  readonly containerPort: number;
}

const pod = (namespace: string, name: string, podIP: string, ports: readonly Port[] = [], more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels: { app: name } },
  spec: { containers: [{ name: 'main', ports }], ...more },
  status: { podIP },
});
const policy = (spec: object, name = 'np', namespace = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace, name },
  spec: { podSelector: {}, ...spec },
});

const WEB = pod('shop', 'web', '10.0.0.1', [{ name: 'http', containerPort: 80 }]);
const API = pod('shop', 'api', '10.0.0.2', [{ name: 'http', containerPort: 8080 }]);
const CLIENT = pod('other', 'client', '10.0.1.1');

type Flow = readonly [from: string, to: string, port: number];

/** The verdict of engine and reference, which must agree to the last reason. */
function verdicts(cni: string, objects: readonly object[], flows: readonly Flow[]): Verdict[] {
  const manifests = manifestsFromObjects(objects);
  const engine = compile(manifests, { cni });
  const literal = reference(manifests, { cni });
  return flows.map(([from, to, port]) => {
    const query = { from, to, port, protocol: 'TCP' as const };
    const decision = engine.canReach(query);
    expect(decision).toEqual(literal.canReach(query));
    return decision.verdict;
  });
}

const diagnosticsOf = (cni: string, objects: readonly object[]) =>
  compile(manifestsFromObjects(objects), { cni }).diagnostics.filter(({ code }) => code.startsWith('policy-'));

describe('a data plane without a policy engine', () => {
  const objects = [WEB, CLIENT, policy({ policyTypes: ['Ingress'] })];

  test('lets everything pass', () => {
    expect(verdicts('spec', objects, [['other/client', 'shop/web', 80]])).toEqual(['deny']);
    expect(verdicts('flannel', objects, [['other/client', 'shop/web', 80]])).toEqual(['allow']);
  });

  test('is reported for every policy, as pods that are open, and the rest is counted', () => {
    const many = Array.from({ length: 23 }, (_, i) => policy({ policyTypes: ['Ingress'] }, `np-${i}`));
    const found = diagnosticsOf('flannel', [WEB, ...many]);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual(new Array(21).fill(['policy-not-enforced', 'warning']));
    expect(found[0]?.message).toMatch(
      /^NetworkPolicy `shop\/np-0` is not enforced under `flannel`, and the pods that it means to protect are open/,
    );
    expect(found[0]?.object).toEqual({ kind: 'NetworkPolicy', namespace: 'shop', name: 'np-0' });
    expect(found[20]?.message).toMatch(/^3 more policies are not enforced under `flannel`/);
    expect(diagnosticsOf('spec', [WEB, ...many])).toEqual([]);
  });
});

describe('a data plane that gives up policies with names of ports', () => {
  const named = policy({ ingress: [{ ports: [{ port: 'http' }] }] }, 'named');
  const flows: Flow[] = [
    ['other/client', 'shop/web', 80],
    ['other/client', 'shop/web', 81],
  ];

  test('isolates nobody with them, so that what they forbid is open', () => {
    expect(verdicts('spec', [WEB, CLIENT, named], flows)).toEqual(['allow', 'deny']);
    expect(verdicts('weave', [WEB, CLIENT, named], flows)).toEqual(['allow', 'allow']);
    expect(diagnosticsOf('weave', [WEB, CLIENT, named]).map(({ message }) => message)).toEqual([
      expect.stringMatching(/`shop\/named` is not enforced under `weave`.*open.*names a port by its name/),
    ]);
  });

  test('does so for a name in a direction that the policy does not have', () => {
    const other = policy({ policyTypes: ['Ingress'], egress: [{ ports: [{ port: 'http' }] }] });
    expect(verdicts('spec', [WEB, CLIENT, other], flows)).toEqual(['deny', 'deny']);
    expect(verdicts('weave', [WEB, CLIENT, other], flows)).toEqual(['allow', 'allow']);
  });

  test('keeps the policies beside them', () => {
    const other = policy({ ingress: [{ ports: [{ port: 81 }] }] }, 'other');
    expect(verdicts('weave', [WEB, CLIENT, named, other], flows)).toEqual(['deny', 'allow']);
  });
});

test('a data plane that does not know endPort allows the first port only, and says so', () => {
  const objects = [WEB, CLIENT, policy({ ingress: [{ ports: [{ port: 80, endPort: 90 }] }] })];
  const flows: Flow[] = [
    ['other/client', 'shop/web', 80],
    ['other/client', 'shop/web', 90],
    ['other/client', 'shop/web', 91],
  ];
  expect(verdicts('spec', objects, flows)).toEqual(['allow', 'allow', 'deny']);
  expect(verdicts('weave', objects, flows)).toEqual(['allow', 'deny', 'deny']);
  expect(diagnosticsOf('weave', objects)).toMatchObject([
    { code: 'policy-read-differently', severity: 'warning', field: 'spec.ingress[0].ports[0].endPort' },
  ]);
});

describe('a data plane with identities for what is in the cluster', () => {
  const objects = [
    WEB,
    CLIENT,
    policy({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { addresses: [{ type: 'InternalIP', address: '10.9.0.1' }] } },
  ];
  const flows: Flow[] = [
    ['shop/web', 'other/client', 80],
    ['shop/web', '10.9.0.1', 80],
    ['shop/web', '10.8.0.1', 80],
    ['shop/web', '11.0.0.1', 80],
  ];

  test('matches a block with the world outside only', () => {
    expect(verdicts('spec', objects, flows)).toEqual(['allow', 'allow', 'allow', 'deny']);
    expect(verdicts('cilium', objects, flows)).toEqual(['deny', 'deny', 'allow', 'deny']);
  });

  test('says which blocks hold addresses of pods', () => {
    expect(diagnosticsOf('cilium', objects)).toMatchObject([
      {
        code: 'policy-read-differently',
        field: 'spec.egress[0].to[0].ipBlock.cidr',
        message: expect.stringMatching(/does not match pod `/),
      },
    ]);
    const elsewhere = policy({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] });
    expect(diagnosticsOf('cilium', [WEB, CLIENT, elsewhere])).toEqual([]);
  });
});

describe('a data plane with one set for all blocks of a rule', () => {
  const egress = (...blocks: { cidr: string; except?: string[] }[]) => [
    WEB,
    policy({ policyTypes: ['Egress'], egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }] }),
  ];
  const to = (...addresses: string[]) => addresses.map((address): Flow => ['shop/web', address, 80]);

  test('takes an exception of one block from a shorter one', () => {
    const objects = egress({ cidr: '10.0.0.0/8' }, { cidr: '10.1.0.0/16', except: ['10.1.2.0/24'] });
    expect(verdicts('spec', objects, to('10.1.2.3', '10.1.3.3', '11.0.0.1'))).toEqual(['allow', 'allow', 'deny']);
    expect(verdicts('kube-router', objects, to('10.1.2.3', '10.1.3.3', '11.0.0.1'))).toEqual(['deny', 'allow', 'deny']);
    expect(diagnosticsOf('kube-router', objects)).toMatchObject([{ field: 'spec.egress[0].to[0].ipBlock.except' }]);
  });

  test('keeps a longer block inside an exception, and one that equals it', () => {
    const longer = egress({ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidr: '10.1.2.0/24' });
    expect(verdicts('kube-router', longer, to('10.1.2.3', '10.1.3.3', '10.2.0.1'))).toEqual(['allow', 'deny', 'allow']);
    const equal = egress({ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidr: '10.1.0.0/16' });
    expect(verdicts('kube-router', equal, to('10.1.3.3', '11.0.0.1'))).toEqual(['allow', 'deny']);
  });

  test('does not mix blocks of two rules', () => {
    const rules = [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }, { to: [{ ipBlock: { cidr: '10.1.0.0/16', except: ['10.1.2.0/24'] } }] }];
    const objects = [WEB, policy({ policyTypes: ['Egress'], egress: rules })];
    expect(verdicts('kube-router', objects, to('10.1.2.3', '11.0.0.1'))).toEqual(['allow', 'deny']);
  });

  test('knows everything of IPv6 as two ranges, of which a wider exception takes nothing', () => {
    const six = { ...WEB, status: { podIP: 'fd00::1' } };
    const all = policy({
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '::/0', except: ['fc00::/7', '2001:db8::/32'] } }] }],
    });
    const flows = to('2001:db9::1', 'fd00::2', 'fe80::1', 'fc00::1', '2001:db8::1');
    expect(verdicts('spec', [six, all], flows)).toEqual(['allow', 'deny', 'allow', 'deny', 'deny']);
    expect(verdicts('kube-router', [six, all], flows)).toEqual(['allow', 'allow', 'deny', 'deny', 'deny']);
  });
});

describe('a data plane that looks names of ports up before it writes its rules', () => {
  const fromClients = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } };

  test('resolves them pod by pod on ingress, as the specification has it', () => {
    const objects = [WEB, API, CLIENT, policy({ ingress: [{ from: [fromClients], ports: [{ port: 'http' }] }] })];
    const flows: Flow[] = [
      ['other/client', 'shop/web', 80],
      ['other/client', 'shop/web', 8080],
      ['other/client', 'shop/api', 8080],
    ];
    for (const cni of ['spec', 'kube-router']) expect(verdicts(cni, objects, flows)).toEqual(['allow', 'deny', 'allow']);
    expect(diagnosticsOf('kube-router', objects)).toEqual([]);
  });

  test('opens every port to the pods of a rule of which nobody declares the names, and says so', () => {
    const ports = [{ port: 'metrics' }, { port: 'admin' }];
    const objects = [WEB, API, CLIENT, policy({ ingress: [{ from: [fromClients, { ipBlock: { cidr: '11.0.0.0/8' } }], ports }] })];
    const flows: Flow[] = [
      ['other/client', 'shop/web', 4711],
      ['shop/api', 'shop/web', 4711],
      ['11.0.0.1', 'shop/web', 4711],
    ];
    expect(verdicts('spec', objects, flows)).toEqual(['deny', 'deny', 'deny']);
    expect(verdicts('kube-router', objects, flows)).toEqual(['allow', 'deny', 'deny']);
    expect(diagnosticsOf('kube-router', objects)).toMatchObject([
      { code: 'policy-read-differently', field: 'spec.ingress[0].ports', message: expect.stringMatching(/all of them are open/) },
    ]);
  });

  test.each([
    ['one of the names is declared', { from: [fromClients], ports: [{ port: 'metrics' }, { port: 'http' }] }],
    ['one port is a number', { from: [fromClients], ports: [{ port: 'metrics' }, { port: 80 }] }],
    ['everybody is a source', { ports: [{ port: 'metrics' }] }],
  ])('opens nothing where %s', (_, rule) => {
    expect(verdicts('kube-router', [WEB, CLIENT, policy({ ingress: [rule] })], [['other/client', 'shop/web', 4711]])).toEqual(['deny']);
  });

  test('asks the pods that the policy selects on ingress, not others that declare the name', () => {
    const backend = pod('shop', 'backend', '10.0.0.9');
    const selected = policy({
      podSelector: { matchLabels: { app: 'backend' } },
      ingress: [{ from: [fromClients], ports: [{ port: 'http' }] }],
    });
    const flow: Flow = ['other/client', 'shop/backend', 4711];
    expect(verdicts('kube-router', [WEB, backend, CLIENT, selected], [flow])).toEqual(['allow']);
    const all = policy({ ingress: [{ from: [fromClients], ports: [{ port: 'http' }] }] });
    expect(verdicts('kube-router', [WEB, backend, CLIENT, all], [flow])).toEqual(['deny']);
  });

  test.each<[string, object, Verdict]>([
    [
      'a sidecar',
      pod('shop', 'web', '10.0.0.1', [], {
        initContainers: [{ name: 's', restartPolicy: 'Always', ports: [{ name: 'http', containerPort: 80 }] }],
      }),
      'allow',
    ],
    ['a completed pod', { ...WEB, status: { podIP: '10.0.0.1', phase: 'Succeeded' } }, 'allow'],
    ['a host-network pod', { ...WEB, spec: { ...WEB.spec, hostNetwork: true } }, 'allow'],
    ['a pod', WEB, 'deny'],
  ])('counts what %s declares or not', (_, declarer, verdict) => {
    const target = pod('shop', 'target', '10.0.0.9');
    const named = policy({ ingress: [{ from: [fromClients], ports: [{ port: 'http' }] }] });
    expect(verdicts('kube-router', [declarer, target, CLIENT, named], [['other/client', 'shop/target', 4711]])).toEqual([verdict]);
  });

  test('takes the numbers of its own namespace for egress to everywhere', () => {
    const far = pod('other', 'far', '10.0.1.2', [{ name: 'http', containerPort: 9999 }]);
    const objects = [WEB, API, far, policy({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }, { port: 443 }] }] })];
    const flows: Flow[] = [
      ['shop/web', '11.0.0.1', 80],
      ['shop/web', '11.0.0.1', 8080],
      ['shop/web', '11.0.0.1', 443],
      ['shop/web', '11.0.0.1', 9999],
      ['shop/web', 'other/far', 9999],
    ];
    expect(verdicts('spec', objects, flows)).toEqual(['deny', 'deny', 'allow', 'deny', 'allow']);
    expect(verdicts('kube-router', objects, flows)).toEqual(['allow', 'allow', 'allow', 'deny', 'deny']);
    expect(diagnosticsOf('kube-router', objects)).toMatchObject([{ message: expect.stringMatching(/open to every destination/) }]);
  });

  test('passes names over on egress to a block, in the order of the peers', () => {
    const peers = [{ ipBlock: { cidr: '10.0.0.0/8' } }, { podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/16' } }];
    const objects = [
      WEB,
      API,
      CLIENT,
      policy({ policyTypes: ['Egress'], egress: [{ to: peers, ports: [{ port: 'http' }, { port: 443 }] }] }),
    ];
    const engine = compile(manifestsFromObjects(objects), { cni: 'kube-router' });
    const reasonsOf = (port: number) =>
      engine
        .canReach({ from: 'shop/web', to: 'shop/api', protocol: 'TCP', port })
        .egress.reasons.map(({ peer, port: index }) => [peer, index]);
    expect(reasonsOf(8080)).toEqual([[1, 0]]);
    expect(reasonsOf(443)).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(
      verdicts('kube-router', objects, [
        ['shop/web', 'shop/api', 8080],
        ['shop/web', 'shop/api', 81],
      ]),
    ).toEqual(['allow', 'deny']);
  });

  test('asks the pods that an egress rule names', () => {
    const open = policy({ policyTypes: ['Egress'], egress: [{ to: [fromClients], ports: [{ port: 'http' }] }] });
    expect(verdicts('spec', [WEB, CLIENT, open], [['shop/web', 'other/client', 4711]])).toEqual(['deny']);
    expect(verdicts('kube-router', [WEB, CLIENT, open], [['shop/web', 'other/client', 4711]])).toEqual(['allow']);
    const closed = policy({ policyTypes: ['Egress'], egress: [{ to: [fromClients, { podSelector: {} }], ports: [{ port: 'http' }] }] });
    expect(verdicts('kube-router', [WEB, CLIENT, closed], [['shop/web', 'other/client', 4711]])).toEqual(['deny']);
  });
});

describe('a data plane that resolves names of ports in a way of its own', () => {
  test('leaves unknown what only such a rule may allow', () => {
    const named = policy({ ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }, { ports: [{ port: 443 }] }] });
    const flows: Flow[] = [
      ['shop/api', 'shop/web', 80],
      ['shop/api', 'shop/web', 443],
      ['other/client', 'shop/web', 80],
    ];
    expect(verdicts('spec', [WEB, API, CLIENT, named], flows)).toEqual(['allow', 'allow', 'deny']);
    expect(verdicts('aws-vpc-cni', [WEB, API, CLIENT, named], flows)).toEqual(['unknown', 'allow', 'deny']);
    expect(diagnosticsOf('aws-vpc-cni', [WEB, named]).filter(({ object }) => object?.kind === 'NetworkPolicy')).toMatchObject([
      { field: 'spec.ingress[0].ports' },
    ]);
  });
});

test('what is read differently is listed up to twenty times and then counted', () => {
  const many = Array.from({ length: 22 }, (_, i) => policy({ ingress: [{ ports: [{ port: 80, endPort: 90 }] }] }, `np-${i}`));
  const found = diagnosticsOf('weave', [WEB, ...many]);
  expect(found).toHaveLength(21);
  expect(found[20]?.message).toBe('2 more fields of NetworkPolicies are read differently under `weave`');
  const oneLess = diagnosticsOf('weave', [WEB, ...many.slice(1)]);
  expect(oneLess[20]?.message).toBe('1 more field of NetworkPolicies is read differently under `weave`');
});

test.each(['calico', 'antrea', 'kube-network-policies'])('%s reads NetworkPolicies as the specification does', (cni) => {
  const objects = [
    WEB,
    API,
    CLIENT,
    policy({
      ingress: [
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.1.0/24'] } }], ports: [{ port: 'http' }, { port: 90, endPort: 91 }] },
      ],
    }),
  ];
  const flows: Flow[] = [
    ['shop/api', 'shop/web', 80],
    ['shop/api', 'shop/web', 91],
    ['shop/api', 'shop/web', 92],
    ['other/client', 'shop/web', 80],
  ];
  expect(verdicts(cni, objects, flows)).toEqual(['allow', 'allow', 'deny', 'deny']);
  expect(verdicts(cni, objects, flows)).toEqual(verdicts('spec', objects, flows));
  expect(diagnosticsOf(cni, objects)).toEqual([]);
});
