/**
 * A report of a small set, measured in this process: what the numbers are does not matter, what is counted does.
 */
import { spec } from '../../../src/cni/spec.ts';
import { compileTables } from '../../../src/compile/compile.ts';
import { lower } from '../../../src/dialects/lower.ts';
import { buildCluster } from '../../../src/input/build-cluster.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { DomainNameTable } from '../../../src/model/domain-names.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { received, toSend } from '../../../src/scale/copy-of-manifests.ts';
import { costsOf } from '../../../src/scale/costs.ts';
import { measureGrowth } from '../../../src/scale/grow.ts';
import { type MeasureOptions, measureSet } from '../../../src/scale/measure.ts';
import { replicateCluster } from '../../../src/scale/replicate-cluster.ts';
import { replicatePolicies } from '../../../src/scale/replicate-policies.ts';
import type { ScaleReport, SetReport } from '../../../src/scale/report.ts';
import { MeasurementFailed } from '../../../src/scale/run-job.ts';
import { ratiosOf, summarise } from '../../../src/scale/summarise.ts';

const pod = (name: string, ip: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  status: { podIP: ip },
});

export const policy = (name: string, subject: object, rules: readonly object[]): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: subject, ingress: rules },
});

const app = (name: string): object => ({ matchLabels: { app: name } });
export const from = (name: string, ...ports: readonly number[]): object => ({
  from: [{ podSelector: app(name) }],
  ports: ports.map((port) => ({ port })),
});

/** Four pods; a dear policy (all pods, two rules), a cheap one, one that selects nobody, and a rule whose peers nobody is. */
export const SMALL: Manifests = manifestsFromObjects([
  ...['web', 'cart', 'db', 'log'].map((name, i) => pod(name, `10.0.0.${i + 1}`)),
  policy('dear', {}, [from('web', 80, 443), from('cart', 8080)]),
  policy('cheap', app('db'), [from('cart', 5432)]),
  policy('nobody', app('gone'), [from('web', 80)]),
  policy('in-vain', app('log'), [from('gone', 80)]),
]);

export function countsOf(manifests: Manifests, domainNames?: DomainNameTable): ReturnType<typeof costsOf> {
  const { cluster } = buildCluster(manifests, spec);
  const { policySet } = lower(manifests, spec, domainNames);
  return costsOf({ cluster, policySet, profile: spec, tables: compileTables(cluster, policySet, spec) });
}

const OPTIONS: MeasureOptions = { cni: spec, seed: 1, warmRuns: 1, flows: 65_536, queries: 20, checks: 20 };

/** `fails`: the largest cluster cannot be measured. */
export async function smallReport(name = 'small', fails = false): Promise<ScaleReport> {
  const facts: Omit<SetReport, 'verdicts' | 'tables' | 'compile' | 'stages' | 'flowsPerSecond' | 'query'> = {
    name,
    input: { namespaces: 1, pods: 4, networkPolicies: 4, adminPolicies: 0, unreadablePolicies: 0 },
    checkedFlows: 25,
    costs: countsOf(SMALL).costs,
    withoutEffect: { ...countsOf(SMALL).withoutEffect, notEnforced: 0 },
  };
  const runs = Array.from({ length: 3 }, () => measureSet(SMALL, OPTIONS, { stage: 'load', durationMs: 1, raisedBytes: 0 }));
  const growth = await measureGrowth(
    { manifests: toSend(SMALL), factors: [1, 2, 4], rounds: 1, seed: 1, options: OPTIONS },
    async ({ input, replicate }) => {
      if (!('manifests' in input)) throw new Error('expected manifests');
      const { what, factor, seed } = replicate;
      if (fails && factor === 4) throw new MeasurementFailed('there was not enough memory');
      const manifests = received(structuredClone(input.manifests));
      return measureSet(
        what === 'cluster' ? replicateCluster(manifests, factor, seed).manifests : replicatePolicies(manifests, factor, seed),
        OPTIONS,
        undefined,
      );
    },
  );
  const set = summarise(facts, runs, 1);
  return {
    apiVersion: 'netpolsim/v1',
    kind: 'PolicyScaleReport',
    machine: {
      ...{ cpu: 'some <cpu>', cores: 2, memoryBytes: 1e9, system: 'linux', node: 'v20', load: 0.5 },
      cache: { level2Bytes: 1 << 20, level3Bytes: null },
    },
    settings: { seed: 1, quick: true, rounds: 3, flows: 65_536, queries: 20, profile: 'spec' },
    set: { ...set, compile: { ...set.compile, coldMs: { median: 5, low: 4, high: 6, values: [4, 5, 6] } } },
    against: null,
    comparison: null,
    noise: ratiosOf(runs, runs, 1),
    growth: {
      cluster: { ...growth.cluster, compileExponent: growth.cluster.compileExponent === null ? null : 1 },
      policies: { ...growth.policies, compileExponent: 1 },
    },
  };
}
