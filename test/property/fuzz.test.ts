/**
 * The search for counterexamples: it finds what was planted with any seed, and shrinks it to the one change that it needs; it finds nothing where nothing is; what it finds is one by the reference, after the manifests were
 * written and read again; and seed and path lead to the same. In generated worlds, what a neighbour says is what its written manifests say, and an invariant is judged as the reference judges every pair.
 */
import type fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { assertInvariants, InvariantBroken } from '../../src/fuzz/assert-invariants.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { neighbours } from '../../src/fuzz/neighbours.ts';
import { searchCounterexamples } from '../../src/fuzz/search.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { confirm } from '../../src/invariants/confirm.ts';
import type { FuzzCounterexample } from '../../src/invariants/fuzz-report.ts';
import type { FlowInvariant, Invariant, InvariantStatus } from '../../src/invariants/invariant.ts';
import { never, unchanged } from '../../src/invariants/state-invariants.ts';
import { withPolicies } from '../../src/invariants/with-policies.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { type Manifests, NO_MANIFESTS, type PodObject } from '../../src/model/resource.ts';
import { applyMutations } from '../../src/neighbours/apply-mutations.ts';
import { DEFAULT_MUTATIONS, MUTATION_KINDS, type Neighbour } from '../../src/neighbours/mutation.ts';
import { writtenObjects } from '../../src/neighbours/written-objects.ts';
import { compareReach } from '../../src/reach/compare-reach.ts';
import { reference } from '../../src/reference/reference.ts';
import { encodeCluster } from '../../src/shapes/encode.ts';
import { checkProperty } from '../support/check.ts';
import { cluster, PLANTED } from '../support/planted.ts';
import { SEED } from '../support/seed.ts';

const FILE = 'test/property/fuzz.test.ts';
const SEEDS = [1, SEED];

function readAgain(manifests: Manifests): Manifests {
  return parseManifests([...encodeCluster(writtenObjects(manifests), 'yaml')].join(''));
}

/** The reference about what breaks an invariant, asked of manifests that were written and read. */
function verdictsOf({ broken, mutations }: FuzzCounterexample, manifests: Manifests, invariant: Invariant): unknown[] {
  const { manifests: neighbour } = applyMutations(manifests, mutations);
  const own = reference(readAgain(invariant.kind === 'unchanged' ? withPolicies(neighbour, manifests) : neighbour));
  const other = invariant.kind === 'unchanged' ? reference(readAgain(withPolicies(neighbour, invariant.policies))) : undefined;
  return broken.map(({ flow }) => [own.canReach(flow!).verdict, other?.canReach(flow!).verdict]);
}

describe(`what was planted (seeds ${SEEDS.join(', ')})`, () => {
  test.each(PLANTED)(
    'is found by $kind, and nothing else is left of the counterexample ($invariant.name)',
    ({ kind, manifests, invariant, isIt }) => {
      for (const seed of SEEDS) {
        const options = { seed, mutations: [kind] };
        const [found] = searchCounterexamples(manifests, [invariant], options).invariants;
        expect(found, `seed ${seed}`).toMatchObject({ original: 'holds', counterexample: { shrunk: true } });
        const counterexample = found!.counterexample!;
        expect(counterexample.mutations, `seed ${seed}`).toHaveLength(1);
        expect(counterexample.mutations.every(isIt), `seed ${seed}: ${counterexample.changes}`).toBe(true);
        expect(verdictsOf(counterexample, manifests, invariant)).toEqual(
          counterexample.broken.map(({ verdict, expected }) => [verdict, invariant.kind === 'unchanged' ? expected : undefined]),
        );
        const again = searchCounterexamples(manifests, [invariant], { ...options, path: counterexample.path! });
        expect(again.invariants[0]!.counterexample).toEqual(counterexample);
        expect(again).toMatchObject({ runs: 1, neighbours: 1, path: counterexample.path });
      }
    },
  );

  it('is found among all that may happen by default', () => {
    for (const { kind, manifests, invariant } of PLANTED.filter((each) => DEFAULT_MUTATIONS.includes(each.kind))) {
      const [found] = searchCounterexamples(manifests, [invariant], { seed: SEED }).invariants;
      expect(found?.counterexample?.mutations, `${kind}, seed ${SEED}`).toHaveLength(1);
    }
  });

  it('is found for each invariant that something breaks, and shrunk for each on its own', () => {
    const manifests = cluster({
      'prod/closed': '{podSelector: {}, policyTypes: [Ingress]}',
      'dev/closed': '{podSelector: {}, policyTypes: [Ingress]}',
    });
    const invariants = [never({ namespace: 'dev' }, 'prod/db'), never({ namespace: 'prod' }, 'dev/api'), never('192.0.2.1', 'prod/web')];
    const { invariants: found } = searchCounterexamples(manifests, invariants, { seed: SEED, mutations: ['drop', 'relabel', 'scale'] });
    expect(found.map(({ counterexample }) => counterexample?.changes)).toEqual([
      ['NetworkPolicy prod/closed is removed'],
      ['NetworkPolicy dev/closed is removed'],
      ['NetworkPolicy prod/closed is removed'],
    ]);
  });
});

