/**
 * One mistake of each kind, planted in a cluster that works without it: the walk is blocked where the mistake is, and the first suggestion is the line that was changed, as the author of the mistake knows it.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { applyChanges } from '../../../src/input/changes.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { canReachNamed } from '../../../src/services/can-reach-named.ts';
import type { NamedQuery } from '../../../src/services/named-reachability.ts';
import { troubleshoot } from '../../../src/troubleshoot/troubleshoot.ts';
import type { EditCode } from '../../../src/troubleshoot/troubleshooting.ts';

/** Every line that a mistake changes has a comment of its own to be found by. */
const CLUSTER = `
apiVersion: v1
kind: Namespace
metadata: {name: front, labels: {team: web}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: front, labels: {app: web, role: client}}
spec: {containers: [{name: c}]}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
status: {podIP: 10.0.0.2}
---
apiVersion: v1
kind: Pod
metadata: {name: dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec: {containers: [{name: c}]}
status: {podIP: 10.0.0.3}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  clusterIP: 10.96.0.7
  selector: {app: cart} # selector
  ports: [{name: web, port: 80, targetPort: http}] # target
---
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: front}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress] # types
  egress:
    - to:
        - namespaceSelector:
            matchLabels: {kubernetes.io/metadata.name: shop} # to-namespace
          podSelector:
            matchLabels: {app: cart} # to-pod
      ports:
        - {port: 8080} # to-port
    - ports:
        - {port: 53, protocol: UDP} # to-dns
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop} # where
spec:
  podSelector: {matchLabels: {app: cart}} # subject
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: {team: web} # from-namespace
          podSelector:
            matchLabels: {role: client} # from-pod
      ports:
        - {port: http} # from-port
`;

interface Planted {
  readonly title: string;
  /** Texts, and what stands in their place. */
  readonly changes: readonly (readonly [from: string, to: string])[];
  readonly code: EditCode;
  readonly step: 'dns' | 'port' | 'egress' | 'ingress';
  /** On the line of this comment, or at the place of this line. */
  readonly line: string;
  readonly words: string;
  readonly query?: NamedQuery;
}

const QUERY: NamedQuery = { from: 'front/web', to: 'svc/shop/cart:web' };

