/**
 * Bytes that no encoder writes: each is refused with a sentence about what is wrong and where, and nothing is guessed.
 */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/fuzz/random.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { PolicySet } from '../../../src/model/policy.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { decodeCluster, encodeCluster } from '../../../src/wire/cluster.ts';
import { decodeFlowBatch, encodeFlowBatch } from '../../../src/wire/flow.ts';
import { decodePolicySet, encodePolicySet } from '../../../src/wire/policy.ts';
import { decodeReport, encodeReport } from '../../../src/wire/report.ts';
import { decodeTables } from '../../../src/wire/tables.ts';
import { WireFormatError } from '../../../src/wire/wire-error.ts';
import { SEED } from '../../support/seed.ts';
import { DELIMITED, delimited, FIXED_32, FIXED_64, GROUP_END, GROUP_START, number, tag, VARINT, varint } from '../../support/wire-bytes.ts';
import { FULL_REPORT } from './reports.ts';

const ORIGIN = { file: 'a.yaml', line: 1, column: 2 };
const CLUSTER: Cluster = {
  namespaces: [{ name: 'a', labels: new Map([['kubernetes.io/metadata.name', 'a']]) }],
  pods: [
    {
      namespace: 'a',
      name: 'web',
      labels: new Map([['app', 'web']]),
      ips: [{ family: 4, words: [0x0a000001] }],
      namedPorts: [{ name: 'http', port: 80, protocol: 'TCP' }],
      hostNetwork: false,
      node: 'n1',
      workload: { kind: 'Deployment', name: 'web' },
      origin: ORIGIN,
    },
  ],
  nodes: [{ name: 'n1', labels: new Map([['a', 'b']]), ips: [{ family: 6, words: [0x20010db8, 0, 0, 1] }] }],
  serviceAddresses: [{ namespace: 'a', name: 'web', ip: { family: 4, words: [0x0a600001] } }],
  unreadableAddresses: [
    { object: { kind: 'Pod', namespace: 'a', name: 'odd' }, ip: { family: 4, words: [0x0a600002] } },
    { object: { kind: 'Node', name: 'n' }, ip: { family: 4, words: [0x0a600003] } },
  ],
};
const POLICIES: PolicySet = {
  tiers: [
    {
      name: 'NetworkPolicy',
      match: 'all',
      policies: [
        {
          ref: { kind: 'NetworkPolicy', namespace: 'a', name: 'p' },
          origin: ORIGIN,
          subject: { kind: 'pods', namespaces: { name: 'a' }, pods: [{ key: 'app', operator: 'in', values: ['web'] }] },
          isolates: { ingress: true, egress: false },
          rules: [
            {
              direction: 'ingress',
              action: 'allow',
              peers: [{ kind: 'ipBlock', cidr: { family: 4, words: [0x0a000000], length: 8 }, except: [] }],
              ports: [{ kind: 'range', protocol: 'TCP', from: 80, to: 90 }],
              index: 0,
              origin: ORIGIN,
            },
            { direction: 'egress', action: 'unknown', peers: 'any', ports: [], index: -1, origin: ORIGIN, reason: 'it cannot be read' },
          ],
        },
      ],
    },
  ],
  onUnmatched: 'allow',
};
const BATCH = { ...createFlowBatch(1), count: 1, port: Uint16Array.of(53) };

const CODECS: readonly (readonly [name: string, valid: Uint8Array, decode: (bytes: Uint8Array) => unknown])[] = [
  ['cluster', encodeCluster(CLUSTER), decodeCluster],
  ['policy set', encodePolicySet(POLICIES), decodePolicySet],
  ['flow batch', encodeFlowBatch(BATCH, Uint8Array.of(1)), decodeFlowBatch],
  ['report', encodeReport(FULL_REPORT), decodeReport],
];

describe.each(CODECS)(`hostile bytes of a %s (seed ${SEED})`, (_, valid, decode) => {
  it('are refused when cut at any byte', () => {
    expect(() => decode(valid)).not.toThrow();
    for (let length = 0; length < valid.length; length++) {
      // A cut between two elements of a list leaves a shorter list, which may be one: then it must not be what it was.
      const outcome = attempt(() => decode(valid.subarray(0, length)));
      if (outcome.error === undefined) expect(outcome.value, `${length} of ${valid.length} bytes`).not.toEqual(decode(valid));
      else expect(outcome.error, `${length} of ${valid.length} bytes`).toBeInstanceOf(WireFormatError);
    }
  });

  it('are refused, or are something else, after any change of one byte', () => {
    const random = createRandom(SEED);
    for (let i = 0; i < 2000; i++) {
      const bytes = Uint8Array.from(valid);
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 + random.below(255));
      const { error } = attempt(() => decode(bytes));
      if (error !== undefined) expect(error, `byte ${at}`).toBeInstanceOf(WireFormatError);
    }
  });

  it('are refused with a field behind the end that nobody knows, or that is there already', () => {
    expect(() => decode(Uint8Array.of(...valid, ...number(15, 1)))).toThrow(/unknown field 15/);
    expect(() => decode(Uint8Array.of(...valid, ...number(1, 1)))).toThrow(/is there twice/);
    expect(() => decode(Uint8Array.of(...valid, ...number(536870911, 1)))).toThrow(/unknown field 536870911/);
  });

  it('are refused when nothing is in them', () => {
    expect(() => decode(new Uint8Array(0))).toThrow(/has no `format_version`/);
  });
});

