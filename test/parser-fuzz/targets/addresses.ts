/**
 * Addresses, prefixes and blocks with exceptions: one to four texts on a line each. Held against `node:net` and arithmetic on big integers, with the differences that are
 * meant: no zones. What prints and parses again is the same; a block is accepted when each exception is strictly inside it.
 */
import { isIPv4, isIPv6 } from 'node:net';
import type { Random } from '../../../src/fuzz/random.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import {
  formatAddress, formatPrefix, type IpPrefix, isMappedIPv4, lastWords, parseAddress, parsePrefix, prefixContains,
} from '../../../src/lib/ip-address.ts'; // biome-ignore format: short
import { addressBits } from '../../../src/reference/addresses.ts';
import { bytesOf, expectThat, type Target } from '../target.ts';

const SEEDS = [
  '10.0.0.0/8\n10.1.0.0/16', '0.0.0.0/0', '255.255.255.255/32', '::/0', '2001:db8::/32\n2001:db8:1::/48', '::ffff:10.0.0.1', '::ffff:10.0.0.0/104', 'fe80::1%eth0', '010.0.0.1/8',
  '1:2:3:4:5:6:7::', '::1:2:3:4:5:6:7', '1::2.3.4.5', '10.161.0.0/8', '10.0.0.0/33', '10.0.0/8', 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128', '0:0:1::1:0:0', '1:0:0:2:0:0:0:3',
]; // biome-ignore format: a list of words

export const addresses: Target = {
  name: 'addresses',
  dictionary: [
    '.',
    ':',
    '::',
    '/',
    '/0',
    '/8',
    '/32',
    '/33',
    '/64',
    '/128',
    '/129',
    '%eth0',
    '::ffff:',
    '0x',
    '00',
    'ffff',
    '256',
    '\n',
    '10.0.0.0/8',
    '\uff11',
    ' ',
  ],
  seeds: () => SEEDS.map(bytesOf),
  generate: (random) =>
    bytesOf((random.chance(0.75) ? block(random) : Array.from({ length: 1 + random.below(3) }, () => oneText(random))).join('\n')),
  run(bytes) {
    const texts = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n').slice(0, 4);
    const found = texts.map(checkText).join(' ');
    const block = checkBlock(texts);
    return { accepted: block === 'accepted', signature: `${found} ${block}` };
  },
};

/** A block and up to three prefixes strictly inside it, each in some spelling. */
function block(random: Random): string[] {
  const family = random.chance(0.5) ? 4 : 6;
  const words = Array.from({ length: family === 4 ? 1 : 4 }, () => anyWord(random));
  const width = words.length * 32;
  const length = random.below(width + 1);
  const inside = length === width ? [] : Array.from({ length: random.below(4) }, () => prefixInside(words, length, random));
  return [`${spelled(words, random)}/${length}`, ...inside];
}

function prefixInside(words: readonly number[], length: number, random: Random): string {
  const own = words.map((word, i) => {
    const kept = Math.min(32, Math.max(0, length - 32 * i));
    const mask = kept === 0 ? 0 : (0xffffffff << (32 - kept)) >>> 0;
    return ((word & mask) | (anyWord(random) & ~mask)) >>> 0;
  });
  return `${spelled(own, random)}/${length + 1 + random.below(words.length * 32 - length)}`;
}

function anyWord(random: Random): number {
  return random.chance(0.3) ? random.pick([0, 0xffffffff, 0x0a000000, 0x80000000, 1, 0xffff, 0xfd000000]) : random.below(2 ** 32);
}

function spelled(words: readonly number[], random: Random): string {
  const text = formatAddress({ family: words.length === 1 ? 4 : 6, words } as Parameters<typeof formatAddress>[0]);
  if (words.length === 1 || random.chance(0.5)) return text;
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff].map((each) => each.toString(16)));
  const long = random.chance(0.5) ? groups : groups.map((each) => each.padStart(4, '0').toUpperCase());
  if (random.chance(0.7)) return long.join(':');
  const last = words[3] as number;
  return `${long.slice(0, 6).join(':')}:${[24, 16, 8, 0].map((shift) => (last >>> shift) & 255).join('.')}`;
}

function oneText(random: Random): string {
  const octet = (): string => String(random.chance(0.1) ? random.below(300) : random.pick([0, 1, 10, 127, 128, 255]));
  const quad = (): string => [octet(), octet(), octet(), octet()].join('.');
  const group = (): string => (random.chance(0.4) ? '0' : random.below(random.chance(0.1) ? 0x11000 : 0x10000).toString(16));
  const groups = (count: number): string => Array.from({ length: count }, group).join(':');
  const six = (): string => {
    const head = groups(random.below(8));
    return random.chance(0.2) ? `${head}::${quad()}` : random.chance(0.5) ? `${head}::${groups(random.below(7))}` : groups(8);
  };
  const isFour = random.chance(0.5);
  const length = random.chance(0.7) ? `/${random.below(isFour ? 34 : 130)}` : '';
  return `${isFour ? quad() : six()}${length}`;
}

