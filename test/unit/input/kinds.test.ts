/**
 * Kinds: what is read, what is left out, lists, versions, and policies that cannot be read.
 */
import { describe, expect, it } from 'vitest';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { brief, findings, podWith, policyWith } from './helpers.ts';

const ref = (kind: string, apiVersion = 'example.com/v1', name = 'o'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: x}\nspec: {anything: [}\n`;

describe('kinds that are not read', () => {
  it('are skipped unparsed and counted by kind', () => {
    const text = [
      ref('Widget'),
      ref('Widget'),
      ref('CustomResourceDefinition', 'apiextensions.k8s.io/v1'),
      ref('Ingress', 'networking.k8s.io/v1'),
      ref('Service', 'serving.knative.dev/v1'),
      ref('AllowList'),
    ].join('---\n');
    const manifests = parseManifests(text.replace(/spec: \{anything: \[\}\n$/, ''));
    expect([...manifests.skipped]).toEqual([
      ['Widget', 2],
      ['CustomResourceDefinition', 1],
      ['Ingress', 1],
      ['Service', 1],
      ['AllowList', 1],
    ]);
    expect(manifests.diagnostics).toEqual([]);
  });

  it.each([
    ['ClusterNetworkPolicy', 'crd.antrea.io/v1beta1'],
    ['CiliumNetworkPolicy', 'cilium.io/v2'],
    ['CiliumClusterwideNetworkPolicy', 'cilium.io/v2'],
    ['NetworkPolicy', 'projectcalico.org/v3'],
    ['NetworkPolicy', 'crd.projectcalico.org/v1'],
    ['GlobalNetworkPolicy', 'projectcalico.org/v3'],
    ['StagedKubernetesNetworkPolicy', 'projectcalico.org/v3'],
    ['AuthorizationPolicy', 'security.istio.io/v1'],
    ['PeerAuthentication', 'security.istio.io/v1'],
    ['RequestAuthentication', 'security.istio.io/v1'],
    ['EgressFirewall', 'k8s.ovn.org/v1'],
    ['EgressNetworkPolicy', 'network.openshift.io/v1'],
    ['IngressNodeFirewall', 'ingressnodefirewall.openshift.io/v1alpha1'],
    ['MultiNetworkPolicy', 'k8s.cni.cncf.io/v1beta1'],
    ['ServerAuthorization', 'policy.linkerd.io/v1beta1'],
    ['Server', 'policy.linkerd.io/v1beta3'],
    ['MeshTrafficPermission', 'kuma.io/v1alpha1'],
    ['TrafficPermission', 'kuma.io/v1alpha1'],
    ['ServiceIntentions', 'consul.hashicorp.com/v1alpha1'],
    ['TrafficTarget', 'access.smi-spec.io/v1alpha3'],
  ])('are named when they could change verdicts: %s of %s', (kind, apiVersion) => {
    for (const manifests of [
      parseManifests(`${ref(kind, apiVersion)}---\n${ref(kind, apiVersion)}`),
      parseManifests(
        [
          { apiVersion, kind },
          { apiVersion, kind },
        ]
          .map((object) => JSON.stringify(object))
          .join('\n'),
      ),
      manifestsFromObjects([
        { apiVersion, kind },
        { apiVersion, kind },
      ]),
    ]) {
      expect([...manifests.skipped]).toEqual([[kind, 2]]);
      expect(manifests.diagnostics).toMatchObject([{ code: 'policy-not-considered', severity: 'warning' }]);
      expect(manifests.diagnostics[0]!.message).toContain(`2 objects of kind \`${kind}\``);
      expect(manifests.unreadable).toEqual([]);
    }
  });
});

