/**
 * The mistakes of rows 21 to 34 and 69 to 71: ports and protocols.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are texts of source files
import { CLUSTER, ENDS, NAMED_PORTS, NETWORK_POLICY, PEER_SETS, REFERENCE, REFERENCE_WORLD, SEGMENTS } from '../files.ts';
import type { Edits } from '../mutant.ts';

export const PORTS_EDITS: Edits = {
  '21': [
    [
      NAMED_PORTS,
      "this.protocols[this.count] = protocol ?? 'TCP';\n      this.count++;",
      "this.count--;\n      for (const each of ['TCP', 'UDP', 'SCTP']) {\n        this.count++;\n        this.names[this.count] = name;\n        this.ports[this.count] = containerPort;\n        this.protocols[this.count] = each;\n      }\n      this.count++;",
    ],
    [REFERENCE_WORLD, "port.name === name && (port.protocol ?? 'TCP') === protocol)", 'port.name === name)'],
  ],
  '22a': [
    [
      NETWORK_POLICY,
      "return { kind: 'named', protocol, name: profile.namedPorts === 'uncertain' ? '' : port };",
      "return { kind: 'range', protocol, from: 0, to: LAST_PORT };",
    ],
    [REFERENCE, 'destination.pod, protocol).includes(port);', 'destination.pod, protocol).length > 0;'],
  ],
  '22b': [
    [
      'src/compile/entries.ts',
      "if (declared.name !== port.name || (port.protocol !== 'any' && declared.protocol !== port.protocol)) continue;",
      "if (port.protocol !== 'any' && declared.protocol !== port.protocol) continue;",
    ],
    [REFERENCE_WORLD, "port.name === name && (port.protocol ?? 'TCP') === protocol)", "(port.protocol ?? 'TCP') === protocol)"],
  ],
  '23a': [
    [
      'src/compile/entries.ts',
      'of peerSets.byPortNumber(peerSet, protocol, name)) {',
      'of peerSets.byPortNumber(peerSet, protocol, name).slice(0, 1)) {',
    ],
    [PEER_SETS, 'set: this.sets.add(those)', 'set: this.sets.add([...new Set([...unitsOfPort.values()].flat())].sort((a, b) => a - b))'],
  ],
  '23b': [
    [NAMED_PORTS, "if (ports.length < 2 || profile.namedPortDuplicates === 'every') return ports;", ''],
    [REFERENCE_WORLD, "return profile.namedPortDuplicates === 'first' ? found.slice(0, 1) : found;", 'return found.slice(0, 1);'],
  ],
  '24': [
    [NAMED_PORTS, 'if (!name) continue;', "if (!name || protocol === 'SCTP') continue;"],
    [REFERENCE, "if (typeof item.port === 'string') return", "if (typeof item.port === 'string') return protocol !== 'SCTP' &&"],
  ],
  '26': [
    [CLUSTER, 'serviceAddresses: manifests.services.flatMap(({ object }) => addressesOfService(object)),', 'serviceAddresses: [],'],
    [ENDS, 'if (service !== undefined) return', 'if (service === null) return'],
  ],
  '27a': [
    [
      REFERENCE,
      'const flows = pairs(from, to, query);',
      'const ports = world.manifests.services.flatMap(({ object }) => object.spec?.ports ?? []);\n  const flows = pairs(from, to, { ...query, port: ports.find(({ port }) => port === query.port)?.targetPort ?? query.port });',
    ],
    [
      NETWORK_POLICY,
      'for (const resource of enforced) policies.push(lowerPolicy(resource, context));',
      `for (const resource of enforced) {
    const ports = given.services.flatMap(({ object }) => object.spec?.ports ?? []);
    const lowered = lowerPolicy(resource, context);
    const translate = (port) => ports.find(({ targetPort }) => targetPort === port)?.port ?? port;
    policies.push({ ...lowered, rules: lowered.rules.map((rule) => ({ ...rule, ports: rule.ports.map((each) => ({ ...each, from: translate(each.from), to: translate(each.to) })) })) });
  }`,
    ],
  ],
  '27b': [
    [
      REFERENCE,
      'item: NetworkPolicyPort, { destination, protocol, port }: Flow)',
      'item: NetworkPolicyPort, { source: destination, protocol, port }: Flow)',
    ],
    ['src/compile/entries.ts', "else if (direction === 'ingress')", "else if (direction === 'egress')"],
  ],
  '29': [
    [NETWORK_POLICY, "const protocol = written ?? 'TCP';", "const protocol = (endPort === undefined ? written : 'TCP') ?? 'TCP';"],
    [
      REFERENCE,
      "if ((item.protocol ?? 'TCP') !== protocol) return false;",
      "if (((item.endPort === undefined ? item.protocol : 'TCP') ?? 'TCP') !== protocol) return false;",
    ],
  ],
  '30': [
    [NETWORK_POLICY, "return { kind: 'range', protocol, from: 0, to: LAST_PORT };", "return { kind: 'range', protocol, from: 0, to: 0 };"],
    [
      REFERENCE,
      'if (item.port === null || item.port === undefined) return true;',
      'if (item.port === null || item.port === undefined) return false;',
    ],
  ],
  '32': [
    [NETWORK_POLICY, 'ports: ports?.length ?', 'ports: ports?.length && peers?.length ?'],
    [REFERENCE, 'const ports = matches(rule.ports, (each)', 'const ports = matches(rule.from || rule.to ? rule.ports : [], (each)'],
  ],
  '33': [
    [
      NETWORK_POLICY,
      'const ingress = (isolates.ingress && spec?.ingress) || NO_RULES;',
      'const ingress = ((isolates.ingress && spec?.ingress) || NO_RULES).map((rule, _, rules) => (rule.ports?.length ? { ...rule, from: rules[0].from } : rule));',
    ],
    [
      REFERENCE,
      "const written = direction === 'egress' ? rule.to : rule.from;",
      "const written = direction === 'egress' ? rule.to : rule.ports ? rules[0].from : rule.from;",
    ],
  ],
  '34': [
    [
      'src/engine/can-reach.ts',
      'this.reader.tables.columns.switches[2] === 1) return -1;',
      'this.reader.tables.columns.switches[2] === 0) return -1;',
    ],
    [REFERENCE, "if (misspelt || world.profile.otherProtocols === 'error') {", 'if (misspelt) {'],
  ],
  '69a': [
    [SEGMENTS, 'cuts.add(last.get(local.get(i)) + 1);', 'cuts.add(Math.max(first.get(local.get(i)) + 1, last.get(local.get(i))));'],
    [REFERENCE, 'return item.port <= port && port <= last;', 'return item.port <= port && port < last;'],
    ['src/compile/ports.ts', 'this.beginAt(protocol, to + 1);', 'this.beginAt(protocol, to);'],
  ],
  '69b': [
    [
      PEER_SETS,
      'return Array.from(unitsOfPort,',
      'units.fill([...unitsOfPort.values()][0]?.[0] ?? units[0]!);\n    return Array.from(unitsOfPort,',
    ],
  ],
  '71a': [
    [SEGMENTS, 'cuts.drain(bounds);', 'cuts.drain(bounds);\n    bounds.view().set(Array.from(bounds.view()).sort());'],
    [REFERENCE, 'return item.port <= port && port <= last;', 'return item.port <= port && port <= Math.min(last, item.port + 1000);'],
    // Every range is compared with every other.
    [
      NETWORK_POLICY,
      'const ingress = (isolates.ingress && spec?.ingress) || NO_RULES;',
      `const ingress = (isolates.ingress && spec?.ingress) || NO_RULES;
  ingress.forEach(({ ports }) => ingress.forEach((other) => (other.ports ?? []).forEach(({ port }) => (ports ?? []).some((each) => each.port === port))));`,
    ],
    // Every port of a range is a class of its own.
    ['src/compile/ports.ts', 'this.beginAt(protocol, from);', 'for (let port = from; port <= to; port++) this.beginAt(protocol, port);'],
  ],
  '71b': [
    [
      NETWORK_POLICY,
      'ports: ports?.length ? lowerPorts(ports, profile, parts) :',
      'ports: ports?.length ? lowerPorts(ports.filter((port, i) => ports.findIndex((other) => other.port === port.port) === i), profile, parts) :',
    ],
    [
      REFERENCE,
      'const ports = matches(rule.ports, (each) => matchesPort(',
      'const ports = matches(rule.ports, (each) => rule.ports.find(({ port }) => port === each.port) === each && matchesPort(',
    ],
  ],
};
