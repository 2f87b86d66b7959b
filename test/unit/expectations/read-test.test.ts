/**
 * Files of expectations: what is read, and what is said of those that are wrong.
 */
import { describe, expect, it } from 'vitest';
import { parseReachabilityTest, ReachabilityTestError, type TestReadOptions } from '../../../src/expectations/read-test.ts';
import { placeText } from '../../../src/model/origin.ts';

const HEAD = 'apiVersion: netpolsim/v1\nkind: ReachabilityTest\ncases:\n';
const GOOD = 'from: { workload: a/b }, to: { ip: 192.0.2.1 }, ports: [80], expect: allow';

/** `line:column field: message; hint` of each problem. */
function problemsOf(text: string, options: TestReadOptions = {}): string[] {
  try {
    parseReachabilityTest(text, { file: 't', ...options });
  } catch (error) {
    if (!(error instanceof ReachabilityTestError)) throw error;
    return error.diagnostics.map(({ origin, field, message, hint }) => {
      return `${placeText(origin)}${field === undefined ? '' : ` ${field}`}: ${message}${hint === undefined ? '' : `; ${hint}`}`;
    });
  }
  return [];
}

const caseProblems = (fields: string) => problemsOf(`${HEAD}  - { name: nn, ${fields} }\n`);

describe('a ReachabilityTest', () => {
  it('is read with the places of its cases', () => {
    const test = parseReachabilityTest(`${HEAD}  - { name: nn, ${GOOD} }\n`, { file: 'dir/t.yaml' });
    expect(test).toMatchObject({ name: 't.yaml', format: 'reachability-test', inputs: [], limits: {} });
    expect(test.cases[0]).toMatchObject({
      name: 'nn',
      origin: { file: 'dir/t.yaml', line: 4, column: 5 },
      expect: 'allow',
      over: 'all',
      ports: [{ protocols: ['TCP'], ports: { first: 80, last: 80 }, text: '80' }],
    });
  });

  it('is the same in JSON', () => {
    const json = JSON.stringify({
      apiVersion: 'netpolsim/v1',
      kind: 'ReachabilityTest',
      cases: [{ name: 'nn', from: { workload: 'a/b' }, to: { ip: '192.0.2.1' }, ports: [80], expect: 'allow' }],
    });
    const yaml = parseReachabilityTest(`${HEAD}  - { name: nn, ${GOOD} }\n`, { file: 't' });
    const { origin: _, ...first } = parseReachabilityTest(`\ufeff\t${json}\n`, { file: 't' }).cases[0]!;
    expect(yaml.cases[0]).toMatchObject(first);
  });

  it.each([
    ['kind: ReachabilityTest', '', 't:2:1 kind: found `ReachabilityTst`, expected `ReachabilityTest`; did you mean `ReachabilityTest`?'],
  ])('says what is wrong with its head', (was, _, told) => {
    expect(problemsOf(`${HEAD.replace(was, 'kind: ReachabilityTst')}  - { name: nn, ${GOOD} }\n`)).toEqual([told]);
  });

  it.each([
    [
      'to: { ip: 192.0.2.1 }, ports: [80], expect: allow',
      ['t:4:5 cases[0].from: found nothing, expected an end: one of `workload`, `ip`, `cidr`, `host`, or `namespace` with `labels`'],
    ],
    [`${GOOD}, form: x`, ['t:4:93 cases[0].form: unknown field `form`']],
    [
      GOOD.replace('allow', 'Allow'),
      ['t:4:78 cases[0].expect: found `Allow`, expected `allow` or `deny` or `unknown`; did you mean `allow`?'],
    ],
    [GOOD.replace('[80]', '[]'), ['t:4:65 cases[0].ports: found an empty list, expected a list of ports: `any` is every port']],
    [GOOD.replace('[80]', '[0]'), [/cases\[0\]\.ports\[0\]: found `0`, expected a port from 1 to 65535/]],
    [GOOD.replace('[80]', '[tcp/80]'), [/found `tcp\/80`, .*; did you mean `TCP\/80`\?/]],
    [GOOD.replace('[80]', '[90-80]'), [/the lower one first/]],
    [GOOD.replace('[80]', '[80.0]'), [/found `80\.0` without quotes, which readers of YAML take for different things/]],
    [GOOD.replace('[80]', '[Web]'), [/found `Web`, expected a port name/]],
    [GOOD.replace('192.0.2.1', '192.0.2.01'), [/cases\[0\]\.to\.ip: found `192\.0\.2\.01`, expected an IP address/]],
    [GOOD.replace('ip: 192.0.2.1', 'ip: "::ffff:192.0.2.1"'), [/IPv4 address in IPv6 notation; write it as IPv4/]],
    [GOOD.replace('ip: 192.0.2.1', 'cidr: 192.0.2.1/24'), [/has bits beyond its length; did you mean `192\.0\.2\.0\/24`\?/]],
    [GOOD.replace('ip: 192.0.2.1', 'cidr: 192.0.2.1'), [/expected a block .*; did you mean `192\.0\.2\.1\/32`\?/]],
    [
      GOOD.replace('ip: 192.0.2.1', 'cidr: 192.0.2.0/24, except: [10.0.0.0/8]'),
      [/cases\[0\]\.to\.except\[0\]: `10\.0\.0\.0\/8` is not inside `192\.0\.2\.0\/24`/],
    ],
    [GOOD.replace('ip: 192.0.2.1', 'ip: 192.0.2.1, outside: true'), [/`outside` and `ip` do not go together/]],
    [GOOD.replace('ip: 192.0.2.1', 'host: "*.example.com"'), [/expected a domain name .*; one name, without `\*`/]],
    [GOOD.replace('ip: 192.0.2.1', ''), [/found an empty object/]],
    [GOOD.replace('ip: 192.0.2.1', 'labels: { a: b }'), [/`namespace` or `namespaceLabels` is missing/]],
    [GOOD.replace('ip: 192.0.2.1', 'namespace: a, labels: { a: on }'), [/labels\.a: found `on` without quotes/]],
    [GOOD.replace('ip: 192.0.2.1', 'namespace: a, labels: { on: a }'), [/the label key/]],
    [GOOD.replace('ip: 192.0.2.1', 'namespace: a, labels: { "a b": c }'), [/the label key `a b`/]],
    [GOOD.replace('ip: 192.0.2.1', 'namespace: A'), [/found `A`, expected lower case/]],
    [GOOD.replace('a/b', 'ab'), [/expected `namespace\/name` or `namespace\/kind\/name`/]],
    [`${GOOD}, over: any`, [/cases\[0\]\.over: found `any`, expected `all` or `some`/]],
    [`${GOOD}, because: { rule: 0 }`, [/cases\[0\]\.because\.policy: found nothing, expected `namespace\/name` of a policy/]],
    [`${GOOD}, because: { policy: a, rule: -1 }`, [/found `-1`, expected a whole number/]],
    [`${GOOD}, because: { policy: a, direction: in }`, [/expected `ingress` or `egress`/]],
  ] as const)('says what is wrong with a case: %s', (fields, told) => {
    const found = caseProblems(fields);
    expect(found).toHaveLength(told.length);
    for (const [i, each] of told.entries()) {
      if (typeof each === 'string') expect(found[i]).toBe(each);
      else expect(found[i]).toMatch(each);
    }
  });

  it('has cases, each with a name of its own, and limits that are numbers or shares', () => {
    expect(problemsOf(HEAD)).toEqual(['t:3:1 cases: found nothing, expected a list of cases']);
    expect(problemsOf(`${HEAD}  - { name: nn, ${GOOD} }\n  - { name: nn, ${GOOD} }\n`)).toEqual([
      't:5:7 cases[1].name: the name `nn` is that of the case in line 4; give each case a name of its own',
    ]);
    expect(problemsOf(`${HEAD}  - { name: nn, ${GOOD} }\nlimits: { unknown: -1, untestedWorkloads: 101% }\n`)).toHaveLength(2);
    expect(problemsOf(`${HEAD}  - { name: nn, ${GOOD} }\ninputs: ["-"]\n`)).toEqual([
      't:5:10 inputs[0]: standard input is no input of a file; use `-f -`',
    ]);
  });

  it('is one document that can be read', () => {
    expect(problemsOf(`${HEAD}  - { name: nn, ${GOOD} }\n---\n${HEAD}`)).toEqual([
      't:1:1: the text holds several documents, expected one; put each test into a file of its own',
    ]);
    expect(problemsOf('a: [')[0]).toMatch(/^t:2:1: a bracket/);
    expect(problemsOf('{ "a": 1, "a": 2 }')).toEqual(['t:1:11: a key is written twice in one object, first at 1:3']);
    expect(problemsOf('{ "a": ')[0]).toBe('t:1:7: the text ends in the middle of a value');
    expect(problemsOf('{ "a": 1 } x')).toEqual(['t:1:12: something stands where the document should end']);
    expect(problemsOf('[1]')[0]).toContain('neither of netassert nor of policy-assistant');
    expect(() => parseReachabilityTest(7 as never)).toThrow(TypeError);
  });
});

