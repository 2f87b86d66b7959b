/**
 * `-n`, `-A` and `-l`: names in a namespace, and rows of chosen pods.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inNamespace } from '../../src/cli/scope.ts';
import { compile } from '../../src/engine/engine.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import { choosePods } from '../../src/input/choose-pods.ts';
import { parseLabelQuery } from '../../src/input/label-query.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { type MatrixEnd, type MatrixOptions, reachabilityMatrix } from '../../src/matrix/matrix.ts';
import { runHere } from '../bad-input/row.ts';
import { checkProperty } from '../support/check.ts';
import { ROOT } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const SHOP = ['-f', 'datasets/clusters/web-shop'];
const CLUSTERS = join(ROOT, 'datasets/clusters');
const folder = temporaryFolder();
/** In this process: what is asked for here is the same as by the built program, and sooner known. */
const runCli = (args: readonly string[]) => runHere(args, { cwd: ROOT });

describe('a name', () => {
  it.each([
    ['web', 'shop/web'],
    ['deploy/web', 'shop/deployment/web'],
    ['Deployments/web', 'shop/deployment/web'],
    ['sts/db', 'shop/statefulset/db'],
    ['pod/web-1', 'shop/pod/web-1'],
    ['other/web', 'other/web'],
    ['other/deployment/web', 'other/deployment/web'],
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2', 'shop/192.0.2'],
    ['2001:db8::1', '2001:db8::1'],
    ['10.0.0.1:80', '10.0.0.1:80'],
    ['svc/cart', 'svc/shop/cart'],
    ['Service/cart:http', 'svc/shop/cart:http'],
    ['svc/other/cart:80', 'svc/other/cart:80'],
    ['other/service/cart', 'other/service/cart'],
    ['cart.other.svc', 'cart.other.svc'],
    ['cart.other.svc.cluster.local.:http', 'cart.other.svc.cluster.local.:http'],
    ['api.example.com:443', 'api.example.com:443'],
    // A label of letters is last in every domain.
    ['web.1', 'shop/web.1'],
    ['pod/proxy.ec2.internal', 'shop/pod/proxy.ec2.internal'],
    ['other/proxy.ec2.internal', 'other/proxy.ec2.internal'],
  ])('%s is %s in the namespace shop, and itself without one', (name, whole) => {
    expect(inNamespace(name, 'shop')).toBe(whole);
    expect(inNamespace(name, undefined)).toBe(name);
  });
});

describe('rows of chosen pods', () => {
  const names = (end: MatrixEnd) => (end.kind === 'pod' ? `${end.namespace}/${end.name}` : undefined);

  for (const cluster of readdirSync(CLUSTERS)) {
    it(`are those of the whole matrix with a chosen pod at an end (${cluster})`, async () => {
      const manifests = await loadManifests([join(CLUSTERS, cluster)]);
      const engine = compile(manifests, { shared: false });
      const all = [...reachabilityMatrix(engine, { by: 'pod', denied: true }).rows()];
      const chosen = choosePods(manifests, { selector: parseLabelQuery('app') }).filter((_, i) => i % 3 === 0);
      const isChosen = (end: MatrixEnd) => chosen.includes(names(end) ?? '');
      const expected = all.filter(({ from, to }) => isChosen(from) || isChosen(to));
      const found = [...reachabilityMatrix(engine, { by: 'pod', denied: true, chosen: { by: 'app', pods: chosen } }).rows()];
      const texts = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
      expect(expected.length).toBeGreaterThan(0);
      expect(expected.length).toBeLessThan(all.length);
      expect(texts(found)).toEqual(texts(expected));
    });
  }

  it('are told as workloads and namespaces where all pods of them are chosen, and as pods otherwise', () => {
    let partly = 0;
    checkProperty(
      fc.tuple(world(PRESETS.mixed), fc.nat()),
      ([generated, draw]) => {
        const manifests = toManifests(generated);
        const engine = compile(manifests, { cni: generated.profile, domainNames: generated.domainNames, shared: false });
        const pods = choosePods(manifests, {});
        const chosen = pods.filter((_, i) => ((draw >> (i % 30)) & 1) === 1);
        const told = (options: MatrixOptions) => [...reachabilityMatrix(engine, { ...options, direction: 'egress', denied: true }).rows()];
        for (const by of ['workload', 'namespace'] as const) {
          // From each near end as it is told, the same is said as where it is the focus.
          const rows = told({ by, chosen: { by: 'draw', pods: chosen } });
          const ends = [...new Set(rows.map(({ from }) => JSON.stringify(from)))].map((text) => JSON.parse(text) as MatrixEnd);
          const expected = ends.flatMap((end) =>
            told({ by, focus: focusText(end) }).filter(({ from }) => JSON.stringify(from) === JSON.stringify(end)),
          );
          if (ends.some(({ kind }) => kind !== by)) partly++;
          const texts = (list: readonly object[]) => list.map((row) => JSON.stringify(row)).sort();
          const [left, right] = [texts(rows), texts(expected)];
          if (JSON.stringify(left) !== JSON.stringify(right)) throw new Error(`by ${by}: ${left.length} rows, expected ${right.length}`);
        }
      },
      { runs: 15, file: 'test/cli/scope.test.ts', print: ([generated]) => printObjects(generated) },
    );
    expect(partly).toBeGreaterThan(5);
  });
});

