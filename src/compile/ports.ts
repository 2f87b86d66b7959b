/**
 * Port classes: the ports of each protocol, cut at every boundary that a rule names. Ports that no rule can tell apart share a class.
 */
import { PROTOCOLS } from '../model/protocol.ts';

const PORT_COUNT = 65536;

/** Class c is the ports `first[c]..last[c]` of protocol `protocol[c]` (index into PROTOCOLS). Classes of a protocol are consecutive and ascending. */
export interface PortClasses {
  readonly count: number;
  readonly first: Uint16Array;
  readonly last: Uint16Array;
  readonly protocol: Uint8Array;
  classOf(protocol: number, port: number): number;
}

/** Collects the boundaries, then makes the classes. */
export class PortBoundaries {
  /** For each protocol, whether a class begins at a port; one begins past the last. */
  private readonly begins = PROTOCOLS.map(() => {
    const begins = new Uint8Array(PORT_COUNT + 1);
    begins[0] = begins[PORT_COUNT] = 1;
    return begins;
  });

  /** Ports `from..to` of a protocol are told apart from the others. */
  add(protocol: number, from: number, to: number): void {
    this.begins[protocol]![from] = 1;
    this.begins[protocol]![to + 1] = 1;
  }

  classes(): PortClasses {
    const first: number[] = [];
    const last: number[] = [];
    const protocols: number[] = [];
    const classAt = this.begins.map((begins, protocol) => {
      const classAt = new Uint32Array(PORT_COUNT);
      for (let port = 0; port < PORT_COUNT; ) {
        const end = begins.indexOf(1, port + 1);
        classAt.fill(first.length, port, end);
        first.push(port);
        last.push(end - 1);
        protocols.push(protocol);
        port = end;
      }
      return classAt;
    });
    return {
      count: first.length,
      first: Uint16Array.from(first),
      last: Uint16Array.from(last),
      protocol: Uint8Array.from(protocols),
      classOf: (protocol, port) => classAt[protocol]![port]!,
    };
  }
}
