/**
 * Changes that open a half of a connection which NetworkPolicies deny. Candidates come from the rules that nearly match; every one is tried with the engine, and what does not help is not told.
 */
import type { Engine } from '../engine/engine.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests, NetworkPolicyObject, Resource } from '../model/resource.ts';
import type { Edit } from './edit.ts';
import type { JudgedPair, Pair } from './pairs.ts';
import { addPeerEdits, addPolicyEdits, addRuleEdit, peerEditsOf } from './peer-edits.ts';
import { policyEdits } from './policy-edits.ts';
import { addPortEdits, portSlipEdits } from './port-edits.ts';
import { ruleMisses } from './rule-misses.ts';
import type { EditCode, Suggestion } from './troubleshooting.ts';

/** The likelier, the earlier: slips first, then traps of the API, then what widens a rule, then a rule of its own. */
const ORDER: readonly EditCode[] = [
  'name-label',
  'label-value',
  'label-key',
  'service-port',
  'port-name',
  'protocol',
  'policy-types',
  'policy-selector',
  'service-address',
  'add-namespace-selector',
  'namespace-label',
  'policy-namespace',
  'pod-label',
  'except',
  'add-value',
  'add-port',
  'split-peer',
  'add-peer',
  'add-rule',
  'add-policy',
];

/** What widens something for which no rule nearly is. Told once: any of its kind would do. */
const WIDENING: ReadonlySet<EditCode> = new Set(['except', 'add-value', 'add-port', 'add-peer', 'add-rule', 'add-policy']);

const LAST: ReadonlySet<EditCode> = new Set(['add-rule', 'add-policy']);

/** So many candidates are tried, and so many suggestions are told. */
const MOST_TRIED = 60;
const MOST_TOLD = 5;
/** Trying a change of labels of pods may take compiling everything anew. */
const MOST_POD_LABELS = 3;

export interface Suggesting {
  readonly engine: Engine;
  readonly manifests: Manifests;
  readonly step: Suggestion['step'];
}

/** Of pairs that are all denied in this direction, the first is looked at and each is tried. `others`: pairs that are allowed there and must stay so. */
export function suggestionsFor(
  { engine, manifests, step }: Suggesting,
  direction: Direction,
  denied: readonly JudgedPair[],
  others: readonly JudgedPair[],
): Suggestion[] {
  const [first] = denied;
  if (first === undefined) return [];
  const found: Suggestion[] = [];
  const tried = new Set<string>();
  let podLabels = 0;
  for (const edit of candidates(manifests, direction, first)) {
    if (found.length === MOST_TOLD || tried.size === MOST_TRIED) break;
    if (WIDENING.has(edit.code) && found.some(({ code }) => code === edit.code)) continue;
    // What always helps is for when nothing else does.
    if (LAST.has(edit.code) && found.length > 0) break;
    const key = JSON.stringify(edit.changes);
    if (tried.has(key) || (edit.code === 'pod-label' && ++podLabels > MOST_POD_LABELS)) continue;
    tried.add(key);
    const changed = changedBy(engine, edit);
    if (changed === undefined) continue;
    const after = denied.map(({ query }) => changed.canReach(query));
    if (after[0]?.[direction].verdict !== 'allow') continue;
    if (others.some(({ query }) => changed.canReach(query)[direction].verdict !== 'allow')) continue;
    const { code, words, object, field, place, changes } = edit;
    found.push({
      code,
      step,
      edit: words,
      object,
      field,
      place,
      changes,
      blocked: denied.length,
      opens: after.filter((decision) => decision[direction].verdict === 'allow').length,
      connects: after.filter(({ verdict }) => verdict === 'allow').length,
      widens: WIDENING.has(code),
    });
  }
  return found;
}

/** Undefined for a change that makes an object which the API would not take. */
function changedBy(engine: Engine, { changes }: Edit): Engine | undefined {
  try {
    return engine.update(changes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function candidates(manifests: Manifests, direction: Direction, pair: JudgedPair): Edit[] {
  const policies = isolating(manifests, direction, pair);
  const rules = policies.flatMap((policy) => ruleMisses(manifests, policy, direction, pair));
  const ofPort = rules.filter(({ peersMatch, portsMatch }) => !peersMatch && portsMatch);
  const ofPeer = rules.filter(({ peersMatch, portsMatch }) => peersMatch && !portsMatch);
  // What is for every pod of the namespace, or every peer, is not widened for one.
  const isOwn = ({ policy }: { policy: Resource<NetworkPolicyObject> }): boolean => requirements(policy) > 0;
  const own = policies.filter((policy) => requirements(policy) > 0).sort((a, b) => requirements(b) - requirements(a));
  const edits = [
    ...ofPeer.flatMap((rule) => portSlipEdits(manifests, rule, direction, pair)),
    ...ofPort.flatMap((rule) => peerEditsOf(manifests, rule, direction, pair)),
    ...policyEdits(manifests, direction, pair),
    ...ofPeer.filter((rule) => isOwn(rule) && rule.peers.length > 0).flatMap((rule) => addPortEdits(rule, direction, pair)),
    ...ofPort.filter((rule) => isOwn(rule) && rule.ports.length > 0).flatMap((rule) => addPeerEdits(rule, direction, pair)),
    ...own.slice(0, 1).map((policy) => addRuleEdit(policy, direction, pair)),
    ...(own.length > 0 ? [] : policies.slice(0, 1).flatMap((policy) => addPolicyEdits(manifests, policy, direction, pair))),
  ];
  return edits.sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
}

/** Of the pods that the policy is about. */
function requirements({ object: { spec } }: Resource<NetworkPolicyObject>): number {
  return Object.keys(spec?.podSelector?.matchLabels ?? {}).length + (spec?.podSelector?.matchExpressions ?? []).length;
}

/** The NetworkPolicies that isolate the pod at this end, as the decision names them. */
export function isolating(
  manifests: Manifests,
  direction: Direction,
  { decision }: Pair & Pick<JudgedPair, 'decision'>,
): Resource<NetworkPolicyObject>[] {
  return decision[direction].isolatedBy.flatMap(
    ({ namespace, name }) =>
      manifests.networkPolicies.find(({ object: { metadata } }) => metadata.name === name && namespaceOf(metadata) === namespace) ?? [],
  );
}