const PLANTED: readonly Planted[] = [
  {
    title: 'a typing error in the label of a podSelector',
    changes: [['{role: client} # from-pod', '{role: clinet} # from-pod']],
    code: 'label-value',
    step: 'ingress',
    line: '# from-pod',
    words: '`role: clinet` → `client`, which is what `front/web` has',
  },
  {
    title: 'a typing error in the key of a label',
    changes: [['{role: client} # from-pod', '{roel: client} # from-pod']],
    code: 'label-key',
    step: 'ingress',
    line: '# from-pod',
    words: 'the label `roel` → `role`',
  },
  {
    title: 'a typing error in a value of an expression',
    changes: [
      ['matchLabels: {role: client} # from-pod', 'matchExpressions: [{key: role, operator: In, values: [admin, clent]}] # from-pod'],
    ],
    code: 'label-value',
    step: 'ingress',
    line: '# from-pod',
    words: '`role: clent` → `client`',
  },
  {
    title: 'a value that an expression does not list',
    changes: [['matchLabels: {role: client} # from-pod', 'matchExpressions: [{key: role, operator: In, values: [admin]}] # from-pod']],
    code: 'add-value',
    step: 'ingress',
    line: '# from-pod',
    words: 'add `client` to the values of `role`',
  },
  {
    title: 'a Namespace asked for by a label that it does not have',
    changes: [['{kubernetes.io/metadata.name: shop} # to-namespace', '{name: shop} # to-namespace']],
    code: 'name-label',
    step: 'egress',
    line: '# to-namespace',
    words: 'the label `name` → `kubernetes.io/metadata.name`',
  },
  {
    title: 'a Namespace without the label that the policy wants',
    changes: [['labels: {team: web}', 'labels: {}']],
    code: 'namespace-label',
    step: 'ingress',
    line: 'apiVersion: v1',
    words: 'add the label `team: web` to Namespace `front`',
  },
  {
    title: 'a pod without the label that the policy wants',
    changes: [[', role: client}}', '}}']],
    code: 'pod-label',
    step: 'ingress',
    line: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web',
    words: 'add the label `role: client` to Pod `front/web`',
  },
  {
    title: 'a podSelector alone, for a pod of another namespace',
    changes: [['namespaceSelector:\n            matchLabels: {team: web} # from-namespace\n          podSelector:', 'podSelector:']],
    code: 'add-namespace-selector',
    step: 'ingress',
    line: 'podSelector:\n            matchLabels: {role',
    words: 'add `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: front}}` to this peer',
  },
  {
    title: 'two selectors in one item where either was meant',
    changes: [['{role: client} # from-pod', '{role: backup} # from-pod']],
    code: 'split-peer',
    step: 'ingress',
    line: 'podSelector:\n            matchLabels: {role',
    words: 'put a dash before `podSelector`',
  },
  {
    title: "the port of the Service in place of the pod's",
    changes: [['{port: 8080} # to-port', '{port: 80} # to-port']],
    code: 'service-port',
    step: 'egress',
    line: '# to-port',
    words: 'port 80 → 8080: 80 is the port of `svc/shop/cart`',
  },
  {
    title: 'a name of a port that the pod does not have',
    changes: [['{port: http} # from-port', '{port: htpp} # from-port']],
    code: 'port-name',
    step: 'ingress',
    line: '# from-port',
    words: 'port `htpp` → `http`',
  },
  {
    title: 'a port for another protocol',
    changes: [['{port: 8080} # to-port', '{port: 8080, protocol: UDP} # to-port']],
    code: 'protocol',
    step: 'egress',
    line: '# to-port',
    words: 'it is there for UDP',
  },
  {
    title: 'DNS without the protocol of DNS',
    changes: [['{port: 53, protocol: UDP} # to-dns', '{port: 53} # to-dns']],
    code: 'protocol',
    step: 'dns',
    line: '# to-dns',
    words: 'a port without protocol is TCP',
  },
  {
    title: 'a block that holds the address of the Service',
    changes: [
      [
        'namespaceSelector:\n            matchLabels: {kubernetes.io/metadata.name: shop} # to-namespace\n          podSelector:\n            matchLabels: {app: cart} # to-pod',
        'ipBlock: {cidr: 10.96.0.0/16} # to-block',
      ],
    ],
    code: 'service-address',
    step: 'egress',
    line: '# to-block',
    words: '`10.96.0.0/16` holds the address of `svc/shop/cart`',
  },
  {
    title: 'an exception that holds the pod',
    changes: [
      [
        'namespaceSelector:\n            matchLabels: {kubernetes.io/metadata.name: shop} # to-namespace\n          podSelector:\n            matchLabels: {app: cart} # to-pod',
        'ipBlock: {cidr: 10.0.0.0/16, except: [10.0.9.0/24, 10.0.0.2/31]} # to-block',
      ],
    ],
    code: 'except',
    step: 'egress',
    line: '# to-block',
    words: 'take `10.0.0.2/31` out of the exceptions of `10.0.0.0/16`',
  },
  {
    title: 'rules of a direction that policyTypes leaves out',
    changes: [['# subject\n', '# subject\n  policyTypes: [Egress] # types-of-cart\n']],
    code: 'policy-types',
    step: 'ingress',
    line: '# types-of-cart',
    words: 'add `Ingress` to `policyTypes`',
  },
  {
    title: 'a policy that nearly selects the pod',
    changes: [['{matchLabels: {app: cart}} # subject', '{matchLabels: {app: carts}} # subject']],
    code: 'policy-selector',
    step: 'ingress',
    line: '# subject',
    words: '`app: carts` → `cart`',
  },
  {
    title: 'a policy without namespace',
    changes: [['{name: cart, namespace: shop} # where', '{name: cart} # where']],
    code: 'policy-namespace',
    step: 'ingress',
    line: '# where',
    words: 'move it from the namespace `default` to `shop`',
  },
  {
    title: 'a port that nobody has thought of',
    changes: [['{port: 8080} # to-port', '{port: 9090} # to-port']],
    code: 'add-port',
    step: 'egress',
    line: 'ports:\n        - {port: 9090}',
    words: 'add `protocol: TCP, port: 8080` to the ports of egress[0]',
  },
  {
    title: 'a peer that nobody has thought of',
    changes: [
      ['{team: web} # from-namespace', '{team: billing} # from-namespace'],
      ['{role: client} # from-pod', '{role: backup} # from-pod'],
    ],
    code: 'add-peer',
    step: 'ingress',
    line: 'from:\n        - namespaceSelector:\n            matchLabels: {team: b',
    words: 'to `from` of ingress[0]',
  },
  {
    title: 'no policy for the pod at all',
    changes: [['{matchLabels: {app: cart}} # subject', '{matchLabels: {app: payment}} # subject']],
    code: 'add-policy',
    step: 'ingress',
    line: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: closed',
    words: 'add a NetworkPolicy of its own',
  },
  {
    title: 'a typing error in the selector of the Service',
    changes: [['{app: cart} # selector', '{app: crt} # selector']],
    code: 'service-selector',
    step: 'port',
    line: '# selector',
    words: 'selector: `app: crt` → `cart`',
  },
  {
    title: 'a target port that no container has',
    changes: [['targetPort: http}', 'targetPort: htpt}']],
    code: 'target-port',
    step: 'port',
    line: '# target',
    words: 'targetPort `htpt` → `http`',
  },
];

