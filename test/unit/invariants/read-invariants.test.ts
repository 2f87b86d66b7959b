/**
 * Files of invariants, and the same in a suite: what they say, and what is told about wrong ones.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { checkInvariants } from '../../../src/invariants/check-invariants.ts';
import { InvariantsError, parseInvariants } from '../../../src/invariants/read-invariants.ts';
import { always, never, unchanged } from '../../../src/invariants/state-invariants.ts';
import { CLUSTER } from '../../support/expectations.ts';

const file = (invariants: string) => `apiVersion: netpolsim/v1\nkind: Invariants\nmetadata: {name: t}\ninvariants:\n${invariants}`;
const NEVER = '  - {name: one, never: {from: {namespace: dev}, to: {workload: prod/db}}}\n';

describe('a file of invariants', () => {
  it('says the same as the functions of a suite', () => {
    const text = file(
      `${NEVER}  - {name: a, always: {from: {namespaceLabels: {}}, to: {ip: 192.0.2.1}, ports: [UDP/53, 80]}, message: m}\n  - {name: o, never: {from: {cidr: '::/0', outside: true}, to: {namespace: x, labels: {k: v}}, ports: [any]}}\n`,
    );
    const strip = ({ origin: _, ...rest }: object & { origin?: unknown }) => rest;
    expect(parseInvariants(text).invariants.map(strip)).toEqual(
      [
        never({ namespace: 'dev' }, 'prod/db', undefined, { name: 'one' }),
        always({ namespaceLabels: {} }, '192.0.2.1', ['UDP/53', 80], { name: 'a', message: 'm' }),
        never('::/0', { namespace: 'x', labels: { k: 'v' } }, ['any'], { name: 'o' }),
      ].map(strip),
    );
    expect(parseInvariants(text, { file: 'f.yaml' })).toMatchObject({
      file: 'f.yaml',
      name: 't',
      invariants: [{ origin: { file: 'f.yaml', line: 5, column: 5 } }, {}, {}],
    });
    expect(parseInvariants(file('  - {name: u, unchanged: {policies: [../new]}}\n')).invariants).toMatchObject([
      { kind: 'unchanged', name: 'u', policies: [{ path: '../new' }] },
    ]);
  });

  it('is named by what it says where it has no name', () => {
    expect(never({ namespace: 'dev' }, 'prod/db').name).toBe('never dev/* → prod/db');
    expect(always('0.0.0.0/0', { namespaceLabels: { a: 'b' }, labels: { c: 'd' } }, [443]).name).toBe(
      'always outside 0.0.0.0/0 → namespace{a=b}/{c=d} 443',
    );
  });

  it.each([
    ['', ['found nothing, expected an object']],
    ['kind: Invariants\n', ['apiVersion', 'invariants: found nothing, expected a list']],
    [file('  []\n'), ['found an empty list']],
    [file('  - {name: one}\n'), ['found none of `never`, `always` and `unchanged`']],
    [file('  - {name: one, never: {}, always: {}}\n'), ['found several of']],
    [file('  - {never: {from: {namespace: a}, to: {namespace: b}}}\n'), ['invariants[0].name: found nothing']],
    [file(`${NEVER}${NEVER}`), ['is that of the invariant in line 5']],
    [
      file('  - {name: one, never: {from: {namespace: a, ips: [192.0.2.1]}, to: {ip: 192.0.2.1}}}\n'),
      ['`ips` is for pods that do not exist yet'],
    ],
    [file('  - {name: one, always: {from: {namespace: a}, to: {namespace: b}}}\n'), ['`ports` is missing']],
    [file('  - {name: one, never: {from: {namespace: a}, to: {namespace: b}, port: [1]}}\n'), ['unknown field `port`']],
    [file('  - {name: one, never: {from: {namespace: a}, to: {namespace: b}, ports: [0]}}\n'), ['expected a port from 1 to 65535']],
    [file('  - {name: one, unchanged: {policies: ["-"]}}\n'), ['policies[0]']],
    [file('  - {name: one, unchanged: {policies: []}}\n'), ['found an empty list']],
    [file('  - 7\n'), ['invariants[0]: found `7`']],
    [`${file(NEVER)}---\na: b\n`, ['']],
    ['{"apiVersion":', ['ends in the middle']],
  ])('is refused: %j', (text, messages) => {
    let thrown: unknown;
    try {
      parseInvariants(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InvariantsError);
    for (const message of messages) expect((thrown as Error).message).toContain(message);
  });

  it('is refused where it is no text, and so are ends that are none', () => {
    expect(() => parseInvariants(null as unknown as string)).toThrow(TypeError);
    expect(() => never('shop', 'shop/web')).toThrow(InvariantsError);
    expect(() => never({ labels: { a: 'b' } }, 'shop/web')).toThrow('`namespaceLabels` is missing');
    expect(() => always('shop/web', 'shop/api', [])).toThrow('empty list');
    expect(() => unchanged({} as never)).toThrow(RangeError);
  });
});

describe('an invariant in a cluster', () => {
  const manifests = parseManifests(CLUSTER);
  const statusOf = (...invariants: Parameters<typeof checkInvariants>[1]) =>
    checkInvariants(manifests, invariants).map(({ status }) => status);

  it('holds, or is broken by pairs that it names', () => {
    expect(statusOf(never('shop/web', 'shop/db'), always('shop/web', 'shop/api', ['http']), never('shop/web', 'shop/api'))).toEqual([
      'holds',
      'holds',
      'broken',
    ]);
    const [judged] = checkInvariants(manifests, [never({ namespaceLabels: {} }, { namespace: 'shop' }, [8080])]);
    expect(judged).toMatchObject({
      status: 'broken',
      broken: [{ from: 'shop/web', to: 'shop/api', verdict: 'allow', expected: 'deny', ports: { first: 8080, last: 8080 } }],
    });
    expect(judged?.broken[0]).toMatchObject({
      flow: { from: { pod: 'shop/web' }, to: { pod: 'shop/api' }, protocol: 'TCP', port: 8080, family: 4 },
    });
  });

  it('does not count a pod and itself, nor a port name that the destination does not declare', () => {
    expect(statusOf(never({ namespace: 'other' }, { namespace: 'other' }))).toEqual(['vacuous']);
    expect(checkInvariants(manifests, [never({ namespace: 'shop' }, { namespace: 'shop' }, ['http'])])[0]).toMatchObject({
      status: 'broken',
      pairs: 2,
    });
    expect(statusOf(never({ namespace: 'shop' }, 'shop/db', ['http']))).toEqual(['vacuous']);
  });

  it('is unknown where nothing certain breaks it, and broken where something does beside the unknown', () => {
    const service = '10.96.0.1';
    expect(statusOf(never('shop/web', service, [80]))).toEqual(['unknown']);
    expect(checkInvariants(manifests, [never('shop/web', { cidr: '10.0.0.0/8' } as never, [8080])])[0]).toMatchObject({ status: 'broken' });
    expect(checkInvariants(manifests, [never('shop/web', { cidr: '10.96.0.0/16', outside: false }, [8080])])[0]?.status).toBe('broken');
  });

  it('says nothing where its ends select nothing', () => {
    const [none, pods] = checkInvariants(manifests, [
      never({ namespaceLabels: { no: 'body' } }, 'shop/db'),
      never({ namespace: 'shop', labels: { app: 'x' } }, 'shop/db'),
    ]);
    expect([none?.status, none?.problem]).toEqual(['vacuous', expect.stringContaining('from: no namespace has the labels')]);
    expect(pods?.problem).toBe('from: no pod of the namespace `shop` has the labels `app=x`');
  });
});
