/**
 * Port classes: the ports of each protocol, cut at every boundary that a rule names. Ports that no rule can tell apart share a class.
 */
import { PROTOCOLS } from '../model/protocol.ts';
import { PORT_COUNT } from '../tables/layout.ts';

const PORT_WORDS = PORT_COUNT / 32;

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
  /** For each protocol, whether a class begins at a port: a bit per port. */
  private readonly begins = PROTOCOLS.map(() => {
    const begins = new Uint32Array(PORT_WORDS);
    begins[0] = 1;
    return begins;
  });

  /** Ports `from..to` of a protocol are told apart from the others. */
  add(protocol: number, from: number, to: number): void {
    this.beginAt(protocol, from);
    this.beginAt(protocol, to + 1);
  }

  classes(): PortClasses {
    const first: number[] = [];
    const last: number[] = [];
    const protocols: number[] = [];
    // Classes stay what they are when boundaries are added later.
    const beginsOf = this.begins.map((begins) => begins.slice());
    /** For each protocol, how many classes begin before each word. */
    const before = beginsOf.map((begins, protocol) => {
      const before = new Uint32Array(PORT_WORDS);
      for (let word = 0; word < PORT_WORDS; word++) {
        before[word] = first.length;
        for (let bits = begins[word]!; bits !== 0; bits &= bits - 1) {
          const port = word * 32 + 31 - Math.clz32(bits & -bits);
          if (port > 0) last.push(port - 1);
          first.push(port);
          protocols.push(protocol);
        }
      }
      last.push(PORT_COUNT - 1);
      return before;
    });
    return {
      count: first.length,
      first: Uint16Array.from(first),
      last: Uint16Array.from(last),
      protocol: Uint8Array.from(protocols),
      classOf: (protocol, port) => {
        const word = port >>> 5;
        return before[protocol]![word]! + countBits(beginsOf[protocol]![word]! & ((2 << (port & 31)) - 1)) - 1;
      },
    };
  }

  /** Past the last port nothing begins: what is written past the last word is ignored. */
  private beginAt(protocol: number, port: number): void {
    this.begins[protocol]![port >>> 5]! |= 1 << (port & 31);
  }
}

/** How many of 32 bits are set: sums of 2, 4, 8, 16 bits, and of all. */
function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f;
  const halves = bytes + (bytes >>> 8);
  return (halves + (halves >>> 16)) & 63;
}