/** Of a counterexample with several mutations, each is needed. */
function isNeeded({ mutations }: FuzzCounterexample, manifests: Manifests, invariant: Invariant): boolean[] {
  return mutations.map((_, i) => {
    const without = applyMutations(manifests, mutations.toSpliced(i, 1));
    return checkInvariants(without, [invariant])[0]!.status !== 'broken';
  });
}

describe('what needs two changes', () => {
  it('keeps what is needed and no more', () => {
    const manifests = cluster({
      'prod/db': '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}',
      'prod/rest': '{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [db]}]}, policyTypes: [Ingress]}',
      'prod/closed': '{podSelector: {}, policyTypes: [Ingress]}',
    });
    const invariant = never({ namespace: 'dev' }, 'prod/db');
    for (const seed of SEEDS) {
      const { invariants } = searchCounterexamples(manifests, [invariant], {
        seed,
        most: 5,
        mutations: ['drop', 'relabel', 'scale', 'address'],
      });
      const { counterexample } = invariants[0]!;
      // Three may need each other, too: which is found first is chance.
      const needed = isNeeded(counterexample!, manifests, invariant);
      expect(needed.length, `seed ${seed}`).toBeGreaterThan(1);
      expect(
        needed.every((each) => each),
        `seed ${seed}: ${counterexample?.changes}`,
      ).toBe(true);
    }
  });
});

describe('what nobody planted', () => {
  const manifests = cluster({ 'prod/closed': '{podSelector: {}, policyTypes: [Ingress]}' });

  it('is not found: a namespace that admits nobody, whatever happens to pods', () => {
    const told: unknown[] = [];
    const report = searchCounterexamples(manifests, [never({ namespaceLabels: {} }, { namespace: 'prod' })], {
      seed: SEED,
      runs: 80,
      onProgress: (...step) => told.push(step),
    });
    expect(report).toMatchObject({ ok: true, cut: false, runs: 80, neighbours: 80 });
    expect(told).toEqual(Array.from({ length: 80 }, (_, i) => [i, 80]));
  });

  it('is not certain beside policies of kinds that are not judged, in the cluster or the other input', () => {
    const others = parseManifests(
      '{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: c, namespace: prod}, spec: {endpointSelector: {}}}',
    );
    const { context } = others;
    const invariants = [never({ namespaceLabels: {} }, { namespace: 'prod' })];
    const withOthers = { ...manifests, ...(context === undefined ? {} : { context }) };
    expect(searchCounterexamples(manifests, [unchanged(manifests)], { runs: 2 })).toMatchObject({ ok: true, notJudged: [] });
    const notJudged = [{ kind: 'CiliumNetworkPolicy', policies: 1 }];
    expect(searchCounterexamples(manifests, [unchanged(withOthers)], { runs: 2 })).toMatchObject({ ok: false, notJudged });
    expect(searchCounterexamples(withOthers, [unchanged(withOthers)], { runs: 2 })).toMatchObject({ ok: false, notJudged });
    expect(() => assertInvariants(manifests, invariants, { runs: 2 })).not.toThrow();
    expect(() => assertInvariants(withOthers, invariants, { runs: 2 })).toThrow(
      /^no counterexample in 2 neighbours, seed 1: not certain\n1 policy of kind CiliumNetworkPolicy is not judged/,
    );
  });

  it('is not certain where namespaces are selected by labels that nobody knows', () => {
    const bare = { ...manifests, namespaces: [] };
    const asked = (...invariants: Invariant[]) => searchCounterexamples(bare, invariants, { runs: 2 });
    const plain = never({ namespace: 'dev' }, { namespace: 'prod' });
    expect(asked(plain)).toMatchObject({ ok: true, doubts: [] });
    const doubts = [expect.stringMatching(/^2 namespaces, such as `dev`, are not in the input/)];
    const byLabels = parseManifests(
      '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: selecting, namespace: prod}, spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {env: prod}}}]}]}}',
    );
    expect(asked(unchanged(byLabels))).toMatchObject({ ok: false, doubts });
    expect(searchCounterexamples({ ...bare, networkPolicies: byLabels.networkPolicies }, [plain], { runs: 2 })).toMatchObject({
      ok: false,
      doubts,
    });
  });

  it('is refused where there is no pod: any two sets of policies are the same', () => {
    const empty = { ...manifests, pods: [] };
    expect(() => searchCounterexamples(empty, [unchanged(cluster({}))], { mutations: ['relabel-namespace'] })).toThrow(
      'there is no pod that policies apply to',
    );
  });

  it('is not found: the same policies, written in another way', () => {
    const other = cluster({
      'prod/one': '{podSelector: {matchExpressions: [{key: app, operator: Exists}]}, policyTypes: [Ingress]}',
      'prod/two': '{podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}, ingress: []}',
    });
    const invariant: Invariant = {
      kind: 'unchanged',
      name: 'u',
      origin: { file: 'f', line: 1, column: 1 },
      message: null,
      policies: other,
    };
    const report = searchCounterexamples(manifests, [invariant], { seed: SEED, runs: 40, mutations: [...MUTATION_KINDS] });
    expect(report).toMatchObject({ ok: true, neighbours: 40 });
    expect(report.mutations).not.toContain('drop');
  });
});