const NETASSERT = `---
- name: one
  type: k8s
  protocol: tcp
  targetPort: 8080
  timeoutSeconds: 67
  attempts: 3
  exitCode: 0
  src: { k8sResource: { kind: deployment, name: web, namespace: shop } }
  dst: { k8sResource: { kind: pod, name: api, namespace: shop } }
- name: two
  protocol: udp
  targetPort: 53
  exitCode: 1
  src: { k8sResource: { kind: pod, name: web, namespace: shop } }
  dst: { host: { name: 0.0.0.0 } }
- name: three
  targetPort: 80
  src: { k8sResource: { kind: pod, name: web, namespace: shop } }
  dst: { host: { name: control-plane.io } }
`;

describe('cases of netassert', () => {
  it('are recognised, and an exit code is a verdict', () => {
    const { format, cases } = parseReachabilityTest(NETASSERT, { file: 'n.yaml' });
    expect(format).toBe('netassert');
    expect(cases.map(({ name, from, to, ports, expect: verdict }) => [name, from, to, ports[0]!.text, verdict])).toEqual([
      ['one', { kind: 'workload', workload: 'shop/deployment/web' }, { kind: 'workload', workload: 'shop/pod/api' }, 'TCP/8080', 'allow'],
      ['two', { kind: 'workload', workload: 'shop/pod/web' }, { kind: 'ip', ip: '0.0.0.0' }, 'UDP/53', 'deny'],
      ['three', { kind: 'workload', workload: 'shop/pod/web' }, { kind: 'host', host: 'control-plane.io' }, 'TCP/80', 'allow'],
    ]);
    expect(cases.map(({ notes }) => notes.length)).toEqual([2, 0, 0]);
  });

  it('are refused where they say what is not known', () => {
    const wrong = (was: string, is: string) => problemsOf(NETASSERT.replace(was, is));
    expect(wrong('exitCode: 1', 'exitCode: 7')[0]).toMatch(/^t:14:3 \[1\]\.exitCode: found `7`, expected a whole number from 0 to 1/);
    expect(wrong('type: k8s', 'type: vm')).toEqual(['t:3:3 [0].type: found `vm`, expected `k8s`']);
    expect(wrong('name: two', 'name: one')[0]).toContain('the name `one` is that of the case in line 2');
    expect(wrong('protocol: udp', 'protocol: icmp')).toHaveLength(1);
    expect(wrong('attempts: 3', 'retries: 3')[0]).toContain('unknown field `retries`');
    expect(wrong('src: { k8sResource: { kind: deployment', 'src: { host: { kind: deployment')[0]).toContain('unknown field `host`');
    expect(wrong('targetPort: 53', 'targetPort: 0')).toHaveLength(1);
  });
});

