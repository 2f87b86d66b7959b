/**
 * Does one selector, peer or port hold everything that another does, whatever pods and addresses there are? A yes is certain; a no may only mean that it cannot be seen from what is written.
 */
import { type IpPrefix, prefixContains } from '../lib/ip-address.ts';
import { NAME_LABEL } from '../model/object-names.ts';
import type { IpBlock, Peer, PodMatch, PortMatch } from '../model/policy.ts';
import type { Requirement, Selector } from '../model/selector.ts';

function containsSelector(outer: Selector, inner: Selector): boolean {
  return outer === inner || outer.every((requirement) => inner.some((each) => implies(each, requirement)));
}

function implies(given: Requirement, wanted: Requirement): boolean {
  if (given.key !== wanted.key) return false;
  switch (wanted.operator) {
    case 'in':
      return given.operator === 'in' && given.values.every((value) => wanted.values.includes(value));
    case 'exists':
      return given.operator === 'in' || given.operator === 'exists';
    case 'doesNotExist':
      return given.operator === 'doesNotExist';
    case 'notIn':
      if (given.operator === 'in') return given.values.every((value) => !wanted.values.includes(value));
      return (
        given.operator === 'doesNotExist' || (given.operator === 'notIn' && wanted.values.every((value) => given.values.includes(value)))
      );
  }
}

export function containsPods(outer: PodMatch, inner: PodMatch): boolean {
  return containsNamespaces(outer.namespaces, inner.namespaces) && containsSelector(outer.pods, inner.pods);
}

function containsNamespaces(outer: PodMatch['namespaces'], inner: PodMatch['namespaces']): boolean {
  if ('name' in outer) {
    if ('name' in inner) return outer.name === inner.name;
    return containsSelector(named(outer.name), inner.selector);
  }
  return containsSelector(outer.selector, 'name' in inner ? named(inner.name) : inner.selector);
}

/** The label of the name is always there; what others there are is not known from the name. */
function named(name: string): Selector {
  return [{ key: NAME_LABEL, operator: 'in', values: [name] }];
}

export function containsPeer(outer: Peer | 'any', inner: Peer | 'any'): boolean {
  if (outer === 'any') return true;
  if (inner === 'any' || outer.kind !== inner.kind) return false;
  switch (outer.kind) {
    case 'pods':
      return containsPods(outer, inner as PodMatch);
    case 'ipBlock':
      return containsBlock(outer, inner as IpBlock);
    case 'networks':
      return (inner as typeof outer).cidrs.every((cidr) => outer.cidrs.some((each) => prefixContains(each, cidr)));
    case 'nodes':
      return containsSelector(outer.nodes, (inner as typeof outer).nodes);
    case 'domainNames':
      // What the names of two peers stand for may change between two lookups.
      return false;
  }
}

function containsBlock(outer: IpBlock, inner: IpBlock): boolean {
  const isLeftOut = (prefix: IpPrefix): boolean => inner.except.some((each) => prefixContains(each, prefix));
  return (
    prefixContains(outer.cidr, inner.cidr) &&
    outer.except.every((prefix) => isLeftOut(prefix) || !(prefixContains(prefix, inner.cidr) || prefixContains(inner.cidr, prefix)))
  );
}

export function containsPort(outer: PortMatch, inner: PortMatch): boolean {
  if (outer.kind === 'named')
    return inner.kind === 'named' && outer.name === inner.name && (outer.protocol === 'any' || outer.protocol === inner.protocol);
  return inner.kind === 'range' && outer.protocol === inner.protocol && outer.from <= inner.from && inner.to <= outer.to;
}

export function containsPorts(outer: 'any' | readonly PortMatch[], inner: 'any' | readonly PortMatch[]): boolean {
  if (outer === 'any') return true;
  return inner !== 'any' && inner.every((port) => outer.some((each) => containsPort(each, port)));
}
