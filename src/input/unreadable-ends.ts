/**
 * Pods, Nodes and Services that could not be used, and the addresses that they are known to have: whoever asks about such an address must not be told that it is outside.
 */
import { parseAddress } from '../lib/ip-address.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { UnreadableEnd } from '../model/resource.ts';
import { isMapping } from './narrow.ts';

/** Undefined for kinds that are no ends of flows, and for pods whose addresses are not their own. */
export function unreadableEnd(object: ObjectRef | undefined, value: unknown, origin: Origin): UnreadableEnd | undefined {
  if (object === undefined || !isMapping(value)) return undefined;
  const texts = addressTexts(object.kind, value);
  if (texts === undefined) return undefined;
  const addresses = texts.filter((text): text is string => typeof text === 'string' && parseAddress(text) !== undefined);
  return { object, addresses: [...new Set(addresses)], origin };
}

function addressTexts(kind: string, value: Readonly<Record<string, unknown>>): unknown[] | undefined {
  const spec = isMapping(value.spec) ? value.spec : {};
  const status = isMapping(value.status) ? value.status : {};
  switch (kind) {
    case 'Pod': {
      // The address of a completed pod is free again; that of a host-network pod is its node's.
      if (status.phase === 'Succeeded' || status.phase === 'Failed' || spec.hostNetwork === true) return undefined;
      return [status.podIP, ...fieldOf(status.podIPs, 'ip')];
    }
    case 'Node':
      return fieldOf(status.addresses, 'address');
    case 'Service': {
      const balancer = isMapping(status.loadBalancer) ? status.loadBalancer : {};
      return [spec.clusterIP, ...listOf(spec.clusterIPs), ...listOf(spec.externalIPs), ...fieldOf(balancer.ingress, 'ip')];
    }
    default:
      return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldOf(value: unknown, field: string): unknown[] {
  return listOf(value).map((item) => (isMapping(item) ? item[field] : undefined));
}
