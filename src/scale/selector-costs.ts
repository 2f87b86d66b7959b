/**
 * What label selectors cost: how often each is used, as the subject of a policy or as a peer, and how many units of endpoints it matches each time.
 */
import { compareText } from '../lib/compare-text.ts';
import type { NodeMatch, PodMatch } from '../model/policy.ts';
import { selectorText } from '../model/selector-text.ts';
import type { CostView } from './costs.ts';
import type { SelectorCost } from './report.ts';

interface Uses {
  readonly match: PodMatch | NodeMatch;
  asSubject: number;
  asPeer: number;
}

export function selectorCosts(
  { catalogue, peerSets, podsOfUnit }: Pick<CostView, 'catalogue' | 'peerSets' | 'podsOfUnit'>,
  listed: number,
): SelectorCost[] {
  const uses = new Map<string, Uses>();
  const used = (match: PodMatch | NodeMatch): Uses => {
    const key = JSON.stringify(match.kind === 'pods' ? [match.namespaces, match.pods] : [match.nodes]);
    let found = uses.get(key);
    if (found === undefined) {
      found = { match, asSubject: 0, asPeer: 0 };
      uses.set(key, found);
    }
    return found;
  };
  for (const { policy } of catalogue.policies) {
    used(policy.subject).asSubject++;
    for (const { peers } of policy.rules) {
      for (const peer of peers === 'any' ? [] : peers) if (peer.kind === 'pods' || peer.kind === 'nodes') used(peer).asPeer++;
    }
  }
  const costs = [...uses.values()].map(({ match, asSubject, asPeer }): SelectorCost => {
    const units = match.kind === 'pods' ? peerSets.unitsOfPods(match) : peerSets.sets.get(peerSets.intern(match));
    const pods = units.reduce((sum, unit) => sum + (podsOfUnit[unit] ?? 0), 0);
    return { selector: textOf(match), asSubject, asPeer, pods, units: units.length, touched: (asSubject + asPeer) * units.length };
  });
  return costs.sort((a, b) => b.touched - a.touched || compareText(a.selector, b.selector)).slice(0, listed);
}

/** `namespace shop, pods app=db`. */
function textOf(match: PodMatch | NodeMatch): string {
  if (match.kind === 'nodes') return `nodes ${selectorText(match.nodes)}`;
  const { namespaces, pods } = match;
  const where = 'name' in namespaces ? `namespace ${namespaces.name}` : `namespaces ${selectorText(namespaces.selector)}`;
  return `${where}, pods ${selectorText(pods)}`;
}
