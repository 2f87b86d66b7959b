/**
 * Addresses and ports that the rules of the field replica name. Real policies repeat themselves: both are drawn from pools in which early entries are drawn
 * far more often than late ones.
 */
import { distinct, type Random } from '../random.ts';
import type { FieldReplicaShape } from './field-replica-shape.ts';

export interface Pools {
  /** `count` different ipBlock peers. */
  cidrs(count: number): unknown[];
  /** `count` single ports, all different, and a range after them if asked for. `named`: the rule's destination is a pod, so names make sense. */
  ports(count: number, range: boolean, named: boolean): unknown[];
}

const WELL_KNOWN_PORTS = [443, 8080, 8443, 80, 5432, 9090, 6379, 3306, 9200, 27017, 1521, 5672, 22, 25, 389, 636, 1433, 2049, 9092, 8888];
const UDP_PORTS = [53, 123, 161, 162, 514, 1812, 4789, 5353, 8125, 12201];
/** How many of a hundred prefixes have which length. */
const LENGTHS = [
  ...new Array<number>(60).fill(32),
  ...new Array<number>(20).fill(24),
  ...[28, 28, 27, 26, 26, 23, 22, 22, 21, 20, 20, 19, 18, 16, 16, 16, 16, 14, 12, 8],
];

export function createPools(shape: FieldReplicaShape, random: Random): Pools {
  const prefixes = distinct(shape.assumed.distinctCidrs, () => randomPrefix(random));
  const ports = distinct(shape.assumed.distinctPorts, () => String(1024 + random.int(31_000)), WELL_KNOWN_PORTS.map(String)).map(Number);
  // Squaring favours the front of the pool: a quarter of it is drawn half of the time.
  const skewed = <T>(items: readonly T[]): T => items[Math.floor((random.int(1_000_000) / 1_000_000) ** 2 * items.length)]!;

  return {
    cidrs: (count) => distinct(count, () => skewed(prefixes)).map((cidr) => ({ ipBlock: withExcept(cidr, shape, random) })),
    ports: (count, range, named) => {
      const single = distinct(count, () => {
        if (named && random.chance(shape.assumed.namedPortShare)) return random.pick(['http', 'metrics']);
        return random.chance(shape.assumed.udpShare) ? `UDP ${random.pick(UDP_PORTS)}` : `TCP ${skewed(ports)}`;
      }).map(portOf);
      const from = 30_000 + 100 * random.int(20);
      return range ? [...single, { protocol: 'TCP', port: from, endPort: from + 99 + 100 * random.int(10) }] : single;
    },
  };
}

function portOf(text: string): unknown {
  const [protocol, port] = text.split(' ');
  return port === undefined ? { protocol: 'TCP', port: text } : { protocol, port: Number(port) };
}

/** A prefix outside the pods' range 10.128.0.0/14 and the nodes' 192.168.0.0/24. */
function randomPrefix(random: Random): string {
  const length = random.pick(LENGTHS);
  const first = random.pick([10, 10, 100, 151, 172, 185, 203, 34, 52]);
  const second = first === 10 ? random.int(120) : first === 172 ? 16 + random.int(16) : random.int(256);
  const address = ((first << 24) | (second << 16) | random.int(2 ** 16)) >>> 0;
  const masked = (address & (-1 << (32 - length))) >>> 0;
  return `${[24, 16, 8, 0].map((shift) => (masked >>> shift) & 255).join('.')}/${length}`;
}

/** The block, and sometimes everything instead of it, without the private ranges; or without its own first quarter. */
function withExcept(cidr: string, shape: FieldReplicaShape, random: Random): { cidr: string; except?: string[] } {
  const length = Number(cidr.split('/')[1]);
  if (!random.chance(shape.assumed.exceptShare)) return { cidr };
  if (length > 28) return { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] };
  return { cidr, except: [`${cidr.split('/')[0]}/${length + 2}`] };
}