function plant(changes: Planted['changes']): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, CLUSTER);
}

function explain(text: string, query: NamedQuery = QUERY) {
  const manifests = parseManifests(text, { file: 'cluster.yaml' });
  return { manifests, ...troubleshoot(compile(manifests), manifests, query) };
}

describe('a cluster that works', () => {
  it('is walked through without a finding', () => {
    const { outcome, steps, suggestions } = explain(CLUSTER);
    expect([outcome, steps.map(({ topic, outcome: found }) => `${topic} ${found}`), suggestions]).toEqual([
      'reaches',
      ['ends ok', 'dns ok', 'port ok', 'egress ok', 'ingress ok'],
      [],
    ]);
  });
});

describe('a mistake', () => {
  it.each(PLANTED.map((each) => ({ name: each.title, ...each })))(
    '$name is found at its line',
    ({ changes, code, step, line, words, query }) => {
      const text = plant(changes);
      const { outcome, steps, suggestions, manifests } = explain(text, query);
      expect(outcome).toBe('blocked');
      expect(steps.filter((each) => each.outcome === 'blocked').map(({ topic }) => topic)).toEqual([step]);
      const found = suggestions.find((each) => each.code === code);
      expect(found, JSON.stringify(suggestions, null, 1)).toBeDefined();
      expect([found?.step, found?.place.line]).toEqual([step, text.slice(0, text.indexOf(line)).split('\n').length]);
      expect(found?.edit).toContain(words);
      // Nothing is told that does not help, and each opens the connection alone.
      for (const each of suggestions) {
        const changed = applyChanges(manifests, each.changes);
        expect(troubleshoot(compile(changed), changed, query ?? QUERY).outcome, each.edit).toBe('reaches');
      }
    },
  );

  it('of every kind is here', () => {
    const known = ['add-rule', ...PLANTED.map(({ code }) => code)];
    expect(new Set(known).size).toBe(22);
  });

  it('is no slip where somebody has what is written, or numbers differ', () => {
    const other =
      '---\napiVersion: v1\nkind: Pod\nmetadata: {name: other, namespace: shop, labels: {role: clients}}\nspec: {containers: [{name: c}]}\n';
    const codes = (text: string) => explain(text).suggestions.map(({ code }) => code);
    const plural = plant([['{role: client} # from-pod', '{role: clients} # from-pod']]);
    expect(codes(plural)).toContain('label-value');
    expect(codes(plural + other)).not.toContain('label-value');
    expect(
      codes(
        plant([
          ['role: client}}', 'role: client-1}}'],
          ['{role: client} # from-pod', '{role: client-2} # from-pod'],
        ]),
      ),
    ).not.toContain('label-value');
  });

  it('that is a slip is told before what widens a rule', () => {
    for (const { changes, code } of PLANTED.filter((each) =>
      ['label-value', 'label-key', 'name-label', 'service-port'].includes(each.code),
    ))
      expect(explain(plant(changes)).suggestions[0]?.code).toBe(code);
  });
});

describe('two mistakes', () => {
  it('at one end and the other are told apart', () => {
    const text = plant([
      ['{port: 8080} # to-port', '{port: 80} # to-port'],
      ['{role: client} # from-pod', '{role: clinet} # from-pod'],
    ]);
    const { steps, suggestions } = explain(text);
    expect(steps.filter(({ outcome }) => outcome === 'blocked').map(({ topic }) => topic)).toEqual(['egress', 'ingress']);
    expect(
      suggestions
        .filter(({ code }) => code === 'service-port' || code === 'label-value')
        .map(({ step, opens, connects }) => [step, opens, connects]),
    ).toEqual([
      ['egress', 1, 0],
      ['ingress', 1, 0],
    ]);
  });

  it('in one rule are no slip: a rule is proposed', () => {
    const text = plant([
      ['{port: http} # from-port', '{port: htpp} # from-port'],
      ['{role: client} # from-pod', '{role: clinet} # from-pod'],
    ]);
    expect(explain(text).suggestions.map(({ code }) => code)).toEqual(['add-rule']);
  });
});

