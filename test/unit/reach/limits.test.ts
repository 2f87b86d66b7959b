/**
 * Limits end a comparison, and it says so: what is found is true, and that it is not all is told.
 */
import { describe, expect, it } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compile } from '../../../src/engine/engine.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import { portability } from '../../../src/portability/portability.ts';
import { compareReach, type ReachLimits } from '../../../src/reach/compare-reach.ts';
import { formatPortability } from '../../../src/report/portability.ts';
import { formatPortabilityMarkdown } from '../../../src/report/portability-markdown.ts';

const pod = (name: string, ip: string) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: c }] }
status: { podIP: ${ip} }
`;
const policy = (name: string, rule: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { podSelector: { matchLabels: { app: ${name} } }, ingress: [${rule}] }
`;
/** Three pods that nothing reaches but who is named: each a class of its own. */
const MANIFESTS = parseManifests(
  ['a', 'b', 'c'].map((name, i) => pod(name, `10.0.0.${i + 1}`)).join('') +
    policy('a', '{ from: [{ podSelector: { matchLabels: { app: b } } }] }') +
    policy('b', '{ from: [{ podSelector: { matchLabels: { app: c } } }] }') +
    policy('c', '{ from: [{ podSelector: { matchLabels: { app: a } } }], ports: [{ port: 80, endPort: 90 }] }'),
  { file: 'a.yaml' },
);

const compare = (limits: ReachLimits) => {
  const [spec, flannel] = ['spec', 'flannel'].map((cni) => compile(MANIFESTS, { cni, shared: false }).tables);
  if (spec === undefined || flannel === undefined) throw new Error('no tables');
  const { differences, complete } = compareReach(spec, flannel, limits);
  const pairs = differences.flatMap(({ from, to }) => [...from].flatMap((source) => [...to].map((target) => `${source} ${target}`)));
  return { pairs, count: differences.reduce((sum, each) => sum + each.pairs, 0), complete };
};

describe('limits of compareReach', () => {
  const all = compare({});

  it('finds everything without reaching them', () => {
    // Nobody reaches a, b and c but one pod each: of a, b, c and the outside, 2 others do not, and a reaches c at some ports only.
    expect([all.count, all.complete]).toEqual([7, true]);
    expect(compare({ differing: 7, examined: 1000 })).toEqual(all);
  });

  for (const limits of [{ differing: 0 }, { differing: 2 }, { examined: 0 }, { examined: 1 }, { examined: 5 }]) {
    it(`says that it is not all with ${JSON.stringify(limits)}`, () => {
      const some = compare(limits);
      expect([some.complete, some.count < all.count]).toEqual([false, true]);
      expect(some.pairs.filter((pair) => !all.pairs.includes(pair))).toEqual([]);
    });
  }
});

describe('limits of portability', () => {
  it('says that differences are missing, also where none is found so far', () => {
    const report = portability(MANIFESTS, { cnis: ['weave'], limits: { examined: 0 } });
    expect([report.complete, report.differs, report.cnis[0]?.complete]).toEqual([false, false, false]);
    expect(formatPortability(report, 20)).toMatch(/^weave +0 +0 +0 +0 {2}not complete$/m);
    expect(formatPortability(report, 20)).toContain('not complete: a limit was reached, so these are not all differences');
    expect(formatPortabilityMarkdown(report, 20)).toContain('No difference was found so far.');
    expect(formatPortabilityMarkdown(report, 20)).toContain('| `weave` | 0 | 0 | 0 | 0 | not complete |');
    expect(formatPortabilityMarkdown(report, 20)).toContain('**Not complete**');
  });

  it('keeps every difference of which the cause is not searched, names one switch that makes all of them, and no policy', () => {
    const report = portability(MANIFESTS, { cnis: ['flannel'], limits: { searched: 0 } });
    expect(report.complete).toBe(true);
    const found = report.cnis[0]?.findings.map(({ switches, explained, places, pairs }) => ({ switches, explained, places, pairs }));
    expect(found).toEqual([{ switches: ['enforced'], explained: true, places: [], pairs: 7 }]);
  });

  it('does not claim a cause where several switches differ and none of them makes everything', () => {
    const both: CniProfile = { ...spec, name: 'both', endPort: 'ignored', ipBlockMatchesPods: false };
    const text = policy('a', '{ from: [{ ipBlock: { cidr: 10.0.0.2/32 } }] }') + policy('b', '{ ports: [{ port: 80, endPort: 90 }] }');
    const manifests = parseManifests(pod('a', '10.0.0.1') + pod('b', '10.0.0.2') + text, { file: 'a.yaml' });
    const searched = portability(manifests, { cnis: [both] });
    expect(searched.cnis[0]?.findings.map(({ switches, explained }) => [switches, explained])).toEqual([
      [['endPort'], true],
      [['ipBlockMatchesPods'], true],
    ]);
    const given = portability(manifests, { cnis: [both], limits: { searched: 0 } });
    expect(given.cnis[0]?.pairs).toEqual(searched.cnis[0]?.pairs);
    const [finding, ...others] = given.cnis[0]?.findings ?? [];
    expect(others).toEqual([]);
    expect([finding?.switches, finding?.explained, finding?.places]).toEqual([['ipBlockMatchesPods', 'endPort'], false, []]);
    expect(finding?.because).toMatch(/^not searched to the end, it is one of these or several: both never matches a pod/);
    expect(finding?.because).not.toContain('only together');
  });
});
