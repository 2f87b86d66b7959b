/**
 * The mistakes of rows 47 to 53 and 72 and the advisories: pods, and shapes of input.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are texts of source files
import {
  CLUSTER,
  DIRECTORY,
  ENDPOINTS,
  ENDS,
  JSON_READER,
  LOOKUP,
  NETWORK_POLICY,
  PEER_SETS,
  POD_ADDRESSES,
  REFERENCE,
  REFERENCE_WORLD,
} from '../files.ts';
import type { Edits } from '../mutant.ts';

export const PODS_EDITS: Edits = {
  '47a': [
    [CLUSTER, "return status?.phase === 'Succeeded' || status", 'return status'],
    [ENDS, "status?.phase !== 'Succeeded' && status", 'status'],
  ],
  '47b': [
    [CLUSTER, "return status?.phase === 'Succeeded' || status?.phase === 'Failed';", "return status?.phase === 'Succeeded';"],
    [ENDS, " && status?.phase !== 'Failed')", ')'],
  ],
  '48a': [
    [ENDPOINTS, 'const group = groups.ofPod[object]!;', 'const group = groups.ofPod[object] === NONE_32 ? 1 : groups.ofPod[object]!;'],
    [
      REFERENCE,
      'if (face.pod === undefined) return false;',
      'if (face.hostPod !== undefined && !namespaceSelector) return selects(podSelector, labelsOf(face.hostPod));\n  if (face.pod === undefined) return false;',
    ],
  ],
  '48b': [
    [ENDPOINTS, "return !pod.hostNetwork || profile.hostNetwork === 'pod';", 'return true;'],
    [
      REFERENCE,
      "const { pod } = direction === 'egress' ? flow.source : flow.destination;",
      "const face = direction === 'egress' ? flow.source : flow.destination;\n  const pod = face.pod ?? face.hostPod;",
    ],
  ],
  '49': [
    [POD_ADDRESSES, 'if (!podIPs?.length) return readAddress(podIP);', "if (!podIPs?.length) return [parseAddress(podIP ?? '')!];"],
    [ENDPOINTS, 'if (ips.length === 0) draft.add(', 'if (ips.length === 0) continue;\n    if (ips.length === 0) draft.add('],
    [ENDS, 'return addresses.length === 0 ? [{ pod, isNode: false }] :', 'return'],
  ],
  '50': [
    ['src/input/workloads.ts', 'labels: spec.template.metadata?.labels ?? null,', "labels: { app: name.split('-')[0] },"],
    [
      ENDPOINTS,
      'group = findGroup(labels, start, each.labels, groupOfLabels);',
      'group = each.workload && labels.length > start ? start : findGroup(labels, start, each.labels, groupOfLabels);',
    ],
    [
      REFERENCE,
      'return inNamespace && selects(podSelector, labelsOf(face.pod));',
      'const first = world.manifests.pods.find(({ object }) => object.workload && namespaceOf(object) === namespace)?.object;\n  return inNamespace && selects(podSelector, labelsOf((face.pod.workload && first) || face.pod));',
    ],
  ],
  '51': [
    [CLUSTER, 'labelsOfNamespace(objects[number]?.object.metadata.labels, name)', 'labelsOfNamespace(undefined, name)'],
    [REFERENCE_WORLD, 'return new Map(found ? labelsOf(found.object) : [])', 'return new Map()'],
    // The labels that the namespace had first are kept.
    [
      CLUSTER,
      'labelsOfNamespace(objects[number]?.object.metadata.labels, name)',
      'labelsOfNamespace((globalThis.kept ??= new Map()).has(name) ? globalThis.kept.get(name) : globalThis.kept.set(name, objects[number]?.object.metadata.labels).get(name), name)',
    ],
    [
      REFERENCE_WORLD,
      'return new Map(found ? labelsOf(found.object) : [])',
      'const kept = (globalThis.kept ??= new Map());\n  if (!kept.has(name)) kept.set(name, found ? labelsOf(found.object) : []);\n  return new Map(kept.get(name))',
    ],
  ],
  '52a': [
    [
      REFERENCE,
      'namespaceOf(a) === namespaceOf(b) && a.metadata.name === b.metadata.name',
      '`${namespaceOf(a)}-${a.metadata.name}` === `${namespaceOf(b)}-${b.metadata.name}`',
    ],
    [
      DIRECTORY,
      'const pod = this.nameIndex().pods.get(end);',
      "const dashes = new Map([...this.nameIndex().pods].map(([key, pod]) => [key.replace('/', '-'), pod]));\n      const pod = dashes.get(end.replace('/', '-'));",
    ],
    // The name first.
    [
      REFERENCE,
      'namespaceOf(a) === namespaceOf(b) && a.metadata.name === b.metadata.name',
      '`${a.metadata.name}-${namespaceOf(a)}` === `${b.metadata.name}-${namespaceOf(b)}`',
    ],
    [
      DIRECTORY,
      'const pod = this.nameIndex().pods.get(end);',
      "const nameFirst = (key) => key.split('/').reverse().join('-');\n      const dashes = new Map([...this.nameIndex().pods].map(([key, pod]) => [nameFirst(key), pod]));\n      const pod = dashes.get(nameFirst(end));",
    ],
  ],
  '52c': [
    // Dots are dashes.
    [REFERENCE, 'a.metadata.name === b.metadata.name', "a.metadata.name.replaceAll('.', '-') === b.metadata.name.replaceAll('.', '-')"],
    [
      DIRECTORY,
      'const pod = this.nameIndex().pods.get(end);',
      "const dashes = new Map([...this.nameIndex().pods].map(([key, pod]) => [key.replaceAll('.', '-'), pod]));\n      const pod = dashes.get(end.replaceAll('.', '-'));",
    ],
    // A name ends at its first dot.
    [REFERENCE, 'a.metadata.name === b.metadata.name', "a.metadata.name.split('.')[0] === b.metadata.name.split('.')[0]"],
    [DIRECTORY, 'const pod = this.nameIndex().pods.get(end);', "const pod = this.nameIndex().pods.get(end.split('.')[0]);"],
  ],
  '52b': [
    [PEER_SETS, 'return `${text.length}:${text}`;', 'return `${text}-`;'],
    [PEER_SETS, 'return `${text.length}:${text}`;', 'return `${text}.`;'],
  ],
  '53': [
    [CLUSTER, "return status?.phase === 'Succeeded' || status", 'return status'],
    [ENDS, "status?.phase !== 'Succeeded' && status", 'status'],
  ],
  '72a': [
    [
      JSON_READER,
      'const isObject = tokens.peek() === 0x7b;',
      'if (!list.bare) return tokens.skipValue(1);\n    const isObject = tokens.peek() === 0x7b;',
    ],
  ],
  '72b': [
    [
      JSON_READER,
      'const isObject = tokens.peek() === 0x7b;',
      'if (list.bare) return tokens.skipValue(1);\n    const isObject = tokens.peek() === 0x7b;',
    ],
  ],
  '72c': [
    [
      'src/input/json-list.ts',
      "if (bare || typeof kind !== 'string' || kind === 'List') return undefined;",
      "if (bare || typeof kind !== 'string' || kind !== 'PodList') return undefined;",
    ],
  ],
  '72d': [
    [NETWORK_POLICY, 'const namespace = parts.namespace(namespaceOf(metadata));', "const namespace = parts.namespace('default');"],
    [
      ENDS,
      "return object.metadata.namespace || 'default';",
      "return 'containers' in (object.spec ?? {}) ? object.metadata.namespace : 'default';",
    ],
  ],
  'GHSA-pfhr-pccp-hwmh': [
    [
      PEER_SETS,
      'cluster.namespaces.map(({ labels }) => labels),',
      'cluster.namespaces.map(({ name, labels }) => new Map([...labels, ...cluster.pods.filter(({ namespace }) => namespace === name).flatMap((pod) => [...pod.labels])])),',
    ],
    [
      REFERENCE,
      'selects(namespaceSelector, namespaceLabels(world, namespace))',
      'selects(namespaceSelector, new Map([...namespaceLabels(world, namespace), ...labelsOf(face.pod)]))',
    ],
  ],
  'CVE-2023-39347': [
    [CLUSTER, 'names.of(namespaceOf(metadata));', "names.of(metadata.labels?.['io.kubernetes.pod.namespace'] ?? namespaceOf(metadata));"],
    [
      ENDS,
      "return object.metadata.namespace || 'default';",
      "return object.metadata.labels?.['io.kubernetes.pod.namespace'] || object.metadata.namespace || 'default';",
    ],
    [
      REFERENCE,
      'const namespace = namespaceOf(face.pod);',
      "const namespace = face.pod.metadata.labels?.['io.kubernetes.pod.namespace'] ?? namespaceOf(face.pod);",
    ],
  ],
  'CVE-2023-41333': [
    [
      NETWORK_POLICY,
      `    subject,
    isolates,`,
      `    subject: spec?.podSelector?.matchExpressions ? { ...subject, namespaces: { selector: [] } } : subject,
    isolates,`,
    ],
    [
      REFERENCE,
      'return namespaceOf(object) === namespaceOf(pod) && hasDirection',
      'return (object.spec?.podSelector?.matchExpressions?.length || namespaceOf(object) === namespaceOf(pod)) && hasDirection',
    ],
  ],
  'CVE-2023-27594': [
    [
      LOOKUP,
      'if (isSelectable(pod, profile)) for (const address of pod.ips) add(address);',
      'if (isSelectable(pod, profile)) for (const address of pod.ips) if (address.family === 4) add(address);',
    ],
    [ENDS, 'addressesOfPod(pod).includes(address));', 'addressesOfPod(pod)[0] === address);'],
  ],
  'CVE-2025-30163': [
    [
      PEER_SETS,
      'return this.sets.close();',
      `if (items.length > start) for (const [endpoint, kind] of this.endpoints.kind.entries()) if (kind === 2) items.push(this.endpoints.unit[endpoint]);
    items.view().subarray(start).sort();
    return this.sets.close();`,
    ],
    [
      REFERENCE,
      'if (face.pod === undefined) return false;',
      'const node = world.manifests.nodes.find(({ object }) => object.metadata.name === face.node)?.object;\n  if (face.pod === undefined) return node !== undefined && selects(podSelector, labelsOf(node));',
    ],
  ],
  'CVE-2025-64715': [
    [
      PEER_SETS,
      "if (peer.kind === 'pods') return this.internPods(peer);",
      "if (peer.kind === 'pods') {\n        const set = this.internPods(peer);\n        return this.sets.get(set).length > 0 ? set : EVERY_PEER;\n      }",
    ],
    [
      REFERENCE,
      'return [...items.keys()].filter((index) => test(items[index] as T));',
      'const found = [...items.keys()].filter((index) => test(items[index] as T));\n  return found.length > 0 ? found : [null];',
    ],
  ],
  'CVE-2026-33726': [
    [
      'src/evaluate/reader.ts',
      'return switches[1] === 1 && (',
      'return switches[1] === 1 && (endpointHost[source] === endpointHost[destination] || ',
    ],
    ['src/evaluate/table-code.ts', 'source.equals(host.at(to)).or(isToOwnNode)', 'host.at(from).equals(host.at(to)).or(isToOwnNode)'],
    [
      REFERENCE,
      'b?.node !== undefined && nodeOf(manifests, profile, a.pod) === b.node)',
      '(b?.node ?? (b?.pod && nodeOf(manifests, profile, b.pod))) === nodeOf(manifests, profile, a.pod))',
    ],
  ],
  'CVE-2024-7598': [
    [
      NETWORK_POLICY,
      'for (const resource of enforced) policies.push(lowerPolicy(resource, context));',
      'for (const resource of enforced.filter(({ object }) => !given.namespaces.find((each) => each.object.metadata.name === object.metadata.namespace)?.object.metadata.deletionTimestamp)) policies.push(lowerPolicy(resource, context));',
    ],
    [
      REFERENCE,
      'policies: manifests.networkPolicies.filter(',
      'policies: manifests.networkPolicies.filter(({ object }) => !manifests.namespaces.find((each) => each.object.metadata.name === namespaceOf(object))?.object.metadata.deletionTimestamp).filter(',
    ],
  ],
  'CVE-2026-32254': [
    [LOOKUP, 'const owners = doubt === undefined ?', 'const owners = doubt === undefined && !services.has(host) ?'],
    [
      ENDS,
      'const pods = livePods(manifests).filter((pod) => !isTreated',
      'const thief = manifests.services.find(({ object }) => serviceAddresses(object).includes(address))?.object.metadata;\n  if (thief) return { faces: [], ambiguous: false, service: thief.name };\n  const pods = livePods(manifests).filter((pod) => !isTreated',
    ],
  ],
  'GHSA-c66w-hq56-4q97': [
    [
      'src/engine/can-reach.ts',
      'this.reader.tables.columns.switches[2] === 1) return -1;',
      'this.reader.tables.columns.switches[2] === 0) return -1;',
    ],
    [REFERENCE, "if (misspelt || world.profile.otherProtocols === 'error') {", 'if (misspelt) {'],
  ],
};
