/**
 * What single stages of the compiler promise and no verdict shows: order, numbers that are told apart, where tables are kept.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compileTables } from '../../../src/compile/compile.ts';
import { DecisionTable } from '../../../src/compile/decisions.ts';
import { LabelIndex } from '../../../src/compile/label-index.ts';
import { PortBoundaries } from '../../../src/compile/ports.ts';
import { lower } from '../../../src/dialects/lower.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { buildCluster } from '../../../src/input/build-cluster.ts';
import type { Node } from '../../../src/model/cluster.ts';
import type { Rule } from '../../../src/model/policy.ts';
import type { PodObject } from '../../../src/model/resource.ts';
import type { Requirement } from '../../../src/model/selector.ts';
import { clusterOf, inOneTier, nodeOf, podOf, policyOf, prefix, ruleOf } from './forms.ts';

describe('a label index', () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const value = fc.constantFrom('x', 'y', 'z');
  const labels = fc.array(fc.tuple(key, value), { maxLength: 3, size: 'max' }).map((pairs) => new Map(pairs));
  const requirement: fc.Arbitrary<Requirement> = fc.record({
    key,
    operator: fc.constantFrom('in', 'notIn', 'exists', 'doesNotExist'),
    values: fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
  });

  const holds = (set: ReadonlyMap<string, string>, { key: label, operator, values }: Requirement): boolean => {
    const isIn = [...set].some(([name, text]) => name === label && values.includes(text));
    return { in: isIn, notIn: !isIn, exists: set.has(label), doesNotExist: !set.has(label) }[operator];
  };

  test('selects every item of a range that meets all requirements, in order', () => {
    fc.assert(
      fc.property(
        fc.array(labels, { minLength: 12, maxLength: 20, size: 'max' }),
        fc.array(requirement, { maxLength: 3 }),
        fc.nat(4),
        fc.nat(10),
        (items, selector, from, count) => {
          const to = from + Math.min(count, items.length - from);
          const expected = [...items.keys()].filter(
            (item) => item >= from && item < to && selector.every((each) => holds(items[item]!, each)),
          );
          // Whichever keys have postings.
          for (const asked of [undefined, new Set<string>(), new Set(selector.slice(1).map(({ key }) => key))]) {
            expect(new LabelIndex(items, asked).select(selector, from, to)).toEqual(expected);
          }
        },
      ),
      { numRuns: 1000, seed: 6 },
    );
  });
});

describe('decisions', () => {
  test('have one number for each verdict with its atoms and passes', () => {
    const table = new DecisionTable();
    const numbers = new Map<number, string>();
    const lists = Array.from({ length: 12 }, (_, i) => [i, i + 1]);
    for (const verdict of [0, 1, 2]) {
      for (const atoms of lists) {
        for (const passes of [[], [3], [3, 4]]) {
          const number = table.ofRules(verdict, atoms, passes);
          expect(numbers.get(number)).toBeUndefined();
          numbers.set(number, `${verdict} ${atoms} ${passes}`);
          expect(table.ofRules(verdict, [...atoms].reverse(), [...passes].reverse())).toBe(number);
          if (passes.length === 0) expect(table.ofAscending(verdict, Uint32Array.of(...atoms, 99), atoms.length)).toBe(number);
          expect(table.verdict.get(number)).toBe(verdict);
          const { start, items } = table.atoms();
          expect([...items.subarray(start[number]!, start[number + 1]!)]).toEqual(atoms);
        }
      }
    }
  });
});

describe('port classes', () => {
  test('begin where a range begins and behind its end, and reach the last port', () => {
    const boundaries = new PortBoundaries();
    boundaries.add(0, 80, 90);
    boundaries.add(1, 65535, 65535);
    boundaries.add(2, 0, 65535);
    const { count, first, last, protocol, classOf } = boundaries.classes();
    expect([count, [...first], [...last], [...protocol]]).toEqual([
      6,
      [0, 80, 91, 0, 65535, 0],
      [79, 90, 65535, 65534, 65535, 65535],
      [0, 0, 0, 1, 1, 2],
    ]);
    expect([classOf(0, 0), classOf(0, 90), classOf(0, 65535), classOf(1, 65534), classOf(1, 65535), classOf(2, 7)]).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
  });
});

describe('compiling', () => {
  const pod = (namespace: string): PodObject => ({ kind: 'Pod', metadata: { name: 'p', namespace }, status: { phase: 'Running' } });
  const manifests = toManifests({ pods: [pod('a'), pod('b')] });
  const { cluster } = buildCluster(manifests, spec);
  const { policySet } = lower(manifests, spec);

  test('puts tables into shared memory only when asked to', () => {
    const isShared = (options?: { readonly shared?: boolean }): boolean =>
      compileTables(cluster, policySet, spec, options).buffer instanceof SharedArrayBuffer;
    expect([isShared(), isShared({}), isShared({ shared: false }), isShared({ shared: true })]).toEqual([false, false, false, true]);
  });

  test('refuses pods that are not in order, and pods of a namespace that is not there', () => {
    const compile = (changed: Partial<typeof cluster>) => () => compileTables({ ...cluster, ...changed }, policySet, spec);
    expect(compile({})).not.toThrow();
    expect(compile({ pods: [...cluster.pods].reverse() })).toThrow('not sorted by namespace');
    expect(compile({ namespaces: cluster.namespaces.slice(0, 1) })).toThrow('a namespace is missing');
  });
});

test('the way to the own node has rows of its own only where there are nodes and rules that may speak of them', () => {
  const judges = (nodes: readonly Node[], peers: Rule['peers']) =>
    compileTables(clusterOf({ pods: [podOf('p', ['10.0.0.1'])], nodes }), inOneTier([policyOf('deny', [ruleOf('deny', { peers })])]), spec)
      .columns.egressOwnNode.length;
  const nodes = [nodeOf('n', ['192.168.0.1'])];
  // The two fixed subject classes, that of the pod, and the judge.
  expect(judges(nodes, 'any')).toBe(4);
  expect(judges([], 'any')).toBe(0);
  expect(judges(nodes, [{ kind: 'networks', cidrs: [prefix('192.168.0.0/24')] }])).toBe(4);
  expect(judges(nodes, [{ kind: 'networks', cidrs: [prefix('10.0.0.0/24')] }])).toBe(0);
});