/** Everything but the version, for bytes that are wrong before anything else is missed. */
const VERSION = number(1, 1);
const pod = (...fields: number[][]): number[] => delimited(5, fields.flat());
const WORST = 0x7fffffff;

describe('hostile bytes', () => {
  it.each<[string, number[], RegExp]>([
    ['a frame of 2^31 - 1 bytes', [...VERSION, ...tag(2, DELIMITED), ...varint(WORST)], /claims 2147483647 bytes, but 0 are left/],
    ['a frame of 2^32 - 1 bytes', [...VERSION, ...tag(5, DELIMITED), ...varint(2 ** 32 - 1)], /claims 4294967295 bytes, but 0 are left/],
    ['a frame of 2^53 bytes', [...VERSION, ...tag(5, DELIMITED), ...varint(2 ** 53)], /out of range/],
    [
      'a frame that reaches out of its message',
      [...VERSION, ...delimited(5, [...tag(9, DELIMITED), 20])],
      /claims 20 bytes, but 0 are left in Pod/,
    ],
    ['a varint without end', [...VERSION, ...tag(5, DELIMITED), 0x80, 0x80], /the bytes end inside/],
    ['a varint of eleven bytes', [8, ...new Array<number>(10).fill(0x81), 1], /varint of more than 10 bytes/],
    ['a varint with bytes that it does not need', [8, 0x81, 0], /more bytes than it needs/],
    ['a tag without end', [0x80], /the bytes end inside a tag/],
    ['field number 0', [...VERSION, 0, 0], /field with number 0/],
    ['wire type 6', [...VERSION, ...tag(2, 6)], /wire type 6 \(undefined\), expected 2 \(length-delimited\)/],
    ['wire type 7', [...VERSION, ...tag(2, 7)], /wire type 7 \(undefined\)/],
    ['a group', [...VERSION, ...tag(5, GROUP_START), ...tag(5, GROUP_END)], /wire type 3 \(start of a group\)/],
    ['the end of a group', [...VERSION, ...tag(5, GROUP_END)], /wire type 4 \(end of a group\)/],
    ['a number where a message belongs', [...VERSION, ...number(5, 1)], /`Cluster.pods` has wire type 0 \(varint\), expected 2/],
    ['a message where a number belongs', [...delimited(1, [1])], /`Cluster.format_version` has wire type 2/],
    ['32 bits where a number belongs', [...VERSION, ...pod([...tag(1, FIXED_32), 1, 0, 0, 0])], /`Pod.namespace` has wire type 5/],
    ['64 bits where a number belongs', [...VERSION, ...pod([...tag(1, FIXED_64), 1, 0, 0, 0, 0, 0, 0, 0])], /wire type 1 \(64-bit\)/],
    ['a list of numbers that is not packed', [...VERSION, ...delimited(3, [...tag(1, VARINT), 1])], /`LabelSet.pairs` has wire type 0/],
    ['half a number in a packed list', [...VERSION, ...delimited(3, delimited(1, [1, 0, 0, 0, 1]))], /5 bytes, expected a multiple of 4/],
    ['a label set without labels', [...VERSION, ...delimited(3, delimited(1, []))], /is empty, expected at least one element/],
    ['a message that says nothing', [...VERSION, ...pod()], /Pod has no `namespace`/],
    [
      'a protocol that nobody knows',
      [...VERSION, ...pod(delimited(5, [...number(1, 0), ...number(2, 80), ...number(3, 99)]))],
      /unknown value 99, expected 1 to 3/,
    ],
    [
      'protocol 0',
      [...VERSION, ...pod(delimited(5, [...number(1, 0), ...number(2, 80), ...number(3, 0)]))],
      /unknown value 0, expected 1 to 3/,
    ],
    ['a flag that is 2', [...VERSION, ...pod(number(6, 2))], /`Pod.host_network` is out of range: got 2, expected at most 1/],
    ['a number above 2^32', [...VERSION, ...pod(number(1, 2 ** 32))], /out of range: got 4294967296/],
    ['an address of five bytes', [...VERSION, ...pod(delimited(4, [1, 2, 3, 4, 5]))], /5 bytes, expected 4 or 16/],
    ['text that is not UTF-8', [...VERSION, ...delimited(2, [0xc0, 0x80])], /`Cluster.strings` is not valid UTF-8 \(byte 4\)/],
    ['text with half a surrogate pair', [...VERSION, ...delimited(2, [0xed, 0xa0, 0x80])], /not valid UTF-8/],
    ['a string that is not there', [...VERSION, ...delimited(6, number(1, 0))], /a node refers to string 0, there are 0/],
    [
      'a label set that is not there',
      [...VERSION, ...delimited(2, 'a'), ...delimited(4, [...number(1, 0), ...number(2, 1)])],
      /label set 1 does not exist, there are 0/,
    ],
    ['a key twice', [...VERSION, ...delimited(2, 'a'), ...delimited(3, delimited(1, new Array<number>(16).fill(0)))], /one key twice/],
    [
      'half a label',
      [...VERSION, ...delimited(2, 'a'), ...delimited(3, delimited(1, new Array<number>(12).fill(0)))],
      /3 strings, expected pairs/,
    ],
    [
      'a namespace without its label',
      [...VERSION, ...delimited(2, 'a'), ...delimited(4, [...number(1, 0), ...number(2, 0)])],
      /no label `kubernetes.io\/metadata.name`/,
    ],
    ['another version', [...number(1, 2)], /`Cluster.format_version` is 2, this netpolsim reads version 1/],
  ])('with %s are refused', (_, bytes, message) => {
    expect(() => decodeCluster(Uint8Array.from(bytes))).toThrow(WireFormatError);
    expect(() => decodeCluster(Uint8Array.from(bytes))).toThrow(message);
  });

  it('say at which byte', () => {
    const { error } = attempt(() => decodeCluster(Uint8Array.of(...VERSION, ...delimited(2, 'abc'), 0, 0)));
    expect((error as WireFormatError).offset).toBe(7);
    expect(String(error)).toBe('WireFormatError: Cluster has a field with number 0, which protobuf does not allow (byte 7)');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('101 deep in field %i are refused without going deep', (field) => {
    let nested: number[] = [];
    for (let depth = 0; depth < 101; depth++) nested = delimited(field, nested);
    for (const [, , decode] of CODECS) expect(() => decode(Uint8Array.from(nested))).toThrow(WireFormatError);
    expect(() => decodeTables(Uint8Array.from(nested))).toThrow(WireFormatError);
  });

  it('of one kind are not read as another', () => {
    for (const [name, valid] of CODECS) {
      for (const [other, , decode] of CODECS) {
        if (other !== name) expect(() => decode(valid), `${name} as ${other}`).toThrow(WireFormatError);
      }
      expect(() => decodeTables(valid)).toThrow(WireFormatError);
    }
  });
});

describe('hostile policies', () => {
  const withRule = (change: (rule: PolicySet['tiers'][0]['policies'][0]['rules'][0]) => unknown): PolicySet => {
    const policies = structuredClone(POLICIES) as unknown as { tiers: [{ policies: [{ rules: never[] }] }] };
    change(policies.tiers[0].policies[0].rules[0] as never);
    return policies as unknown as PolicySet;
  };
  it.each<[string, PolicySet, RegExp]>([
    ['ports upside down', withRule((rule) => Object.assign(rule.ports[0] as object, { from: 91 })), /ports 91 to 90/],
    ['port 65536', withRule((rule) => Object.assign(rule.ports[0] as object, { to: 65536 })), /ports 80 to 65536/],
    [
      'deny where order means nothing',
      withRule((rule) => Object.assign(rule, { action: 'deny' })),
      /action `deny` in a tier where order means nothing/,
    ],
    ['a rule before the first', withRule((rule) => Object.assign(rule, { index: -2 })), /index -2/],
    [
      'a requirement without values',
      withRule((rule) =>
        Object.assign(rule, {
          peers: [{ ...POLICIES.tiers[0]?.policies[0]?.subject, pods: [{ key: 'a', operator: 'in', values: [] }] }],
        }),
      ),
      /operator `in` and 0 values/,
    ],
    [
      'a requirement with values that mean nothing',
      withRule((rule) =>
        Object.assign(rule, {
          peers: [{ ...POLICIES.tiers[0]?.policies[0]?.subject, pods: [{ key: 'a', operator: 'exists', values: ['b'] }] }],
        }),
      ),
      /operator `exists` and 1 values/,
    ],
  ])('with %s are not written', (_, policies, message) => {
    expect(() => encodePolicySet(policies)).toThrow(message);
    expect(() => encodePolicySet(withRule(() => undefined))).not.toThrow();
  });

  it('with bits beyond the length of a prefix are not read', () => {
    const wrong = withRule((rule) => Object.assign(rule.peers[0] as object, { cidr: { family: 4, words: [0x0a000001], length: 8 } }));
    expect(() => decodePolicySet(encodePolicySet(wrong))).toThrow(/bits set beyond its length/);
  });
});

function attempt<T>(run: () => T): { value?: T; error?: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    return { error };
  }
}