describe('lists', () => {
  const item = (name: string): string => `- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: ${name}\n    namespace: x\n`;
  it.each([
    ['List', `apiVersion: v1\nkind: List\nitems:\n${item('a')}${item('b')}`],
    ['List with its kind at the end', `apiVersion: v1\nitems:\n${item('a')}${item('b')}kind: List\nmetadata:\n  resourceVersion: ""\n`],
    ['PodList with kinds in it', `kind: PodList\nitems:\n${item('a')}${item('b')}`],
    [
      'PodList without kinds in it',
      `apiVersion: v1\nitems:\n- metadata: {name: a, namespace: x}\n- metadata: {name: b, namespace: x}\nkind: PodList\n`,
    ],
    ['items further right', `kind: List\nitems:\n${`${item('a')}${item('b')}`.replaceAll(/^(?=.)/gm, '    ')}`],
    ['items after a dash alone', `kind: List\nitems:\n-\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: a, namespace: x}\n${item('b')}`],
    [
      'items in brackets',
      'kind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: x}}, {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: x}}]\n',
    ],
    ['a list alone', `${item('a')}${item('b')}`],
    ['comments and null items', `kind: List\nitems:\n# one\n${item('a')}\n-\n  # nothing\n- null\n${item('b')}# end\n`],
    [
      'three lists',
      `kind: List\nitems:\n- kind: List\n  items:\n  - kind: List\n    items:\n${`${item('a')}${item('b')}`.replaceAll(/^(?=.)/gm, '    ')}`,
    ],
  ])('%s', (_, text) => {
    for (const form of [text, text.replaceAll('\n', '\r\n'), `kind: Other\n---\n${text}---\nkind: Other\n`]) {
      const manifests = parseManifests(form);
      expect(findings(manifests)).toEqual([]);
      expect(manifests.pods.map(({ object }) => object)).toEqual(
        ['a', 'b'].map((name) => ({ kind: 'Pod', metadata: { name, namespace: 'x' } })),
      );
    }
  });

  it('may be empty', () => {
    for (const text of ['kind: List\nitems: []\n', 'kind: List\nitems:\n', '{"kind":"List","items":[]}']) {
      const manifests = parseManifests(text);
      expect(manifests.unreadable).toEqual([]);
      expect(manifests.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it('is refused when what is around the items is broken, with the right line', () => {
    expect(findings(parseManifests(`apiVersion: v1\nitems:\n${item('a')}${item('b')}kind: List\nmetadata: [\n`))).toEqual([
      '15:1 error yaml-syntax',
    ]);
    expect(findings(parseManifests(`apiVersion: v1\nitems:\n${item('a')}items:\n${item('b')}kind: List\n`)).join()).toContain(
      'duplicate-key',
    );
  });
});

describe('a NetworkPolicy that cannot be read', () => {
  const unreadableOf = (text: string): object[] => parseManifests(text).unreadable.map(({ origin: _, reason: __, ...rest }) => rest);

  it.each([
    ['of a version that there is not', policyWith('podSelector: {}').replace('/v1', '/v2')],
    ['of the old group', policyWith('podSelector: {}').replace('networking.k8s.io/v1', 'extensions/v1beta1')],
    ['of a mistyped group', policyWith('podSelector: {}').replace('networking.k8s.io', 'networking.k8s.o')],
    ['without a group', policyWith('podSelector: {}').replace('networking.k8s.io/v1', 'v1')],
    ['without a version', policyWith('podSelector: {}').replace('apiVersion: networking.k8s.io/v1\n', '')],
  ])('%s may select any pod of its namespace', (_, text) => {
    expect(unreadableOf(text)).toEqual([{ kind: 'NetworkPolicy', name: 'p', namespace: 'shop' }]);
    const { networkPolicies, diagnostics } = parseManifests(text);
    expect(networkPolicies).toEqual([]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  });

  it('with a mistyped kind may be a policy', () => {
    expect(unreadableOf(policyWith('podSelector: {}').replace('kind: NetworkPolicy', 'kind: NetworkPolcy'))).toEqual([
      { kind: 'NetworkPolcy', name: 'p', namespace: 'shop' },
    ]);
    expect(unreadableOf(policyWith('podSelector: {}').replace('kind: NetworkPolicy\n', ''))).toEqual([
      { kind: '(unreadable)', name: 'p', namespace: 'shop' },
    ]);
  });

  const bad = 'ingress: [{from: [{}]}]';
  it.each([
    [
      'keeps its selector and directions when they are sound',
      ['podSelector: {matchLabels: {app: web}}', 'policyTypes: [Ingress]', bad],
      { podSelector: { matchLabels: { app: 'web' } }, directions: ['ingress'] },
    ],
    ['selects all pods when no selector is written', [bad], { podSelector: {}, directions: ['ingress'] }],
    ['is both ways with egress rules', ['podSelector: {}', bad, 'egress: [{}]'], { podSelector: {} }],
    ['is egress only', ['podSelector: {}', 'policyTypes: [Egress]', 'egress: [{to: [{}]}]'], { podSelector: {}, directions: ['egress'] }],
    [
      'selects anything with a broken selector',
      ['podSelector: {matchLabels: {app: 1}}', 'policyTypes: [Ingress]'],
      { directions: ['ingress'] },
    ],
    [
      'selects anything with a wrong label',
      ['podSelector: {matchLabels: {"a b": c}}', 'policyTypes: [Ingress]'],
      { directions: ['ingress'] },
    ],
    [
      'selects anything where the selector may be mistyped',
      ['podSelecter: {matchLabels: {app: web}}', 'policyTypes: [Ingress]'],
      { directions: ['ingress'] },
    ],
    ['is both ways where the types may be mistyped', ['podSelector: {}', 'policyType: [Egress]'], { podSelector: {} }],
    ['is both ways with a wrong type', ['podSelector: {}', 'policyTypes: [Egres]'], { podSelector: {} }],
    ['is both ways with an egress that is no list', ['podSelector: {}', 'egress: {}'], { podSelector: {} }],
  ])('%s', (_, spec, scope) => {
    expect(unreadableOf(policyWith(...spec))).toEqual([{ kind: 'NetworkPolicy', name: 'p', namespace: 'shop', ...scope }]);
    const asJson = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p' },
      spec: { ingress: [{ from: [{}] }] },
    };
    expect(unreadableOf(JSON.stringify(asJson))).toEqual([
      { kind: 'NetworkPolicy', name: 'p', namespace: 'default', podSelector: {}, directions: ['ingress'] },
    ]);
  });

  it('may be anywhere when its namespace cannot be trusted', () => {
    const scopes = ['{name: p, namespace: [x]}', '{name: p, namespace: A}', '{name: p, namespce: x}', '[x]'].map((metadata) =>
      unreadableOf(policyWith(bad).replace('{name: p, namespace: shop}', metadata)),
    );
    for (const [scope] of scopes) expect(scope).not.toHaveProperty('namespace');
    expect(unreadableOf(policyWith(bad).replace('{name: p, namespace: shop}', '{name: p}'))[0]).toHaveProperty('namespace', 'default');
    for (const metadata of [
      { name: 'p', namespace: ['x'] },
      { name: 'p', namespce: 'x' },
    ]) {
      const text = JSON.stringify({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata,
        spec: { ingress: [{ from: [{}] }] },
      });
      expect(unreadableOf(text)[0], text).not.toHaveProperty('namespace');
    }
  });

  it('says where and why', () => {
    expect(parseManifests(policyWith(bad), { file: 'p.yaml' }).unreadable).toMatchObject([
      {
        origin: { file: 'p.yaml', line: 1, column: 1 },
        reason: 'spec.ingress[0].from[0]: the peer names nothing, expected `podSelector`, `namespaceSelector` or `ipBlock`',
      },
    ]);
  });
});

describe('duplicates', () => {
  const pod = podWith('{name: a, namespace: x, labels: {a: b, c: d}}');
  const twice = (first: string, second: string): ReturnType<typeof parseManifests> =>
    parseManifests(`${first}---\n${second}`, { file: 'f' });

  it('with the same content are kept once', () => {
    const manifests = twice(pod, podWith('{labels: {c: d, a: b}, namespace: x, name: a, uid: "1"}'));
    expect(manifests.pods).toHaveLength(1);
    expect(manifests.diagnostics.map(brief)).toEqual(['5:1 warning duplicate-object metadata.name']);
    expect(manifests.diagnostics[0]!.message).toContain('f:1:1');
  });

  it('with other content are not used at all', () => {
    const manifests = twice(pod, pod.replace('a: b', 'a: z'));
    expect(manifests.pods).toEqual([]);
    expect(manifests.diagnostics.map(brief)).toEqual(['5:1 error duplicate-object metadata.name']);
    expect(twice(pod, pod.replace('namespace: x', 'namespace: z')).pods).toHaveLength(2);
    expect(twice(pod.replace(', namespace: x', ''), pod.replace('namespace: x', 'namespace: default')).pods).toHaveLength(1);
  });

  it('of policies make both unreadable, each with its own scope', () => {
    const manifests = twice(
      policyWith('podSelector: {matchLabels: {a: b}}'),
      policyWith('podSelector: {matchLabels: {a: c}}', 'policyTypes: [Egress]'),
    );
    expect(manifests.networkPolicies).toEqual([]);
    expect(manifests.unreadable).toMatchObject([
      {
        kind: 'NetworkPolicy',
        name: 'p',
        namespace: 'shop',
        podSelector: { matchLabels: { a: 'b' } },
        directions: ['ingress'],
        origin: { line: 1 },
      },
      { kind: 'NetworkPolicy', name: 'p', namespace: 'shop', podSelector: { matchLabels: { a: 'c' } }, directions: ['egress'] },
    ]);
    expect(manifests.unreadable[0]!.reason).toMatch(/f:1:1 and f:\d+:1/);
  });

  it('with one that cannot be read are not used either, in whichever order', () => {
    const good = policyWith('podSelector: {matchLabels: {a: b}}');
    const other = (change: (text: string) => string): boolean => {
      const bad = change(policyWith('podSelector: {}', 'egresss: []'));
      const read = [twice(good, bad), twice(bad, good)].map(({ networkPolicies, unreadable }) => [
        networkPolicies.length,
        unreadable.length,
      ]);
      expect(read[1]).toEqual(read[0]);
      expect(read[0]![0]! + read[0]![1]!).toBe(2);
      return read[0]![0] === 1;
    };
    expect(other((text) => text)).toBe(false);
    expect(other((text) => text.replace('name: p', 'name: q'))).toBe(true);
    expect(other((text) => text.replace('namespace: shop', 'namespace: z'))).toBe(true);
    // The namespace may be any.
    expect(other((text) => text.replace('namespace: shop', 'namespace: 5'))).toBe(false);
    // It may be a NetworkPolicy.
    expect(other((text) => text.replace('kind: NetworkPolicy', 'kind: null'))).toBe(false);
    expect(other((text) => text.replace('kind: NetworkPolicy', 'kind: null').replace('namespace: shop', 'namespace: z'))).toBe(true);
    // Without a name it may be any: what it leaves open is told by itself.
    expect(other((text) => text.replace('name: p', 'nam: p'))).toBe(true);
  });

  it('with one that cannot be read say where it is', () => {
    const { diagnostics, unreadable } = twice(policyWith('podSelector: {}'), policyWith('podSelector: {}', 'egresss: []'));
    const { message, ...rest } = diagnostics.find(({ code }) => code === 'duplicate-object')!;
    expect(rest).toMatchObject({
      severity: 'error',
      origin: { line: 1 },
      object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'p' },
      field: 'metadata.name',
    });
    expect(message).toMatch(/^another object of this name, at f:\d+:\d+, cannot be used/);
    expect(unreadable[1]!.reason).toMatch(/f:\d+:\d+, cannot be used$/);
    expect(unreadable[1]).toMatchObject({ podSelector: {}, directions: ['ingress'] });
  });

  it('with one that cannot be read make ends of flows unknown too', () => {
    const at = (ip: string): string => `${podWith('{name: a, namespace: x}')}status: {podIP: ${ip}}\n`;
    const bad = at('10.0.0.2').replace('name: a', 'name: a, labels: {a: 5}');
    const both = twice(at('10.0.0.1'), bad);
    expect(both.pods).toEqual([]);
    expect(both.unreadableEnds.flatMap(({ addresses }) => addresses).sort()).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(twice(at('10.0.0.1'), bad.replace('name: a', 'name: b')).pods).toHaveLength(1);
  });
});

describe('namespaces whose labels are not known', () => {
  const selecting = (selector: string): string =>
    policyWith('podSelector: {matchLabels: {a: b}}', `ingress: [{from: [{namespaceSelector: ${selector}}]}]`);
  const badNamespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: ns, labels: {a: 1}}\n';
  const trusted = (selector: string, other: string): boolean =>
    parseManifests(`${selecting(selector)}---\n${other}`).networkPolicies.length === 1;

  it('make policies unreadable that select namespaces by label', () => {
    for (const selector of ['{matchLabels: {a: b}}', '{matchExpressions: [{key: a, operator: NotIn, values: [b]}]}']) {
      expect(trusted(selector, badNamespace), selector).toBe(false);
      expect(trusted(selector, badNamespace.replace('a: 1', 'a: b')), selector).toBe(true);
    }
    const { unreadable } = parseManifests(`${selecting('{matchLabels: {a: b}}')}---\n${badNamespace}`);
    expect(unreadable).toMatchObject([
      { kind: 'NetworkPolicy', namespace: 'shop', podSelector: { matchLabels: { a: 'b' } }, directions: ['ingress'] },
    ]);
    expect(unreadable[0]!.reason).toContain('`ns`');
  });

  it('leave policies alone that select all namespaces, or by name', () => {
    expect(trusted('{}', badNamespace)).toBe(true);
    expect(trusted('{matchLabels: {kubernetes.io/metadata.name: ns}}', badNamespace)).toBe(true);
  });
});