describe('where no policy of the namespace is to blame', () => {
  it('a rule of an administrator is named, and nothing is proposed', () => {
    const admin = `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: zone}
spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}
`;
    const { outcome, steps, suggestions } = explain(CLUSTER + admin, { from: 'front/web', to: 'shop/cart', port: 8080 });
    expect([outcome, suggestions]).toEqual(['blocked', []]);
    expect(steps.at(-1)?.sentence).toBe(
      'ClusterNetworkPolicy `zone` denies it at `shop/cart`: a rule of the tier Admin, which no NetworkPolicy can undo',
    );
  });

  it('a policy that could not be read is, and nothing is certain', () => {
    const broken =
      '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: odd, namespace: front}\nspec: {podSelector: {}, policyTypes: [Egress], egress: 7}\n';
    const text = plant([['{port: 8080} # to-port', '{port: 80} # to-port']]) + broken;
    expect(explain(text).outcome).toBe('unknown');
  });

  it('ports are compared with those of the Service and of the pod', () => {
    const sentence = (query: NamedQuery) => {
      const { outcome, steps } = explain(CLUSTER, query);
      const step = steps.find(({ topic }) => topic === 'port');
      return [outcome, step?.outcome, step?.sentence, ...(step?.details ?? []).map((each) => each.sentence)];
    };
    expect(sentence({ ...QUERY, to: 'svc/shop/cart:8080' })).toEqual([
      'blocked',
      'blocked',
      'the Service `svc/shop/cart` has no port 8080, it has TCP/80 (`web`)',
      '8080 is what TCP/80 (`web`) is translated to: clients connect to 80',
    ]);
    expect(sentence({ from: 'front/web', to: 'shop/cart', port: 80 })).toEqual([
      'blocked',
      'warning',
      '80 is the port of `svc/shop/cart`, and the pod has 8080: ask for `svc/shop/cart:web`, or for port 8080',
    ]);
    expect(sentence({ from: 'front/web', to: 'shop/cart', port: 8081 })[2]).toBe(
      'no container of `shop/cart` declares TCP/8081: it declares TCP/8080 (`http`), and may listen on others',
    );
  });

  it('a cache on the nodes may answer in place of the DNS', () => {
    const text = plant([['{port: 53, protocol: UDP} # to-dns', '{port: 53} # to-dns']]);
    const cache =
      '---\napiVersion: v1\nkind: Pod\nmetadata: {name: cache, namespace: kube-system, labels: {k8s-app: node-local-dns}}\nspec: {hostNetwork: true, containers: [{name: c}]}\n';
    const outcomes = (yaml: string) => [explain(yaml).outcome, explain(yaml).steps.find(({ topic }) => topic === 'dns')?.outcome];
    expect(outcomes(text)).toEqual(['blocked', 'blocked']);
    expect(outcomes(text + cache)).toEqual(['reaches', 'unknown']);
  });

  it('a Service without backends leads nowhere', () => {
    const { outcome, steps } = explain(plant([['{app: cart} # selector', '{app: somebody-else} # selector']]));
    expect(outcome).toBe('blocked');
    expect(steps.find(({ topic }) => topic === 'port')?.sentence).toBe(
      '`svc/shop/cart` has no backend: its selector selects no pod that runs',
    );
  });
});

