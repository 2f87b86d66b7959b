/**
 * `netpolsim explain`: both formats, exit codes, and what is refused.
 */
import { describe, expect, it } from 'vitest';
import { runHere } from '../bad-input/row.ts';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const pod = (name: string, n: number) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
status: {podIP: 10.0.0.${n}}
`;
const CLUSTER = `${pod('web', 1)}${pod('cart', 2)}---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {clusterIP: 10.96.0.7, selector: {app: cart}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart
  namespace: shop
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from:
        - podSelector: {matchLabels: {app: web}}
      ports:
        - port: 80
`;
const cluster = writeText(folder, 'cluster.yaml', CLUSTER);
const here = (...args: readonly string[]) => runHere(['explain', ...args], { cwd: ROOT });

describe('explain', () => {
  it('walks to the mistake and names the line', async () => {
    const { code, stdout, stderr } = await runCli(['explain', 'shop/web', 'svc/shop/cart', '-f', cluster]);
    expect(stdout).toBe(
      [
        'shop/web → svc/shop/cart: BLOCKED',
        `  Service shop/cart TCP/80 (\`http\`) → target port \`http\` (${cluster}:14:1)`,
        '  ok       ends     `shop/web` to `svc/shop/cart` is `shop/web` to `shop/cart`: denied',
        '  unknown  dns      the DNS of the cluster is not in the input: whether the name can be resolved was not looked at',
        '  ok       port     TCP/80 (`http`) of `svc/shop/cart` is TCP/8080 of `shop/cart`',
        '  ok       egress   no policy isolates `shop/web` for egress',
        '  blocked  ingress  `shop/cart` is isolated by NetworkPolicy `shop/cart`, and no rule matches',
        `                    \`shop/cart\` ingress[0]: it is for TCP/80, and not for TCP/8080 (${cluster}:27:7)`,
        'The line to change for ingress (each was tried):',
        `  - NetworkPolicy shop/cart: port 80 → 8080: 80 is the port of \`svc/shop/cart\`, and policies see the port of the pod (${cluster}:30:11)`,
        `  - NetworkPolicy shop/cart: add \`protocol: TCP, port: 8080\` to the ports of ingress[0], which is for this peer already (${cluster}:29:7)`,
        '',
      ].join('\n'),
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    [['shop/cart', 'shop/web', '--port', '8080'], 0, 'REACHES'],
    [['shop/web', 'svc/shop/cart:8080'], 0, 'BLOCKED'],
    [['shop/web', '10.96.0.7', '--port', '80'], 0, 'BLOCKED'],
    [['shop/web', 'api.example.com:443'], 3, 'UNKNOWN'],
    [['203.0.113.9', 'svc/shop/cart'], 3, 'UNKNOWN'],
  ])('%j exits %i: %s', async (args, code, word) => {
    const found = await here(...args, '-f', cluster);
    expect([found.code, found.stdout]).toEqual([code, expect.stringContaining(`: ${word}\n`)]);
  });

  it('writes JSON that keeps its schema', async () => {
    const validate = validatorOf('troubleshooting');
    for (const args of [['svc/shop/cart'], ['svc/shop/cart:8080'], ['shop/cart', '--port', '8080'], ['api.example.com:443']]) {
      const document = JSON.parse((await here('shop/web', ...args, '-f', cluster, '-o', 'json')).stdout);
      expect(validate(document)).toEqual([]);
      expect(validate({ ...document, outcome: 'perhaps' })).not.toEqual([]);
    }
  });

  it('is not certain beside what could not be read', async () => {
    const broken = writeText(
      folder,
      'broken.yaml',
      CLUSTER.replace('port: 80\n', 'port: 80\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: shop}\nspec: 7\n'),
    );
    const { code, stdout, stderr } = await here('shop/web', 'svc/shop/cart', '-f', broken);
    expect([code, stderr]).toEqual([3, expect.stringContaining('error')]);
    expect(stdout).toContain('Pod `x` could not be read, which may be or hold a backend');
  });

  it.each([
    [['shop/web', 'shop/cart'], 'missing required option `--port`'],
    [['shop/web', 'shop/crt', '--port', '80'], 'did you mean `shop/cart`?'],
    [['svc/shop/cart', 'shop/web', '--port', '80'], 'connections come from pods'],
    [['shop/web', 'svc/shop/cart:http', '--port', '81'], 'and not port 81'],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await here(...args, '-f', cluster);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
