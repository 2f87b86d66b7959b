/**
 * Ends as they are written: which form a text has.
 */
import { describe, expect, it } from 'vitest';
import { type NamedEnd, readNamedEnd } from '../../../src/services/named-end.ts';

const SERVICE = { kind: 'service', namespace: 'shop', name: 'cart' } as const;

const FORMS: readonly (readonly [text: string, end: NamedEnd])[] = [
  ['svc/shop/cart', SERVICE],
  ['svc/shop/cart:http', { ...SERVICE, port: 'http' }],
  ['service/shop/cart:80', { ...SERVICE, port: 80 }],
  ['shop/service/cart:80', { ...SERVICE, port: 80 }],
  ['shop/Svc/cart', SERVICE],
  ['cart.shop.svc', SERVICE],
  ['cart.shop.svc.cluster.local', SERVICE],
  ['Cart.shop.svc.cluster.local.:http', { ...SERVICE, port: 'http' }],
  ['api.example.com', { kind: 'host', host: 'api.example.com' }],
  ['API.example.com.:443', { kind: 'host', host: 'api.example.com', port: 443 }],
  ['_db.example.com', { kind: 'host', host: '_db.example.com' }],
  ['cart.shop', { kind: 'host', host: 'cart.shop' }],
  ['cart.shop.svc.other.domain', { kind: 'host', host: 'cart.shop.svc.other.domain' }],
  ...['shop/cart', 'shop/deployment/cart', 'svc/cart', '10.0.0.1', 'fd00::1', '::1', 'localhost', 'a..b', '', '10.0.0.300', 'a/b/c/d'].map(
    (text) => [text, { kind: 'given', text }] as const,
  ),
];

describe('the text of an end', () => {
  it.each(FORMS)('%s', (text, end) => expect(readNamedEnd(text)).toEqual(end));

  it.each([
    ['svc/shop/cart:', 'the port of `svc/shop/cart:` must be the name of a port, or a whole number from 1 to 65535'],
    ['svc/shop/cart:0', 'whole number'],
    ['svc/shop/cart:080', 'whole number'],
    ['svc/shop/cart:65536', 'whole number'],
    ['svc/shop/cart:HTTP', 'the name of a port'],
    ['svc//cart', 'does not name a Service'],
    ['svc/shop/', 'does not name a Service'],
    ['svc/Shop/cart', 'does not name a Service'],
    ['svc/shop/\u001b[2J', '\\u{1b}'],
    ['web-0.cart.shop.svc', 'a pod behind a Service is named `namespace/pod`'],
    ['10.0.0.1:80', 'is an address with a port'],
    ['api.example.com:https', 'must be a whole number'],
  ])('%s is refused', (text, message) => expect(() => readNamedEnd(text)).toThrow(message));
});
