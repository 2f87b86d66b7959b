/**
 * Addresses of generated worlds, and blocks of them as lists: for tests that read ranges literally, one address after the other.
 */
import type { World } from '../../src/fuzz/world.ts';

export type Random = (below: number) => number;

/** Addresses that the world names somewhere, outside ones among them. */
export function addressesIn(generated: World): string[] {
  const text = JSON.stringify([generated.networkPolicies, generated.pods, generated.nodes, generated.services, generated.unreadableEnds]);
  const four = [...text.matchAll(/\b\d+\.\d+\.\d+\.\d+\b/g)].map(([each]) => each);
  const six = [...text.matchAll(/"(fd[0-9a-f:]*|2[0-9a-f]*:[0-9a-f:]*)(?:\/\d+)?"/g)]
    .map(([, each]) => each!)
    .filter((each) => each.includes('::'));
  return [...new Set([...four, ...six]), '203.0.113.9'];
}

export function blockAt(address: string, length: number): string {
  const value = numberOf(address);
  const size = (address.includes(':') ? 128 : 32) - length;
  return `${textOf((value >> BigInt(size)) << BigInt(size), address.includes(':'))}/${length}`;
}

export function addressesOf(cidr: string): string[] {
  const [address, length] = cidr.split('/') as [string, string];
  const is6 = address.includes(':');
  const count = 1n << BigInt((is6 ? 128 : 32) - Number(length));
  return Array.from({ length: Number(count) }, (_, i) => textOf(numberOf(address) + BigInt(i), is6));
}

export function numberOf(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const middle = new Array(8 - groups(head).length - groups(tail).length).fill('0') as string[];
  return [...groups(head), ...middle, ...groups(tail)].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

function textOf(value: bigint, is6: boolean): string {
  if (!is6) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(16 * (7 - i))) & 0xffffn).toString(16)).join(':');
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