function checkText(text: string): string {
  const slash = text.indexOf('/');
  const addressText = slash < 0 ? text : text.slice(0, slash);
  const expected = slowAddress(addressText);
  const address = parseAddress(addressText);
  expectThat((address === undefined) === (expected === undefined), 'an address is read by one parser only', () =>
    JSON.stringify(addressText),
  );
  const bits = addressBits(addressText);
  expectThat((bits === undefined) === (expected === undefined), 'the reference reads addresses differently', () =>
    JSON.stringify(addressText),
  );
  const parsed = parsePrefix(text);
  if (address === undefined || expected === undefined) {
    expectThat(parsed === undefined, 'a prefix has no address', () => JSON.stringify(text));
    return 'no address';
  }
  expectThat(numberOf(address.words) === expected.value && address.family === expected.family, 'an address has the wrong value', () =>
    JSON.stringify(addressText),
  );
  expectThat(BigInt(`0b${bits}`) === expected.value, 'the reference reads another address', () => JSON.stringify(addressText));
  const printed = formatAddress(address);
  expectThat(numberOf(parseAddress(printed)?.words ?? []) === expected.value, 'an address does not print as what it is', () => printed);
  if (address.family === 6) {
    expectThat(
      new URL(`http://[${addressText}]`).hostname === `[${printed}]`,
      'an IPv6 address is not in its canonical form',
      () => printed,
    );
  }
  const kind = `${address.family}${isMappedIPv4(address) ? ' mapped' : ''}`;
  return `${kind} ${checkLength(text, slash, expected, parsed)}`;
}

interface SlowAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

function checkLength(text: string, slash: number, address: SlowAddress, parsed: ReturnType<typeof parsePrefix>): string {
  const width = address.family === 4 ? 32 : 128;
  const length = /^(?:0|[1-9][0-9]*)$/.test(text.slice(slash + 1)) ? BigInt(text.slice(slash + 1)) : -1n;
  const isPrefix = slash >= 0 && length >= 0n && length <= BigInt(width);
  expectThat((parsed !== undefined) === isPrefix, 'a prefix length is read wrongly', () => JSON.stringify(text));
  if (parsed === undefined) return slash < 0 ? 'address' : 'bad length';
  const { prefix, hostBits } = parsed;
  const size = 1n << (BigInt(width) - length);
  const first = (address.value / size) * size;
  expectThat(numberOf(prefix.words) === first && BigInt(prefix.length) === length, 'a prefix begins elsewhere', () => text);
  expectThat(numberOf(lastWords(prefix.words, prefix.length)) === first + size - 1n, 'a prefix ends elsewhere', () => text);
  expectThat(hostBits === (first !== address.value), 'host bits are seen wrongly', () => text);
  expectThat(
    formatPrefix(parsePrefix(formatPrefix(prefix))?.prefix as IpPrefix) === formatPrefix(prefix),
    'a prefix does not print as what it is',
    () => text,
  );
  return `prefix${hostBits ? ' with host bits' : ''}${length === 0n ? ' of all' : ''}`;
}

/** The first text as a block, the others as exceptions of it: through the validation of policies. */
function checkBlock([cidr = '', ...except]: readonly string[]): string {
  const block = parsePrefix(cidr)?.prefix;
  const others = except.map((each) => parsePrefix(each)?.prefix);
  // Mapped addresses are refused in policies. Every exception lies strictly inside the block.
  const isSound = [block, ...others].every((each) => each !== undefined && !isMappedIPv4(each));
  const inside = others.every((each) => {
    const contained = block !== undefined && each !== undefined && slowContains(block, each) && each.length > block.length;
    if (block !== undefined && each !== undefined) {
      expectThat(prefixContains(block, each) === slowContains(block, each), 'containment is wrong', () => `${cidr} ${formatPrefix(each)}`);
    }
    return contained;
  });
  const peer = { ipBlock: { cidr, ...(except.length > 0 && { except }) } };
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p' },
    spec: { podSelector: {}, ingress: [{ from: [peer] }] },
  };
  const manifests = manifestsFromObjects([policy]);
  const accepted = manifests.networkPolicies.length === 1;
  expectThat(accepted !== (manifests.unreadable.length === 1), 'a policy is both read and unreadable, or neither');
  expectThat(accepted === (isSound && inside), `a block was ${accepted ? 'accepted' : 'refused'}`, () => JSON.stringify([cidr, ...except]));
  return accepted ? 'accepted' : manifests.diagnostics.map(({ code }) => code).join();
}

function slowContains(outer: IpPrefix, inner: IpPrefix): boolean {
  if (outer.family !== inner.family) return false;
  const size = 1n << BigInt((outer.family === 4 ? 32 : 128) - outer.length);
  const [from, at] = [numberOf(outer.words), numberOf(inner.words)];
  return inner.length >= outer.length && at >= from && at < from + size;
}

function numberOf(words: readonly number[]): bigint {
  return words.reduce((value, word) => value * 2n ** 32n + BigInt(word), 0n);
}

function slowAddress(text: string): SlowAddress | undefined {
  if (isIPv4(text)) return { family: 4, value: text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const tail = text.slice(text.lastIndexOf(':') + 1);
  const quad = isIPv4(tail) ? slowAddress(tail)?.value : undefined;
  const hex = quad === undefined ? text : `${text.slice(0, -tail.length)}${(quad >> 16n).toString(16)}:${(quad & 0xffffn).toString(16)}`;
  const [head = '', rest] = hex.split('::');
  const split = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const groups =
    rest === undefined
      ? split(head)
      : [...split(head), ...Array<string>(8 - split(head).length - split(rest).length).fill('0'), ...split(rest)];
  return { family: 6, value: groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n) };
}
