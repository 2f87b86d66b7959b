/**
 * Names that containers give to their ports. Specification: networkpolicy-semantics 45, 46.
 */
import type { NamedPort } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Container, Maybe, PodSpec } from '../model/resource.ts';

/** What the containers of a pod declare. */
export interface DeclaredPorts {
  /** Those that count, in the order of containers, then of sidecars. */
  readonly namedPorts: readonly NamedPort[];
  /** Of names that stand for several numbers: what is to be said. */
  readonly warnings: readonly string[];
}

const NO_PORTS: readonly NamedPort[] = [];
const NO_WARNINGS: readonly string[] = [];

/** Pods of one workload declare the same ports: pods that follow each other with the same share what was read. */
export class PortReader {
  private readonly profile: CniProfile;
  private before: readonly NamedPort[] = NO_PORTS;
  private read: DeclaredPorts = { namedPorts: NO_PORTS, warnings: NO_WARNINGS };
  /** The named ports of the pod, in columns that all pods share. */
  private count = 0;
  private readonly names: string[] = [];
  private readonly ports: number[] = [];
  private readonly protocols: Protocol[] = [];

  constructor(profile: CniProfile) {
    this.profile = profile;
  }

  of(spec: Maybe<PodSpec>): DeclaredPorts {
    this.count = 0;
    if (spec) this.addPortsOf(spec);
    if (!this.isAsBefore()) {
      this.before = this.list();
      this.read = { namedPorts: namedPorts(this.before, this.profile), warnings: warningsAbout(this.before, this.profile) };
    }
    return this.read;
  }

  private addPortsOf({ containers, initContainers }: PodSpec): void {
    if (containers) for (let i = 0; i < containers.length; i++) this.addPorts(containers[i]!);
    if (initContainers && this.profile.sidecarPorts) {
      for (const container of initContainers) if (container.restartPolicy === 'Always') this.addPorts(container);
    }
  }

  private addPorts({ ports }: Container): void {
    if (!ports) return;
    for (let i = 0; i < ports.length; i++) {
      const { name, containerPort, protocol } = ports[i]!;
      if (!name) continue;
      this.names[this.count] = name;
      this.ports[this.count] = containerPort;
      this.protocols[this.count] = protocol ?? 'TCP';
      this.count++;
    }
  }

  private isAsBefore(): boolean {
    const { before, count } = this;
    if (count !== before.length) return false;
    for (let i = 0; i < count; i++) {
      const { name, port, protocol } = before[i]!;
      if (name !== this.names[i] || port !== this.ports[i] || protocol !== this.protocols[i]) return false;
    }
    return true;
  }

  private list(): NamedPort[] {
    const list: NamedPort[] = [];
    for (let i = 0; i < this.count; i++) list.push({ name: this.names[i]!, port: this.ports[i]!, protocol: this.protocols[i]! });
    return list;
  }
}

function namedPorts(ports: readonly NamedPort[], profile: CniProfile): readonly NamedPort[] {
  if (ports.length < 2 || profile.namedPortDuplicates === 'every') return ports;
  return ports.filter((port, i) => ports.findIndex(({ name, protocol }) => name === port.name && protocol === port.protocol) === i);
}

function warningsAbout(ports: readonly NamedPort[], profile: CniProfile): readonly string[] {
  if (ports.length < 2) return NO_WARNINGS;
  const first = new Map<string, NamedPort>();
  const warnings: string[] = [];
  for (const port of ports) {
    const key = `${port.name}/${port.protocol}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, port);
    else if (known.port !== port.port) {
      const used = profile.namedPortDuplicates === 'every' ? 'policies that name it mean both' : `policies that name it mean ${known.port}`;
      warnings.push(`the port name \`${port.name}\` stands for ${known.port} and for ${port.port} (${port.protocol}); ${used}`);
    }
  }
  return warnings;
}
