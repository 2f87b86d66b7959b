import { describe, expect, it } from 'vitest';
import { Directory } from '../../../src/evaluate/directory.ts';
import { endpointName, TableNames } from '../../../src/evaluate/names.ts';
import { encodeFlows } from '../../../src/flows/encode-flows.ts';
import type { FlowQuery } from '../../../src/model/flow.ts';
import { smallEngine } from '../simulate/small-cluster.ts';

const { tables } = smallEngine();
const names = new TableNames(tables);
const directory = new Directory(tables, names);
const encode = (...queries: FlowQuery[]) => encodeFlows(tables, directory, queries);

describe('encoded flows', () => {
  it('are rows of endpoint numbers, in the order of the questions', () => {
    const batch = encode(
      { from: 'shop/web-1', to: 'shop/cart-0', protocol: 'TCP', port: 7000 },
      { from: { ip: '203.0.113.70' }, to: 'data/db-0', protocol: 'UDP', port: 53 },
      { from: 'shop/web-1', to: 'data/db-0', protocol: 'SCTP', port: 65535, family: 6 },
    );
    const nameOf = (endpoint: number): string => endpointName(tables.columns, names, endpoint);
    expect(batch.count).toBe(3);
    expect(Array.from(batch.source, nameOf)).toEqual(['shop/web-1 (IPv4)', '203.0.113.64/26', 'shop/web-1 (IPv6)']);
    expect(Array.from(batch.destination, nameOf)).toEqual(['shop/cart-0', 'data/db-0 (IPv4)', 'data/db-0 (IPv6)']);
    expect(Array.from(batch.protocol)).toEqual([0, 1, 2]);
    expect(Array.from(batch.port)).toEqual([7000, 53, 65535]);
  });

  it.each<[string, FlowQuery, string]>([
    ['several pairs', { from: 'shop/web-1', to: 'data/db-0', protocol: 'TCP', port: 1 }, 'flow 0: the ends stand for 2 pairs'],
    ['no pair', { from: 'data/six', to: 'shop/cart-0', protocol: 'TCP', port: 1 }, 'flow 0: the ends have no address family in common'],
    ['an unknown end', { from: 'data/sxi', to: 'shop/cart-0', protocol: 'TCP', port: 1 }, 'data/six'],
    ['port 0', { from: 'shop/waiting', to: 'shop/cart-0', protocol: 'TCP', port: 0 }, 'port must be'],
    ['another protocol', { from: 'shop/waiting', to: 'shop/cart-0', protocol: 'ICMP' as 'TCP', port: 1 }, 'protocol must be'],
  ])('refuse %s', (_, query, message) => {
    expect(() => encode(query)).toThrow(RangeError);
    expect(() => encode(query)).toThrow(message);
  });
});