/** A pod of the shop that a rule is right for, beside the one that it is wrong for. */
const NEIGHBOUR = (labels: string, port: string, name = 'neighbour') => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: ${labels}}
spec: {containers: [{name: c, ports: [${port}]}]}
status: {podIP: 10.0.0.${name.length}}
`;
const FROM_NAMESPACE = 'namespaceSelector:\n            matchLabels: {team: web} # from-namespace\n          podSelector:';
const OF_PODS =
  'namespaceSelector:\n            matchLabels: {kubernetes.io/metadata.name: shop} # to-namespace\n          podSelector:\n            matchLabels: {app: cart} # to-pod';

describe('a change for one pod', () => {
  const inside: NamedQuery = { from: 'shop/neighbour', to: 'shop/cart', port: 8080 };
  it.each([
    {
      title: 'a selector that admits pods of the namespace',
      changes: [[FROM_NAMESPACE, 'podSelector:']] as const,
      beside: NEIGHBOUR('{role: client}', '{containerPort: 1}'),
      code: 'add-namespace-selector',
      open: inside,
    },
    {
      title: 'the port of a Service that is the port of another pod',
      changes: [['{port: 8080} # to-port', '{port: 80} # to-port']] as const,
      beside: NEIGHBOUR('{app: cart}', '{containerPort: 80, name: http}'),
      code: 'service-port',
      open: { from: 'front/web', to: 'shop/neighbour', port: 80 },
    },
    {
      title: 'a name of a port that another pod has',
      changes: [['{port: http} # from-port', '{port: htpp} # from-port']] as const,
      beside: NEIGHBOUR('{app: cart}', '{containerPort: 8080, name: htpp}'),
      code: 'port-name',
      open: { from: 'front/web', to: 'shop/neighbour', port: 8080 },
    },
    {
      title: 'a block that holds more than the Service',
      changes: [[OF_PODS, 'ipBlock: {cidr: 10.96.0.0/16} # to-block']] as const,
      beside: '',
      code: 'service-address',
      open: { from: 'front/web', to: '10.96.9.9', port: 8080 },
    },
  ] as const)('does not take from others what they have: $title', ({ changes, beside, code, open }) => {
    const text = `${plant(changes)}${beside}`;
    const query: NamedQuery = { from: 'front/web', to: 'shop/cart', port: 8080 };
    const { manifests, suggestions } = explain(text, query);
    const ask = (now: typeof manifests, asked: NamedQuery) => canReachNamed(compile(now), now, asked).verdict;
    expect([ask(manifests, query), ask(manifests, open)]).toEqual(['deny', 'allow']);
    const found = suggestions.find((each) => each.code === code);
    expect(found?.edit).toContain('beside');
    const changed = applyChanges(manifests, found?.changes ?? {});
    expect([ask(changed, query), ask(changed, open)]).toEqual(['allow', 'allow']);
  });

  it('asks no Namespace by its name where another has the label that is asked for', () => {
    const other = '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: twin, labels: {name: shop}}\n';
    const text = plant([['{kubernetes.io/metadata.name: shop} # to-namespace', '{name: shop} # to-namespace']]);
    expect(explain(text).suggestions[0]?.code).toBe('name-label');
    expect(explain(`${text}${other}`).suggestions.map(({ code }) => code)).not.toContain('name-label');
  });

  it('says what else comes of it', () => {
    const words = (changes: Planted['changes']) => explain(plant(changes)).suggestions[0]?.edit;
    expect(words([['labels: {team: web}', 'labels: {}']])).toContain('every policy that asks for it');
    expect(words([[', role: client}}', '}}']])).toContain('every policy and Service that asks for it');
    expect(words([['# subject\n', '# subject\n  policyTypes: [Egress] # types-of-cart\n']])).toContain('nothing else is allowed');
    const both = [['{matchLabels: {app: cart}} # subject\n', '{matchLabels: {app: carts}}\n  policyTypes: [Ingress, Egress]\n']] as const;
    expect(words(both)).toContain('it then isolates the pod for egress, too');
    expect(words([[OF_PODS, 'ipBlock: {cidr: 10.0.0.0/16, except: [10.0.0.2/31]}']])).toContain(
      'every other address of it is then admitted',
    );
  });

  it('is told once, however it is written', () => {
    const { suggestions } = explain(plant([['{port: 53, protocol: UDP} # to-dns', '{port: 53} # to-dns']]));
    expect(suggestions.map(({ code }) => code)).toEqual(['protocol']);
  });

  it('is not proposed against an administrator, whose default a NetworkPolicy can undo', () => {
    const admin = (kind: string, name: string, priority: string) =>
      `---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: {${priority}subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}\n`;
    const pods = CLUSTER.slice(0, CLUSTER.indexOf('---\napiVersion: networking'));
    const words = (text: string) => explain(`${pods}${text}`).steps.find(({ topic }) => topic === 'ingress')?.sentence;
    expect(words(admin('AdminNetworkPolicy', 'block', 'priority: 1, '))).toContain('which no NetworkPolicy can undo');
    const baseline = words(admin('BaselineAdminNetworkPolicy', 'default', ''));
    expect(baseline).toContain('tier Baseline, which holds where no NetworkPolicy isolates the pod');
  });
});
