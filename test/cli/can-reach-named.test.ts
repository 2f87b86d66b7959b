/**
 * `can-reach` to Services and hosts, from the outside: both formats, exit codes, ports that may be left out, and what is refused.
 */
import { describe, expect, it } from 'vitest';
import { runHere } from '../bad-input/row.ts';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const pod = (name: string, n: number, port: number) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name.replace(/-.*/, '')}}}
spec: {containers: [{name: c, ports: [{name: web, containerPort: ${port}}]}]}
status: {podIP: 10.0.0.${n}}
`;
const cluster = writeText(
  folder,
  'cluster.yaml',
  `${pod('web', 1, 80)}${pod('cart-0', 2, 8080)}${pod('cart-1', 3, 8081)}---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {clusterIP: 10.96.0.7, selector: {app: cart}, ports: [{name: http, port: 80, targetPort: web}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec: {podSelector: {matchLabels: {app: cart}}, ingress: [{ports: [{port: 8080}]}]}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}
---
apiVersion: v1
kind: Service
metadata: {name: outer, namespace: shop}
spec: {type: NodePort, clusterIP: 10.96.0.8, selector: {app: cart}, ports: [{port: 80, targetPort: web, nodePort: 30080}]}
${pod('cart.v1', 9, 80).replace('app: cart', 'app: other')}`,
);
const names = writeText(folder, 'names.yaml', 'api.example.com: [203.0.113.1, "2001:db8::1"]\n');
const here = (...args: readonly string[]) => runHere(args, { cwd: ROOT });
const ask = (...args: readonly string[]) => here('can-reach', ...args, '-f', cluster);

describe('can-reach to a Service', () => {
  it('tells every backend, and what they say together', async () => {
    const { code, stdout } = await runCli(['can-reach', 'shop/web', 'svc/shop/cart:http', '-f', cluster]);
    expect(stdout).toBe(
      [
        'shop/web → svc/shop/cart:http: MIXED',
        `  Service shop/cart TCP/80 (\`http\`) → target port \`web\` (${cluster}:20:1)`,
        '  shop/web → shop/cart-0 TCP/8080: allow',
        '    egress of shop/web: allow — not isolated',
        `    ingress of shop/cart-0: allow — isolated by NetworkPolicy shop/cart (${cluster}:25:1)`,
        `      NetworkPolicy shop/cart ingress[0] (any peer, ports[0]) allows it (${cluster}:28:59)`,
        '  shop/web → shop/cart-1 TCP/8081: deny',
        '    egress of shop/web: allow — not isolated',
        `    ingress of shop/cart-1: deny — isolated by NetworkPolicy shop/cart (${cluster}:25:1), no rule matches`,
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  it.each([
    [['svc/shop/cart', '--expect', 'allow'], 1],
    [['svc/shop/cart', '--expect', 'deny'], 1],
    [['svc/shop/cart', '--expect', 'mixed'], 0],
    [['cart.shop.svc:80', '--port', '80', '--expect', 'mixed'], 0],
    [['10.96.0.7', '--port', '80', '--expect', 'mixed'], 0],
    [['192.0.2.1', '--port', '30080', '--expect', 'allow'], 3],
    [['192.0.2.1', '--port', '30081', '--expect', 'allow'], 0],
    [['api.example.com:443', '--domain-names', names, '--expect', 'allow'], 0],
    [['api.example.com:443', '--expect', 'allow'], 3],
    [['api.example.com:443', '--expect', 'unknown'], 0],
  ] as const)('%j exits %i', async (args, code) => {
    expect((await ask('shop/web', ...args)).code).toBe(code);
  });

  it('writes JSON that keeps its schema', async () => {
    const validate = validatorOf('named-reachability');
    for (const [from, ...args] of [
      ['shop/web', 'svc/shop/cart', '--expect', 'allow'],
      ['shop/web', 'api.example.com:443', '--domain-names', names],
      ['shop/web', 'api.example.com:443'],
      ['203.0.113.9', 'svc/shop/cart'],
      ['203.0.113.9', '192.0.2.1', '--port', '30080'],
    ] as const) {
      const document = JSON.parse((await ask(from, ...args, '-o', 'json')).stdout);
      expect(validate(document)).toEqual([]);
      expect(validate({ ...document, verdict: 'perhaps' })).not.toEqual([]);
    }
  });

  it.each([
    [['shop/web', 'svc/shop/cart:8080'], 'has no port 8080, it has TCP/80 (`http`)'],
    [['shop/web', 'svc/shop/cart:http', '--port', '81'], 'is TCP/80 (`http`), and not port 81'],
    [['shop/web', 'svc/shop/crt'], 'did you mean `svc/shop/cart`?'],
    [['svc/shop/cart', 'shop/web', '--port', '80'], 'connections come from pods: name `shop/cart-0`'],
    [['shop/web', 'api.example.com'], 'which port of `api.example.com`?'],
    [['shop/web', 'shop/cart-0', '--port', '80', '--expect', 'mixed'], 'one connection has one verdict'],
    [['shop/web', '10.0.0.2:80', '--port', '80'], 'is an address with a port'],
    [['shop/web', '[2001:db8::1]:80'], 'write an address alone'],
    // Nearly a Service.
    [['web', 'cart:http', '-n', 'shop'], 'a Service is written `svc/namespace/cart:http`'],
    [['shop/web', 'shop/cart:http'], 'a Service is written `svc/shop/cart:http`'],
    [['shop/web', 'svc/cart:http'], 'a Service is written `svc/namespace/cart:http`'],
    [['shop/web', 'svc/cart', '--port', '80'], 'names no namespace: a Service is `svc/namespace/cart`, or give `-n`'],
    [
      ['web', 'cart', '--port', '80', '-n', 'shop'],
      'there is no pod or workload `shop/cart`, and a Service of this name: write `svc/shop/cart`',
    ],
    [['web', 'cart.v1', '--port', '80', '-n', 'shop'], '`cart.v1` is a pod of `shop`, and may be a host: write the pod as `shop/cart.v1`'],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await ask(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('needs manifests', async () => {
    const tables = `${folder}/t.npt`;
    expect((await here('compile', '-f', cluster, '--out', tables)).code).toBe(0);
    const { code, stderr } = await here('can-reach', 'shop/web', 'svc/shop/cart', '--tables', tables);
    expect([code, stderr]).toEqual([2, expect.stringContaining('compiled tables hold neither Services nor names of hosts')]);
  });
});
