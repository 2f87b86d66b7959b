/**
 * Names that containers give to their ports. Specification: networkpolicy-semantics 45, 46.
 */
import type { NamedPort } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
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

  constructor(profile: CniProfile) {
    this.profile = profile;
  }

  of(spec: Maybe<PodSpec>): DeclaredPorts {
    const ports = this.declaredBy(spec);
    if (!areSame(ports, this.before)) {
      this.before = ports;
      this.read = { namedPorts: namedPorts(ports, this.profile), warnings: warningsAbout(ports, this.profile) };
    }
    return this.read;
  }

  private declaredBy(spec: Maybe<PodSpec>): readonly NamedPort[] {
    if (!spec) return NO_PORTS;
    let found: NamedPort[] | undefined;
    const { containers, initContainers } = spec;
    if (containers) for (let i = 0; i < containers.length; i++) found = addPorts(containers[i]!, found);
    if (initContainers && this.profile.sidecarPorts) {
      for (const container of initContainers) if (container.restartPolicy === 'Always') found = addPorts(container, found);
    }
    return found ?? NO_PORTS;
  }
}

/** Adds the named ports of a container to those found before, of which there may be none yet. */
function addPorts({ ports }: Container, found: NamedPort[] | undefined): NamedPort[] | undefined {
  if (!ports) return found;
  for (const { name, containerPort, protocol } of ports) {
    if (!name) continue;
    found ??= [];
    found.push({ name, port: containerPort, protocol: protocol ?? 'TCP' });
  }
  return found;
}

function areSame(a: readonly NamedPort[], b: readonly NamedPort[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const { name, port, protocol } = a[i]!;
    const other = b[i]!;
    if (name !== other.name || port !== other.port || protocol !== other.protocol) return false;
  }
  return true;
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