describe('what cannot be searched', () => {
  const { manifests, invariant } = PLANTED[0]!;
  it.each<[Parameters<typeof searchCounterexamples>[2], string]>([
    [{ path: '1:99999:3' }, 'leads to no neighbour'],
    [{ path: 'x' }, 'the path `x` leads to no neighbour'],
    [{ seed: 2 ** 31 }, '`seed` must be'],
    [{ runs: 0 }, '`runs` must be'],
    [{ most: 0 }, '`most` must be'],
    [{ timeLimitMs: 0 }, '`timeLimitMs` must be'],
    [{ mutations: ['reorder'] }, 'nothing of the cluster can be changed by reorder'],
    [{ mutations: ['drops' as never] }, 'there is no mutation `drops`'],
  ])('is refused: %j', (options, message) => {
    expect(() => searchCounterexamples(manifests, [invariant], options)).toThrow(message);
  });

  it('is refused without an invariant, with one that says nothing, and where only policies change under `unchanged`', () => {
    expect(() => searchCounterexamples(manifests, [])).toThrow('there is no invariant');
    expect(() => searchCounterexamples(manifests, [never({ namespace: 'dev', labels: { no: 'body' } }, 'prod/db')])).toThrow(
      'says nothing: from: ',
    );
    expect(() => searchCounterexamples(manifests, [unchanged(manifests)], { mutations: ['drop'] })).toThrow(
      'says nothing about `unchanged`',
    );
  });
});

describe('assertInvariants', () => {
  it('throws with the change, the connection, seed and path', () => {
    const { manifests, invariant } = PLANTED[0]!;
    let thrown: unknown;
    try {
      assertInvariants(manifests, [invariant], { seed: 1 });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InvariantBroken);
    const { message, report } = thrown as InvariantBroken;
    expect(message).toMatch(/pod prod\/db (loses|has) the label/);
    expect(message).toContain('dev/api → prod/db');
    expect(message).toContain(`again: seed 1, path ${report.invariants[0]!.counterexample!.path}`);
  });
});

interface Drawn {
  readonly generated: World;
  readonly neighbour: Neighbour;
}

/** A world and a cluster beside it. */
function drawn(preset: keyof typeof PRESETS): fc.Arbitrary<Drawn> {
  return world(PRESETS[preset])
    .filter(({ pods }) => pods.length > 0)
    .chain((generated) => {
      // What cannot be read the first time is not there the second.
      const manifests = readAgain(readAgain(toManifests(generated)));
      return neighbours(manifests, { mutations: MUTATION_KINDS, cni: generated.profile }).map((neighbour) => ({ generated, neighbour }));
    });
}

function print({ generated, neighbour }: Drawn): string {
  return [JSON.stringify(generated.profile), ...neighbour.changes, ...encodeCluster(writtenObjects(neighbour.original), 'yaml')].join('\n');
}

