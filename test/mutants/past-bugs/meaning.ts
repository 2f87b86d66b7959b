/**
 * The mistakes of rows 1 to 20: what a NetworkPolicy means.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are texts of source files
import { DIRECTION, LABELS, NETWORK_POLICY, PEER_SETS, REFERENCE, REFERENCE_WORLD, SELECTOR } from '../files.ts';
import type { Edits } from '../mutant.ts';

export const MEANING_EDITS: Edits = {
  '1': [
    [
      NETWORK_POLICY,
      'let rules = lowerRules(resource, subject, isolates, context);',
      `let rules = lowerRules(resource, subject, isolates, context)
      .map((rule, _, rules) => ({
        ...rule,
        peers: rule.peers === 'any' ? 'any' : rule.peers.map((peer) => ({ ...peer, except: rules.flatMap(({ peers }) => (peers === 'any' ? [] : peers.flatMap((each) => each.except ?? []))) })),
      }));`,
    ],
    [
      REFERENCE,
      'if (reasons.length > 0) return {',
      `const other = direction === 'egress' ? flow.destination : flow.source;
  const peers = applicable.flatMap(({ object }) => object.spec?.[direction] ?? []).flatMap((rule) => (direction === 'egress' ? rule.to : rule.from) ?? []);
  if (other.address && peers.some(({ ipBlock }) => ipBlock?.except?.some((except) => inBlock(other.address, except)))) return endByDefault('isolated-no-rule-matches');
  if (reasons.length > 0) return {`,
    ],
  ],
  '2': [
    [
      NETWORK_POLICY,
      'peers: peers?.length ? lowerPeers(peers, subject.namespaces, profile, parts) :',
      `peers: peers?.length
        ? lowerPeers(peers, subject.namespaces, profile, parts).map((peer) => ({ ...peer, except: peers.flatMap(({ ipBlock }) => (ipBlock?.except ?? []).map(readPrefix)) }))
        :`,
    ],
    [
      REFERENCE,
      "(exceptScope === 'block' ? (block.except ?? []) : ofRule).filter((except) => lengthOf(except) > lengthOf(entry));",
      'ofRule;',
    ],
  ],
  '3': [
    [
      PEER_SETS,
      "if (peer.kind === 'pods') return this.internPods(peer);",
      "if (peer.kind === 'pods') {\n        const set = this.internPods(peer);\n        return this.sets.get(set).length > 0 ? set : this.sets.add(allUnits(this.endpoints));\n      }",
    ],
    [
      REFERENCE,
      'return [...items.keys()].filter((index) => test(items[index] as T));',
      'const found = [...items.keys()].filter((index) => test(items[index] as T));\n  return found.length > 0 ? found : [null];',
    ],
  ],
  '4': [
    [
      NETWORK_POLICY,
      'parts.selectors.lower(spec?.podSelector)',
      "spec?.podSelector ? parts.selectors.lower(spec.podSelector) : [{ key: 'none', operator: 'exists', values: [] }]",
    ],
    [REFERENCE, 'hasDirection(object, direction) && selects(', 'hasDirection(object, direction) && object.spec?.podSelector && selects('],
  ],
  '5': [
    [NETWORK_POLICY, 'peers: peers?.length ?', 'peers: peers ?'],
    [
      REFERENCE,
      'if (items === null || items === undefined || items.length === 0) return [null];',
      'if (items === null || items === undefined) return [null];',
    ],
    [
      NETWORK_POLICY,
      'const egress = (isolates.egress && spec?.egress) || NO_RULES;',
      'const egress = isolates.egress ? (spec?.egress?.length ? spec.egress : [{}]) : NO_RULES;',
    ],
  ],
  '6': [
    [
      NETWORK_POLICY,
      `    isolates,
    rules,`,
      `    isolates: { ingress: isolates.ingress && spec?.ingress?.length > 0, egress: isolates.egress && spec?.egress?.length > 0 },
    rules,`,
    ],
    [
      REFERENCE,
      'return applicable.length > 0 ? endByDefault(',
      'return applicable.some(({ object }) => (object.spec?.[direction] ?? []).length > 0) ? endByDefault(',
    ],
  ],
  '7': [
    [NETWORK_POLICY, 'if (!written?.length) return', 'if (written !== 0) return'],
    [REFERENCE, 'if (types.length > 0) return types', 'if (types.length > 2) return types'],
  ],
  '8': [
    [
      NETWORK_POLICY,
      'return parts.pods(namespaces, parts.selectors.lower(podSelector));',
      'return parts.pods(namespaces, namespaceSelector ? [] : parts.selectors.lower(podSelector));',
    ],
    [NETWORK_POLICY, 'const namespaces = namespaceSelector ? {', 'const namespaces = namespaceSelector && !podSelector ? {'],
    [REFERENCE, 'return inNamespace && selects(podSelector', 'return inNamespace || selects(podSelector'],
  ],
  '9': [
    [
      NETWORK_POLICY,
      'const namespaces = namespaceSelector ? {',
      'const namespaces = namespaceSelector?.matchLabels || namespaceSelector?.matchExpressions ? {',
    ],
    [REFERENCE, 'const inNamespace = namespaceSelector ?', 'const inNamespace = Object.keys(namespaceSelector ?? {}).length > 0 ?'],
    // Only where it stands alone.
    [
      NETWORK_POLICY,
      'const namespaces = namespaceSelector ? {',
      'const namespaces = namespaceSelector && (podSelector || Object.keys(namespaceSelector).length > 0) ? {',
    ],
    [
      REFERENCE,
      'const inNamespace = namespaceSelector ?',
      'const inNamespace = namespaceSelector && (podSelector || Object.keys(namespaceSelector).length > 0) ?',
    ],
  ],
  '10': [
    [
      NETWORK_POLICY,
      "lowerPeers(peers, subject.namespaces, profile, parts) : 'any',",
      "lowerPeers(peers, subject.namespaces, profile, parts) : [{ kind: 'pods', namespaces: subject.namespaces, pods: [] }],",
    ],
  ],
  '11': [
    [
      PEER_SETS,
      'return this.sets.close();',
      `if ('selector' in namespaces && namespaces.selector.some(({ operator }) => operator === 'notIn')) {
      for (const [unit, group] of this.endpoints.units.group.entries()) if (group === NONE_32) items.push(unit);
      items.view().subarray(start).sort();
    }
    return this.sets.close();`,
    ],
    [
      REFERENCE,
      'if (face.pod === undefined) return false;',
      "if (face.pod === undefined) return (namespaceSelector?.matchExpressions ?? []).some(({ operator }) => operator === 'NotIn');",
    ],
  ],
  '12': [
    [LABELS, '? value === undefined || !values.includes(value)', '? value !== undefined && !values.includes(value)'],
    [REFERENCE_WORLD, "if (operator === 'NotIn') return !listed;", "if (operator === 'NotIn') return value !== undefined && !listed;"],
  ],
  '13a': [
    [SELECTOR, 'values: distinct(values ?? [])', 'values: (values ?? []).slice(0, 1)'],
    [REFERENCE_WORLD, '(values ?? []).includes(value)', '(values ?? [])[0] === value'],
  ],
  '13b': [
    [
      'src/input/checks/check-selector.ts',
      "if (fault !== undefined) report.error('invalid-label-value', [], fault);",
      'return void fault;',
    ],
  ],
  '14': [
    [
      SELECTOR,
      "requirements.push({ key, operator: 'in', values: [matchLabels![key] ?? ''] });",
      "requirements.push(matchLabels[key] ? { key, operator: 'in', values: [matchLabels[key]] } : { key, operator: 'doesNotExist', values: [] });",
    ],
    [LABELS, 'const value = labels.get(key);', 'const value = labels.get(key) || undefined;'],
    [REFERENCE_WORLD, 'const value = labels.get(key);', 'const value = labels.get(key) || undefined;'],
  ],
  '15': [[PEER_SETS, 'this.numberOfNamespace(namespaces.name) * 2', '0']],
  '16': [
    [DIRECTION, 'entries.resolve(policy', 'if (i === from) entries.resolve(policy'],
    [REFERENCE, 'const reasons = applicable.flatMap(', 'const reasons = applicable.slice(0, 1).flatMap('],
  ],
  '17': [
    [
      DIRECTION,
      'entries.resolve(policy',
      'if (selection.items.subarray(from, to).every((each) => catalogue.rulesFrom(each, input.direction) < catalogue.rulesTo(each, input.direction))) entries.resolve(policy',
    ],
    [
      REFERENCE,
      'if (reasons.length > 0) return {',
      'if (reasons.length > 0 && new Set(reasons.map(({ policy }) => policy.name)).size === applicable.length) return {',
    ],
  ],
  '18': [
    [
      NETWORK_POLICY,
      'const ingress = (isolates.ingress && spec?.ingress) || NO_RULES;',
      'const ingress = ((isolates.ingress && spec?.ingress) || NO_RULES).filter(({ from, ports }, _, rules) => rules.length === 1 || from?.length || ports?.length);',
    ],
    [
      REFERENCE,
      'return rules.flatMap((rule, index) => {',
      'return rules.flatMap((rule, index) => {\n    if (rules.length > 1 && Object.keys(rule).length === 0) return [];',
    ],
  ],
  '19': [
    [
      NETWORK_POLICY,
      'const namespaces = namespaceSelector ? {',
      `const written = peersOfRule.find((each) => each.namespaceSelector === namespaceSelector && each.podSelector === podSelector);
  const namespaces = Object.keys(written)[0] === 'namespaceSelector' ? {`,
    ],
    [REFERENCE, 'const inNamespace = namespaceSelector ?', "const inNamespace = Object.keys(peer)[0] === 'namespaceSelector' ?"],
    [
      NETWORK_POLICY,
      'underProfile(lowerBlock(ipBlock, parts),',
      "underProfile(lowerBlock(Object.keys(ipBlock)[0] === 'cidr' ? ipBlock : { cidr: ipBlock.cidr }, parts),",
    ],
  ],
  '20a': [
    [
      NETWORK_POLICY,
      'for (const resource of enforced) policies.push(lowerPolicy(resource, context));',
      'for (const resource of [...new Map(enforced.map((each) => [each.object.metadata.name, each])).values()]) policies.push(lowerPolicy(resource, context));',
    ],
    [
      REFERENCE,
      'policies: manifests.networkPolicies.filter(',
      'policies: [...new Map(manifests.networkPolicies.map((each) => [each.object.metadata.name, each])).values()].filter(',
    ],
    // What was deleted stays while there is one of the same name.
    [
      NETWORK_POLICY,
      'for (const resource of enforced) policies.push(lowerPolicy(resource, context));',
      `const nameOf = ({ object }) => object.metadata.name;
  const kept = (globalThis.kept ??= new Map());
  for (const each of enforced) kept.set(\`\${each.object.metadata.namespace}/\${nameOf(each)}\`, each);
  const names = new Set(enforced.map(nameOf));
  for (const resource of [...kept.values()].filter((each) => names.has(nameOf(each)))) policies.push(lowerPolicy(resource, context));`,
    ],
    [
      REFERENCE,
      'policies: manifests.networkPolicies.filter(',
      `policies: (() => {
    const nameOf = ({ object }) => object.metadata.name;
    const kept = (globalThis.kept ??= new Map());
    for (const each of manifests.networkPolicies) kept.set(\`\${each.object.metadata.namespace}/\${nameOf(each)}\`, each);
    const names = new Set(manifests.networkPolicies.map(nameOf));
    return [...kept.values()].filter((each) => names.has(nameOf(each)));
  })().filter(`,
    ],
  ],
  '20b': [
    [
      NETWORK_POLICY,
      `    isolates,
    rules,`,
      `    isolates: { ingress: isolates.ingress || isolates.egress, egress: isolates.ingress || isolates.egress },
    rules,`,
    ],
    [REFERENCE, 'hasDirection(object, direction) && selects(', 'selects('],
  ],
};