const TRAFFIC = [
  {
    Source: { Internal: { PodLabels: { pod: 'b' }, NamespaceLabels: { ns: 'y' }, Namespace: 'y' }, IP: '192.168.1.9' },
    Destination: { Internal: { PodLabels: { pod: 'a' }, Namespace: 'y' } },
    Protocol: 'TCP',
    ResolvedPort: 80,
    ResolvedPortName: 'serve-80-tcp',
  },
  {
    source: { ip: '8.8.8.8' },
    destination: { internal: { workload: 'y/deployment/c', namespace: 'y' } },
    protocol: 'UDP',
    resolvedPort: 53,
    resolvedPortName: 'dns',
  },
  { Source: { Internal: { Namespace: 'y', Node: 'n' } }, Destination: { IP: '8.8.8.8' }, Protocol: 'TCP', ResolvedPort: 1 },
];

describe('traffic of policy-assistant', () => {
  const text = JSON.stringify(TRAFFIC, null, 2);

  it('is recognised, and expected to be what the caller says', () => {
    const { format, cases, skipped } = parseReachabilityTest(text, { file: 'traffic.json', expect: 'deny' });
    expect([format, cases.map(({ expect: verdict }) => verdict)]).toEqual(['policy-assistant', ['deny', 'deny']]);
    const named = [{ name: 'serve-80-tcp', port: 80, protocol: 'TCP' }];
    expect(cases[0]).toMatchObject({
      name: 'traffic 1',
      origin: { line: 2, column: 3 },
      from: { kind: 'pods', namespace: 'y', labels: { pod: 'b' }, namespaceLabels: { ns: 'y' }, ips: ['192.168.1.9'], containerPorts: [] },
      to: { kind: 'pods', namespace: 'y', labels: { pod: 'a' }, namespaceLabels: {}, ips: [], containerPorts: named },
    });
    expect(cases[1]).toMatchObject({ from: { kind: 'ip', ip: '8.8.8.8' }, to: { kind: 'workload' }, ports: [{ text: 'UDP/53' }] });
    expect(cases[1]!.notes).toEqual(['`ResolvedPortName: dns` plays no part for a workload: the names that pods declare count']);
    expect(skipped).toMatchObject([{ name: 'traffic 3', because: '`Node` cannot be said of an end here' }]);
  });

  it('is refused without a verdict, and where it says what is not known', () => {
    expect(problemsOf(text)).toEqual([
      't:1:1: a list of traffic says no verdict; say what all of it must be: `--expect allow`, `deny` or `unknown` (`expect` in the library)',
    ]);
    const wrong = (was: string, is: string) => problemsOf(text.replace(was, is), { expect: 'allow' });
    expect(wrong('"Protocol"', '"Protokoll"').join()).toContain('unknown field `Protokoll`');
    expect(wrong('"namespace": "y"', '"namespace": "z"')[0]).toContain('it is not the namespace of the `Workload`');
    expect(wrong('"TCP"', '"ICMP"')).toHaveLength(1);
    expect(wrong('"8.8.8.8"', '"8.8.8"')).toHaveLength(1);
    expect(wrong('"source"', '"Source": {}, "source"').join()).toContain('the field `Source` is written twice');
  });
});
