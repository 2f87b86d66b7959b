/**
 * Bytes that no encoder writes: each is refused with a sentence, whatever they claim, and nothing that reading would have refused comes in through a snapshot.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/engine/engine.ts';
import { createRandom } from '../../../../src/fuzz/random.ts';
import { parseManifests } from '../../../../src/input/parse-manifests.ts';
import { decodeSnapshot } from '../../../../src/input/snapshot/decode-snapshot.ts';
import { encodeSnapshot } from '../../../../src/input/snapshot/encode-snapshot.ts';
import { columnOf } from '../../../../src/wire/columns.ts';
import { crc32c } from '../../../../src/wire/crc32c.ts';
import { v1 } from '../../../../src/wire/messages.ts';
import { type RowsToWrite, SECTIONS, type Section, writeSnapshot } from '../../../../src/wire/snapshot.ts';
import { ValueWriter } from '../../../../src/wire/value-writer.ts';
import { WireFormatError } from '../../../../src/wire/wire-error.ts';
import { SEED } from '../../../support/seed.ts';
import { FULL } from './inputs.ts';

const GOOD = encodeSnapshot(parseManifests(FULL, { file: 'full.yaml' }));

/** The same contents, changed, under a right checksum. */
function forged(change: (contents: Uint8Array) => Uint8Array): Uint8Array {
  const message = v1.Snapshot.decode(GOOD);
  const contents = change(Uint8Array.from(message.contents as Uint8Array));
  return v1.Snapshot.encode({ ...message, contents, lengthBytes: contents.length, checksum: crc32c(contents) }).finish();
}

type Contents = NonNullable<ReturnType<typeof v1.SnapshotContents.decode>>;
const changed = (change: (message: Contents) => void): Uint8Array =>
  forged((contents) => {
    const message = v1.SnapshotContents.decode(contents);
    change(message);
    return v1.SnapshotContents.encode(message).finish();
  });

const NONE: RowsToWrite = { object: new Uint32Array(0), origins: [] };
const FOUND = { unreadable: [], unreadableEnds: [], diagnostics: [], skipped: [], counts: [], doubtfulNamespaces: [], otherPolicies: [] };
const AT = { file: 'f', line: 1, column: 1 };

/** A snapshot of any values. */
function snapshotOf(section: Section, objects: readonly unknown[], findings: object = FOUND, places?: Uint32Array): Uint8Array {
  const values = new ValueWriter();
  const object = Uint32Array.from(objects, (each) => values.cell(each));
  const rows = { object, origins: objects.map(() => AT), ...(places === undefined ? {} : { places: object.map(() => 1) }) };
  const sections = Object.fromEntries(SECTIONS.map((each) => [each, each === section ? rows : NONE]));
  return writeSnapshot({
    values,
    sections: sections as unknown as Record<Section, RowsToWrite>,
    places: places ?? new Uint32Array(0),
    findings: values.cell(findings),
  });
}

const POD = { kind: 'Pod', metadata: { name: 'a', namespace: 'x' } };
const policy = (spec: unknown): object => ({ kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'x' }, spec });

