import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { affordableChecks, checkAnswers, createJudging, WrongAnswer } from '../../../src/scale/check-answers.ts';
import { factsOf } from '../../../src/scale/table-facts.ts';
import { countsOf, from, policy, SMALL, smallReport } from './small-report.ts';

describe('costs', () => {
  const { costs, withoutEffect } = countsOf(SMALL);

  it('are in the order of their cells, and the same every time', () => {
    expect(costs.policies.map((cost) => cost.policy.name)).toEqual(['dear', 'cheap', 'in-vain', 'nobody']);
    expect(countsOf(SMALL)).toEqual({ costs, withoutEffect });
  });

  it('count what a policy does: entries, classes, boundaries of ports', () => {
    const [dear, cheap] = costs.policies;
    // Three entries of one peer class each, for the four pods; db and log have classes of their own.
    expect(dear).toMatchObject({
      rules: 2,
      entries: 3,
      pods: 4,
      subjectClasses: 3,
      cells: 9,
      peerClasses: 2,
      portBoundaries: 6,
      ownPortBoundaries: 2 + 2,
    });
    expect(cheap).toMatchObject({ rules: 1, entries: 1, pods: 1, subjectClasses: 1, cells: 1, portBoundaries: 2, ownPortBoundaries: 2 });
  });

  it('say by how much the tables are smaller without it, compiled again', () => {
    const without = (name: string) =>
      factsOf(compile({ ...SMALL, networkPolicies: SMALL.networkPolicies.filter(({ object }) => object.metadata.name !== name) }).tables);
    const all = factsOf(compile(SMALL).tables);
    for (const { policy: ref, saving } of costs.policies) {
      const less = without(ref.name);
      const classes = (facts: typeof all): number => facts.directions.ingress.subjectClasses + facts.directions.egress.subjectClasses;
      expect(saving).toMatchObject({ bytes: all.sizeBytes - less.sizeBytes, subjectClasses: classes(all) - classes(less) });
    }
  });

  it('count the uses of selectors, as subjects and as peers', () => {
    const found = costs.selectors.find(({ selector }) => selector === 'namespace shop, pods app=cart');
    expect(found).toEqual({ selector: 'namespace shop, pods app=cart', asSubject: 0, asPeer: 2, pods: 1, units: 1, touched: 2 });
    expect(costs.selectors[0]).toMatchObject({ selector: 'namespace shop, pods (all)', asSubject: 1, asPeer: 0, pods: 4 });
  });

  it('find what is written in vain, and nothing else', () => {
    expect(withoutEffect).toMatchObject({ selectNoPod: 1, rulesWithoutPeers: 1 });
    expect([withoutEffect.policies[0]?.policy.name, withoutEffect.rules[0]?.policy.name]).toEqual(['nobody', 'in-vain']);
  });

  it('count a port that subjects know by name as one entry, whatever numbers they give it', () => {
    const serving = (name: string, containerPort: number): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop', labels: { app: name } },
      spec: { containers: [{ name: 'main', ports: [{ name: 'http', containerPort }] }] },
    });
    const named = policy('named', {}, [{ ...from('a'), ports: [{ port: 'http' }, { port: 9090 }] }]);
    const { costs: counted } = countsOf(manifestsFromObjects([serving('a', 80), serving('b', 8080), named]));
    expect(counted.policies[0]).toMatchObject({ rules: 1, entries: 2, pods: 2, peerClasses: 1, peerUnits: 1, portBoundaries: 6 });
  });

  it('count once who may stand behind a domain name, and who is known to', () => {
    const clusterNetworkPolicy = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'names' },
      spec: {
        tier: 'Admin',
        priority: 1,
        subject: { namespaces: {} },
        egress: [{ action: 'Accept', to: [{ domainNames: ['*.example.com'] }] }],
      },
    };
    const { adminPolicies } = manifestsFromObjects([clusterNetworkPolicy]);
    const { costs: counted } = countsOf({ ...SMALL, adminPolicies }, { 'a.example.com': ['10.0.0.2'] });
    const names = counted.policies.find(({ policy: ref }) => ref.name === 'names');
    // Every peer may be meant: the rest of the cluster with the world, and the pod that is known, which is met twice.
    expect(names).toMatchObject({ entries: 2, peerClasses: 2, peerUnits: 6, cells: 3 });
  });

  it('list ten of each at most', () => {
    const many = manifestsFromObjects(
      Array.from({ length: 30 }, (_, i) => policy(`p${i}`, { matchLabels: { i: `${i}` } }, [from(`q${i}`, i + 1)])),
    );
    const { costs: listed, withoutEffect: vain } = countsOf(many);
    expect([listed.policies.length, listed.rules.length, listed.selectors.length, vain.policies.length, vain.selectNoPod]).toEqual([
      10, 10, 10, 10, 30,
    ]);
  });
});

describe('answers', () => {
  const ask = (judged: typeof SMALL, read: typeof SMALL): number => {
    const engine = compile(judged);
    return checkAnswers(read, engine, { cni: 'spec' }, { wanted: 200, seed: 1, judging: createJudging(engine.tables, 1) });
  };

  it('are compared with the reference', () => {
    expect(ask(SMALL, SMALL)).toBe(200);
  });

  it('that differ end the benchmark with the flow', () => {
    const other = { ...SMALL, networkPolicies: SMALL.networkPolicies.slice(1) };
    expect(() => ask(SMALL, other)).toThrow(WrongAnswer);
    expect(() => ask(SMALL, other)).toThrow(
      /the answer is wrong, nothing was measured: \{"from".* by the reference, the engine says deny, deny, deny/,
    );
  });

  it('are fewer where the reference has more to read', () => {
    expect([affordableChecks(SMALL), affordableChecks({ ...SMALL, pods: Array.from({ length: 1e6 }, () => SMALL.pods[0]!) })]).toEqual([
      500, 25,
    ]);
  });
});

describe('growth', () => {
  it('has larger tables for more policies, and a reason where a size could not be measured', async () => {
    const { growth } = await smallReport('small', true);
    const sizes = growth.policies.points.map((point) => ('failed' in point ? point.failed : point.policies));
    expect(sizes).toEqual([4, 8, 'x4: there was not enough memory']);
    expect(growth.cluster.points.map((point) => ('failed' in point ? point.failed : point.pods))).toEqual([
      4,
      8,
      'x4: there was not enough memory',
    ]);
    expect(growth.policies.bytesExponent).toBeGreaterThan(0);
  });
});
