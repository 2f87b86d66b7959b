/**
 * Mistakes in comparing two tables, and in telling why they differ.
 */
import { type Mutant, mutant } from '../mutant.ts';

type Checks = Mutant['killedBy'];
const COMPARED: Checks = ['comparison equals verdicts'];
const TOLD: Checks = ['portability by hand'];

export const PORTABILITY_MUTANTS: readonly Mutant[] = [
  mutant(
    'reach-outward-only',
    'only destinations whose egress half differs are looked at',
    'src/reach/compare-reach.ts',
    'if (inward.length === 0) return outward;',
    'return outward;',
    [...COMPARED, ...TOLD],
  ),
  mutant(
    'reach-own-counted',
    'pairs that comparison decides are counted with the others',
    'src/reach/compare-reach.ts',
    'const count = size - (counts.get(source * destinations.count + destination) ?? 0);',
    'const count = size;',
    COMPARED,
  ),
  mutant(
    'reach-own-node-forgotten',
    'ways to the own node that rows judge are not compared',
    'src/reach/own-pairs.ts',
    'if (before !== after || isJudged(readers, joint, from, to)) single.push({ from, to });',
    'if (before !== after) single.push({ from, to });',
    COMPARED,
  ),
  mutant(
    'reach-families-mixed',
    'flows from one address family to the other are compared',
    'src/reach/joint-endpoints.ts',
    'return a === b || a === 0 || b === 0;',
    'return true;',
    COMPARED,
  ),
  mutant(
    'reach-first-row',
    'a column has the code of its first row only',
    'src/reach/half-columns.ts',
    'if (this.runCode[column] !== code) column = this.append(column, runs[i]!, code);',
    'if (column === 0) column = this.append(column, runs[i]!, code);',
    [...COMPARED, ...TOLD],
  ),
  mutant(
    'reach-half-for-whole',
    'what the ingress half says is taken for the whole flow',
    'src/reach/signatures.ts',
    'const code = codeOf(combine(beforeOf(out), beforeOf(into)), combine(afterOf(out), afterOf(into)));',
    'const code = codeOf(beforeOf(into), afterOf(into));',
    COMPARED,
  ),
  mutant(
    'reach-outside-of-one',
    'the outside is cut at the prefixes of the first table only',
    'src/reach/joint-endpoints.ts',
    "if (seen.intern(faces.join(' ')) === found.length)",
    'if (seen.intern(String(faces[0])) === found.length)',
    COMPARED,
  ),
  mutant(
    'reach-last-port',
    'joint intervals of ports end one port early',
    'src/reach/joint-ports.ts',
    'to: (starts[i + 1] ?? 65536) - 1,',
    'to: (starts[i + 1] ?? 65536) - 2,',
    [...COMPARED, ...TOLD],
  ),
  mutant(
    'roll-up-any-workload',
    'a part of the pods is told as all pods',
    'src/reach/roll-up.ts',
    "if (pods.length > 1 && pods.length === this.podCount.get(presence) && this.coarsest === 'cluster')",
    'if (pods.length > 0)',
    TOLD,
  ),
  mutant(
    'portability-direction',
    'what pushes against the change is blamed, too',
    'src/portability/suspects.ts',
    "...onlyInOne(rulesOf(closed[direction], 'allow'), rulesOf(opened[direction], 'deny'), ruleKey).map(suspectOf),",
    '...onlyInOne(rulesOf(closed[direction]), [], ruleKey).map(suspectOf),',
    TOLD,
  ),
  mutant(
    'portability-isolation-both-ways',
    'policies that no longer isolate are blamed for what closes',
    'src/portability/suspects.ts',
    'return onlyInFirst(closed.isolatedBy, opened.isolatedBy, policyKey);',
    'return onlyInFirst(opened.isolatedBy, closed.isolatedBy, policyKey);',
    TOLD,
  ),
  mutant(
    'portability-first-switch',
    'the first switch is blamed whatever it does',
    'src/portability/cells.ts',
    't >= 2 && this.verdict(t, pair, port) === after',
    't >= 2',
    TOLD,
  ),
  mutant(
    'portability-wrong-field',
    'a port name is looked for among the peers of its own index',
    'src/portability/fields.ts',
    'const found = port === null || port === i ? field(each) : undefined;',
    'const found = peer === null || peer === i ? field(each) : undefined;',
    TOLD,
  ),
  mutant(
    'portability-own-ends',
    'a pod is told as an end of what its own node does',
    'src/portability/gather.ts',
    'isOwn(from, to) === own;',
    'true;',
    TOLD,
  ),
  mutant(
    'portability-effect',
    'what opens is told as what closes',
    'src/portability/report.ts',
    "return after === 'allow' ? 'opens' : 'closes';",
    "return after === 'deny' ? 'opens' : 'closes';",
    TOLD,
  ),
];