describe(`hostile bytes of a snapshot (seed ${SEED})`, () => {
  it('are refused when cut at any byte, and with anything behind the end', () => {
    expect(decodeSnapshot(GOOD).pods).toHaveLength(3);
    for (let length = 0; length < GOOD.length; length++) {
      expect(() => decodeSnapshot(GOOD.subarray(0, length)), `${length} bytes`).toThrow(WireFormatError);
    }
    expect(() => decodeSnapshot(Uint8Array.of(...GOOD, 0))).toThrow(WireFormatError);
    expect(() => decodeSnapshot(Uint8Array.of(...GOOD, ...GOOD))).toThrow(/is there twice/);
  });

  it('are refused after any change of one bit', () => {
    for (let at = 0; at < GOOD.length; at++) {
      const bytes = Uint8Array.from(GOOD);
      bytes[at]! ^= 1 << (at % 8);
      expect(() => decodeSnapshot(bytes), `byte ${at}`).toThrow(WireFormatError);
    }
  });

  it('are refused, or are sound manifests, after any change under a right checksum', () => {
    const random = createRandom(SEED);
    let accepted = 0;
    for (let i = 0; i < 3000; i++) {
      const bytes = forged((contents) => {
        contents[random.below(contents.length)]! ^= 1 + random.below(255);
        return contents;
      });
      try {
        const manifests = decodeSnapshot(bytes);
        compile(manifests);
        for (const each of manifests.networkPolicies) each.locate('spec.ingress[0].from');
        expect(decodeSnapshot(encodeSnapshot(manifests)).pods).toHaveLength(manifests.pods.length);
        accepted++;
      } catch (error) {
        if (!(error instanceof WireFormatError)) throw error;
      }
    }
    expect(accepted).toBeGreaterThan(100);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['tables', v1.Tables.encode({ formatVersion: 1 }).finish(), /are not a snapshot/],
    ['another version', v1.Snapshot.encode({ magic: 'netpolsim snapshot', formatVersion: 2 }).finish(), /reads version 1/],
    ['too many texts', changed((message) => (message.textCount = 2 ** 32 - 1)), /expected 1, 2 or 4 for each of 4294967295/],
    ['a text cut elsewhere', changed((message) => ((message.texts as Uint8Array)[0]! |= 0x80)), /not valid UTF-8/],
    ['an object that is no value', changed((message) => (message.pods!.object = columnOf(Uint32Array.of(0, 0, 0)))), /is no Pod/],
    ['a value too far', changed((message) => (message.pods!.object = columnOf(Uint32Array.of(7995, 7995, 7995)))), /refers to value 999/],
    ['a file too far', changed((message) => (message.pods!.file = Uint8Array.of(255, 0, 0))), /refers to text 255/],
    ['fewer rows than it says', changed((message) => (message.pods!.count = 2 ** 31)), /for each of 2147483648 elements/],
    ['the same pod twice', snapshotOf('pods', [POD, POD]), /is there twice/],
    ['places of pods', changed((message) => (message.pods!.places = Uint8Array.of(1, 1, 1))), /which have none/],
    ['a tree too far', changed((message) => (message.networkPolicies!.places = Uint8Array.of(9))), /tree of places 9/],
    ['findings that are none', changed((message) => (message.findings = 1)), /as the findings/],
    ['a group that needs a later one', changed((message) => message.values!.reverse()), /refers to value|refers to tree|is no |there are/],
  ])('are refused: %s', (_, bytes, says) => {
    expect(() => decodeSnapshot(bytes)).toThrow(WireFormatError);
    expect(() => decodeSnapshot(bytes)).toThrow(says);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a name that is none', snapshotOf('pods', [{ ...POD, metadata: { name: 'A b' } }]), /the Pod `A b`: metadata.name/],
    ['a label that is none', snapshotOf('pods', [{ ...POD, metadata: { name: 'a', labels: { a: '-' } } }]), /metadata.labels.a/],
    ['an address that is none', snapshotOf('pods', [{ ...POD, status: { podIP: '1.2.3' } }]), /status.podIP: found `1.2.3`/],
    ['a port that is none', snapshotOf('pods', [{ ...POD, spec: { containers: [{ ports: [{ containerPort: 0 }] }] } }]), /containerPort/],
    ['a field that nobody knows', snapshotOf('networkPolicies', [policy({ podselector: {} })]), /has other fields/],
    [
      'a selector without values',
      snapshotOf('networkPolicies', [policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } })]),
      /needs at least one value/,
    ],
    [
      'a CIDR that is none',
      snapshotOf('networkPolicies', [policy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] })]),
      /expected a CIDR/,
    ],
    ['a policy among the pods', snapshotOf('pods', [policy({})]), /is no Pod/],
    ['a tree of places that never ends', snapshotOf('networkPolicies', [policy({})], FOUND, Uint32Array.of(0, 0, 0, 0)), /ends at word 0/],
    ['a tree of places that is cut', snapshotOf('networkPolicies', [policy({})], FOUND, Uint32Array.of(0, 0, 0, 8)), /expected up to 4/],
    [
      'a message with a line feed',
      snapshotOf('pods', [], { ...FOUND, diagnostics: [{ code: 'a', severity: 'error', message: 'a\nb', origin: AT }] }),
      /as a message/,
    ],
    [
      'a severity that is none',
      snapshotOf('pods', [], { ...FOUND, diagnostics: [{ code: 'a', severity: 'x', message: 'a', origin: AT }] }),
      /as a severity/,
    ],
    [
      'an unreadable policy that narrows in another way',
      snapshotOf('pods', [], { ...FOUND, unreadable: [{ kind: 'a', pods: 1, origin: AT, reason: 'a' }] }),
      /a field of an unreadable policy/,
    ],
    [
      'an unreadable policy of half a direction',
      snapshotOf('pods', [], { ...FOUND, unreadable: [{ kind: 'a', directions: ['in'], origin: AT, reason: 'a' }] }),
      /a direction/,
    ],
  ])('hold nothing that reading refuses: %s', (_, bytes, says) => {
    expect(() => decodeSnapshot(bytes)).toThrow(WireFormatError);
    expect(() => decodeSnapshot(bytes)).toThrow(says);
  });

  it('are refused when what they share is larger, written out, than any input', () => {
    const bytes = changed((message) => {
      const last = (): number => (message.values ?? []).reduce((sum, { count }) => sum + (count ?? 0), 0) - 1;
      for (let i = 0; i < 2; i++) {
        const cells = [columnOf(new Uint32Array(4000).fill(last() * 8 + 3))];
        message.values!.push(v1.ValueGroup.create({ count: 1, lengths: columnOf(Uint32Array.of(4000)), cells }) as never);
      }
      message.findings = last() * 8 + 3;
    });
    expect(() => decodeSnapshot(bytes)).toThrow(/more than any file could/);
  });

  it('are decoded wherever they begin', () => {
    for (let shift = 0; shift < 8; shift++) {
      const moved = new Uint8Array(GOOD.length + shift);
      moved.set(GOOD, shift);
      expect(Buffer.compare(encodeSnapshot(decodeSnapshot(moved.subarray(shift))), GOOD)).toBe(0);
    }
  });
});
