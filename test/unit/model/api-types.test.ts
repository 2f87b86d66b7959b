/**
 * Our narrow API types against the published ones: every object that the published types allow must be one that ours allow.
 */
import type { Namespace, Node, Pod, Service } from 'kubernetes-types/core/v1.d.ts';
import type { NetworkPolicy, NetworkPolicySpec as PublishedSpec } from 'kubernetes-types/networking/v1.d.ts';
import { describe, expectTypeOf, it } from 'vitest';
import type {
  NamespaceObject,
  NetworkPolicyObject,
  NetworkPolicySpec,
  NodeObject,
  PodObject,
  ServiceObject,
} from '../../../src/model/resource.ts';

/** What the API server returns always has a kind and a name; enumerations are plain text in the published types. */
type Named<Kind extends string> = { kind: Kind; metadata: { name: string } };

describe('the API types', () => {
  it('name only fields that the published types have', () => {
    expectTypeOf<keyof NetworkPolicySpec>().toExtend<keyof PublishedSpec>();
    expectTypeOf<keyof NetworkPolicyObject>().toExtend<keyof NetworkPolicy>();
    expectTypeOf<Exclude<keyof PodObject, 'workload'>>().toExtend<keyof Pod>();
    expectTypeOf<keyof NonNullable<ServiceObject['spec']>>().toExtend<keyof NonNullable<Service['spec']>>();
  });

  it('take what the published types give', () => {
    expectTypeOf<Namespace & Named<'Namespace'>>().toExtend<NamespaceObject>();
    expectTypeOf<Node & Named<'Node'>>().toExtend<NodeObject>();
    expectTypeOf<Service & Named<'Service'>>().toExtend<ServiceObject>();
  });
});