describe(`generated worlds (seed ${SEED})`, () => {
  const done = { changed: 0, parted: 0, kinds: new Set<string>(), statuses: new Map<string, number>() };

  test.each(['mixed', 'addresses', 'ports', 'tiers'] as const)('are written so that they are read as the same (%s)', (preset) => {
    checkProperty(
      drawn(preset),
      ({ generated, neighbour }) => {
        const options = { cni: generated.profile, domainNames: generated.domainNames, shared: false };
        const again = readAgain(neighbour.manifests);
        expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        const { differences, complete } = compareReach(compile(neighbour.manifests, options).tables, compile(again, options).tables);
        expect([differences, complete]).toEqual([[], true]);
        expect(again.pods.length).toBe(neighbour.manifests.pods.length);
        if (neighbour.changes.length > 0) done.changed++;
        for (const { kind } of neighbour.mutations) done.kinds.add(kind);
      },
      { runs: 6, file: FILE, print },
    );
  });

  test.each(['mixed', 'ports', 'tiers'] as const)('have the invariants that the reference says they have (%s)', (preset) => {
    checkProperty(
      drawn(preset),
      ({ generated, neighbour }) => {
        for (const invariant of invariantsIn(neighbour)) {
          const options = { cni: generated.profile, domainNames: generated.domainNames };
          const [judged] = checkInvariants(neighbour, [invariant], options);
          const wanted = statusOf(invariant, neighbour.manifests, options);
          expect(judged!.status, invariant.name).toBe(wanted);
          confirm(judged!.broken, invariant, neighbour, options);
          const [parted] = checkInvariants(neighbour, [unchanged(NO_MANIFESTS)], options);
          confirm(parted!.broken, unchanged(NO_MANIFESTS), neighbour, options);
          done.parted += parted!.broken.length;
          done.statuses.set(wanted, (done.statuses.get(wanted) ?? 0) + 1);
        }
      },
      { runs: 5, file: FILE, print },
    );
  });

  it('were changed in every way, and had every outcome', () => {
    console.info(`seed ${SEED}: ${JSON.stringify([done.changed, [...done.kinds], [...done.statuses]])}`);
    expect(done.changed).toBeGreaterThan(12);
    expect(done.parted).toBeGreaterThan(20);
    expect(done.kinds.size).toBeGreaterThan(4);
    for (const status of ['holds', 'broken']) expect(done.statuses.get(status)).toBeGreaterThan(5);
  });
});

/** Between the namespaces of the first and of the last pod, at some port. */
function invariantsIn({ original }: Neighbour): FlowInvariant[] {
  const pods = original.pods.map(({ object }) => object);
  const [first, last] = [pods[0]!, pods.at(-1)!].map((pod) => pod.metadata.namespace || 'default');
  const origin = { file: 'f', line: 1, column: 1 };
  const end = (namespace: string) => ({ kind: 'pods' as const, namespace, labels: {}, containerPorts: [], ips: [] });
  return (['never', 'always'] as const).flatMap((kind) =>
    [80, 8080].map((port) => ({
      kind,
      name: `${kind} ${first} ${last} ${port}`,
      origin,
      message: null,
      from: end(first!),
      to: end(last!),
      ports: [{ protocols: PROTOCOLS, ports: { first: port, last: port }, text: String(port) }],
    })),
  );
}

function statusOf({ kind, from, to, ports }: FlowInvariant, manifests: Manifests, options: object): InvariantStatus {
  const asked = reference(manifests, options);
  const podsOf = (end: typeof from): string[] => {
    const namespace = end.kind === 'pods' ? end.namespace : '';
    const running = manifests.pods.map(({ object }) => object).filter(({ status }) => !/Succeeded|Failed/.test(status?.phase ?? ''));
    return running.filter((pod) => (pod.metadata.namespace || 'default') === namespace).map(nameOf);
  };
  const port = 'first' in ports[0]!.ports ? ports[0]!.ports.first : 0;
  const verdicts = podsOf(from).flatMap((source) =>
    podsOf(to)
      .filter((destination) => destination !== source)
      .flatMap((destination) =>
        PROTOCOLS.flatMap((protocol) =>
          ([4, 6] as const).flatMap((family) => {
            const { verdict, unknown } = asked.canReach({ from: { pod: source }, to: { pod: destination }, protocol, port, family });
            return unknown?.cause === 'no-common-family' ? [] : [verdict];
          }),
        ),
      ),
  );
  if (verdicts.length === 0) return 'vacuous';
  if (verdicts.includes(kind === 'never' ? 'allow' : 'deny')) return 'broken';
  return verdicts.includes('unknown') ? 'unknown' : 'holds';
}

function nameOf({ metadata }: PodObject): string {
  return `${metadata.namespace || 'default'}/${metadata.name}`;
}