function focusText(end: MatrixEnd): string {
  if (end.kind === 'namespace') return end.namespace;
  if (end.kind === 'workload') return `${end.namespace}/${end.workloadKind}/${end.name}`;
  return end.kind === 'pod' ? `${end.namespace}/pod/${end.name}` : '';
}

describe('matrix', () => {
  const rowsOf = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runCli(['matrix', ...SHOP, ...args, '-o', 'json']);
    expect([code, stderr]).toEqual([0, '']);
    const document = JSON.parse(stdout);
    expect(validatorOf('reachability-matrix')(document)).toEqual([]);
    return document as {
      focus: string | null;
      chosen: string | null;
      rows: { from: { namespace?: string }; to: { namespace?: string } }[];
    };
  };

  it('-n tells rows with an end in the namespace, -A all', async () => {
    const [all, every, shop] = [await rowsOf(), await rowsOf('-A'), await rowsOf('-n', 'shop')];
    expect(every.rows).toEqual(all.rows);
    const inShop = all.rows.filter(({ from, to }) => from.namespace === 'shop' || to.namespace === 'shop');
    expect(inShop.length).toBeGreaterThan(5);
    expect(inShop.length).toBeLessThan(all.rows.length);
    expect(shop.rows.map((row) => JSON.stringify(row)).sort()).toEqual(inShop.map((row) => JSON.stringify(row)).sort());
    expect([shop.focus, shop.chosen]).toEqual(['shop', null]);
  });

  it('-l tells rows of pods with these labels, in all namespaces or in one', async () => {
    const anywhere = await rowsOf('-l', 'app=cart');
    const inShop = await rowsOf('-l', 'app in (cart)', '-n', 'shop');
    const focus = await rowsOf('--focus', 'deploy/cart', '-n', 'shop');
    expect(inShop.rows).toEqual(focus.rows);
    expect(anywhere.rows.length).toBeGreaterThan(inShop.rows.length);
    expect([anywhere.chosen, inShop.chosen, focus.focus]).toEqual(['app=cart', 'app in (cart) in shop', 'shop/deployment/cart']);
  });

  it.each([
    [['-n', 'shop', '-A'], '`-n` and `-A` do not go together'],
    [['-l', 'app=cart', '--focus', 'shop/web'], '`--focus` and `-l` do not go together'],
    [['-l', 'app in cart'], '`--selector app in cart` is no label selector: expected `(`, found `cart` (character 8)'],
    [['-l', ' '], '`--selector` is empty'],
    [['-l', 'app=nothing'], 'no pod has the labels `app=nothing`'],
    [['-l', 'app=cart', '-n', 'kube-system'], 'no pod has the labels `app=cart` in the namespace `kube-system`'],
    [['-n', 'shopp'], 'did you mean `shop`?'],
    [['-n', 'shop', '--focus', 'nothing'], 'there is no pod or workload `shop/nothing`'],
    [['--direction', 'egress', '-A'], '`--direction` is that of a focus'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['matrix', ...SHOP, ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('-n works with compiled tables, and -l says that they hold no labels', async () => {
    const tables = join(folder, 'shop.npt');
    await runCli(['compile', ...SHOP, '--out', tables]);
    const fromTables = await runCli(['matrix', '--tables', tables, '-n', 'shop', '-o', 'csv']);
    expect(fromTables.stdout).toBe((await runCli(['matrix', ...SHOP, '-n', 'shop', '-o', 'csv'])).stdout);
    const refused = await runCli(['matrix', '--tables', tables, '-l', 'app=cart']);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('compiled tables hold no labels');
  });
});

describe('can-reach -n', () => {
  it('asks about names in the namespace', async () => {
    const question = ['--port', '7070', ...SHOP, '-o', 'json'];
    const [short, whole] = [
      await runCli(['can-reach', 'web', 'deploy/cart', '-n', 'shop', ...question]),
      await runCli(['can-reach', 'shop/web', 'shop/deployment/cart', ...question]),
    ];
    expect(short).toEqual(whole);
    expect([short.code, JSON.parse(short.stdout).verdict]).toEqual([0, 'allow']);
    const elsewhere = await runCli(['can-reach', 'web', 'cart', '-n', 'kube-system', ...question]);
    expect([elsewhere.code, elsewhere.stderr]).toEqual([2, expect.stringContaining('`kube-system/web`')]);
  });
});
