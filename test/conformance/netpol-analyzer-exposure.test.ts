/**
 * The exposure that netpol-analyzer lists (`list --exposure`), line by line: what any pod and what addresses outside reach, and the pods of each peer selector. It leaves out selectors of one namespace that a pod
 * of the input meets; we list them, as another pod with such labels may come.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { exposureMatrix } from '../../src/exposure/exposure.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import type { LabelRequirement, MatrixEnd, MatrixRow, PodCondition } from '../../src/matrix/matrix.ts';
import { namespaceOf } from '../../src/model/object-names.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { corpusPath, hasCorpus } from '../support/corpora.ts';

const CORPUS = 'netpol-analyzer';
/** As in netpol-analyzer.test.ts. */
const PROFILE: CniProfile = { ...spec, name: 'netpol-analyzer', ipBlockMatchesPods: false, hostNetwork: 'pod', ownNode: 'policy' };
const NAME = 'kubernetes.io/metadata.name';

describe('exposure of netpol-analyzer', () => {
  const there = hasCorpus(CORPUS);

  test.skipIf(!there).each(['exposure_test_with_match_expression_not_in_op', 'onlineboutique_workloads'])('%s', async (set) => {
    const directory = corpusPath(`${CORPUS}/${set}`);
    const inputs = readdirSync(directory).filter((name) => !name.startsWith('expected-'));
    const manifests = await loadManifests(inputs.map((name) => `${directory}/${name}`));
    const rows = [...exposureMatrix(manifests, { cni: PROFILE }).rows()];
    const report = readFileSync(`${directory}/expected-exposure.txt`, 'utf8');
    const expected = report
      .slice(report.indexOf('Exposure Analysis Result'))
      .split('\n')
      .filter((line) => /[<=]=|=>/.test(line))
      .map((line) => line.replace(/\s+/g, ' ').trim());
    expect(expected.length).toBeGreaterThan(3);
    expect(
      rows
        .filter((row) => !isLeftOut(row, manifests))
        .flatMap(lineOf)
        .sort(),
    ).toEqual(expected.sort());
    const unprotected = report.split('\n').flatMap((line) => /^(\S+) is not protected on (\w+)$/.exec(line)?.slice(1, 3).join(' ') ?? []);
    const told = rows.filter((row) => row.unprotected !== undefined);
    const direction = ({ to }: MatrixRow): string => (to.kind === 'futurePods' ? 'Egress' : 'Ingress');
    expect(told.map((row) => `${nameOf(near(row))} ${direction(row)}`).sort()).toEqual(unprotected.sort());
  });
});

function near({ from, to }: MatrixRow): MatrixEnd {
  return from.kind === 'workload' || from.kind === 'pod' ? from : to;
}

function isLeftOut({ from, to }: MatrixRow, { pods }: Manifests): boolean {
  const far = from.kind === 'futurePods' ? from : to;
  const [condition] = far.kind === 'futurePods' ? far.matching : [];
  if (condition?.kind !== 'labels') return false;
  const [first, second] = condition.namespace;
  if (first?.key !== NAME || second !== undefined) return false;
  return pods.some(({ object: { metadata } }) => {
    const meets = ({ key, operator, values }: LabelRequirement): boolean => {
      const value = metadata.labels?.[key];
      const isListed = typeof value === 'string' && values.includes(value);
      return operator === 'In' ? isListed : operator === 'NotIn' ? !isListed : (value !== undefined) === (operator === 'Exists');
    };
    return namespaceOf(metadata) === first.values[0] && condition.pod.every(meets);
  });
}

/** Nothing for addresses of IPv6, which it does not know. */
function lineOf({ from, to, ports }: MatrixRow): string[] {
  expect([...ports.unknown, ...ports.some, ...(ports.named ?? [])]).toEqual([]);
  const isEverything = ports.allow.length === 3 && ports.allow.every((span) => span.from === 1 && span.to === 65_535);
  const spans = ports.allow.map((span) => `${span.protocol} ${span.from}${span.from === span.to ? '' : `-${span.to}`}`);
  const open = isEverything ? 'All Connections' : spans.join(',');
  const isEgress = from.kind === 'workload';
  const [own, far] = isEgress ? [from, to] : [to, from];
  return [`${nameOf(own)} ${isEgress ? '=>' : '<='} ${nameOf(far)} : ${open}`];
}

function nameOf(end: MatrixEnd): string {
  if (end.kind === 'workload') return `${end.namespace}/${end.name}[${end.workloadKind}]`;
  if (end.kind === 'addresses')
    return end.ranges.filter(({ first }) => !first.includes(':')).map(({ first, last }) => `${first}-${last}[External]`)[0] ?? '';
  if (end.kind !== 'futurePods' || end.except.length > 0 || end.matching.length > 1) return JSON.stringify(end);
  const [condition] = end.matching;
  return condition === undefined ? 'entire-cluster' : conditionName(condition);
}

function conditionName(condition: PodCondition): string {
  if (condition.kind === 'address') return JSON.stringify(condition);
  const [first] = condition.namespace;
  const isOne = first?.key === NAME && first.operator === 'In';
  const namespace = first === undefined ? '[all namespaces]' : isOne ? first.values.join() : `[namespace with ${set(condition.namespace)}]`;
  return `${namespace}/${condition.pod.length === 0 ? '[all pods]' : `[pod with ${set(condition.pod)}]`}`;
}

function set(requirements: readonly LabelRequirement[]): string {
  const texts = requirements.map(({ key, operator, values }) =>
    operator === 'In' && values.length === 1 ? `${key}=${values[0]}` : `{Key:${key},Operator:${operator},Values:[${values.join(' ')}],}`,
  );
  return `{${texts.join(',')}}`;
}
