/**
 * Traffic mixes as JSON or YAML, through the parsers that the command line uses. What is accepted, written out in full, is accepted as the same.
 */
import { type MixEnd, parseTrafficMix, type TrafficMix, TrafficMixError } from '../../../src/flows/mix.ts';
import { Fault } from '../../../src/input/fault.ts';
import { parseYaml } from '../../../src/input/yaml-parse.ts';
import { formatPrefix } from '../../../src/lib/ip-address.ts';
import { bytesOf, expectThat, shapeOf, type Target, textOf } from '../target.ts';

const SEEDS = [
  '{"apiVersion":"netpolsim/v1","kind":"TrafficMix","shares":{"aimed":1,"mix":8,"uniform":1},"entries":[{"from":"shop/web","to":"shop/cart","port":7070,"weight":20}]}',
  '{"apiVersion":"netpolsim/v1","kind":"TrafficMix","entries":[{"from":{"cidr":"0.0.0.0/0"},"to":["shop/*","*",{"pod":"a/b"}],"protocol":"UDP","ports":[53,"8000-8010"],"zipf":1.1}]}',
  'apiVersion: netpolsim/v1\nkind: TrafficMix\nentries:\n- from: {namespace: a}\n  to: {ip: "::1"}\n  port: 1\n  weight: 0.5\n',
  '{"apiVersion":"netpolsim/v1","kind":"TrafficMix","entries":[{"from":{"workload":"a/b/c"},"to":"10.0.0.0/8","port":65535}]}',
];

export const mix: Target = {
  name: 'mix',
  dictionary: [
    '"apiVersion":"netpolsim/v1",', '"kind":"TrafficMix",', '"shares":', '"aimed":0', '"mix":', '"uniform":', '"entries":[', '"from":', '"to":', '"port":', '"ports":', '"weight":', '"zipf":',
    '"protocol":"SCTP",', '"cidr":', '"namespace":', '"pod":', '"workload":', '"ip":', '"*"', '"a/*"', '"/*"', '"10.0.0.0/8"', '"::/0"', '"10.0.0.1/8"', '"1-65535"', '"90-80"', '"1-65536"',
    'null', '{}', '[]', '1e15', '1e16', '1e-320', '0.0', '-1', '1e999', '"__proto__":1,', ',', ':', '{', '}', '[', ']',
  ], // biome-ignore format: a list of words
  seeds: () => SEEDS.map(bytesOf),
  run(bytes) {
    const document = documentOf(textOf(bytes) ?? '');
    if (document === undefined) return 'no document';
    let read: TrafficMix;
    try {
      read = parseTrafficMix(document.value);
    } catch (error) {
      if (!(error instanceof TrafficMixError)) throw error;
      expectThat(error.problems.length > 0 && error.problems.length <= 20, 'it is refused without a reason');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
      expectThat(!/[\u0000-\u001f\u007f-\u009f]/.test(error.message), 'a message has a raw control character', () =>
        JSON.stringify(error.message),
      );
      return error.problems.map(shapeOf).sort().slice(0, 3).join('; ');
    }
    for (const { from, to, ports, weight, zipf } of read.entries) {
      expectThat(from.length > 0 && to.length > 0 && ports.length > 0, 'an entry has no ends or ports');
      expectThat(weight > 0 && zipf >= 0 && Number.isFinite(weight + zipf), 'an entry has no weight', () => `${weight} ${zipf}`);
      expectThat(
        ports.every(({ first, last }) => first >= 1 && first <= last && last <= 65535),
        'an entry has impossible ports',
      );
    }
    const again = parseTrafficMix(written(read));
    expectThat(
      JSON.stringify(again) === JSON.stringify(read),
      'a mix that is written out is another',
      () => `\n${JSON.stringify(read)}\n${JSON.stringify(again)}`,
    );
    return `accepted ${Math.min(read.entries.length, 3)} ${Object.keys(read.entries[0]?.from[0] ?? {})}`;
  },
};

/** As the command line reads a file: JSON by its first character, else YAML. */
function documentOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: /^\s*[{[]/.test(text) ? JSON.parse(text) : parseYaml(text, 1) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Fault) return undefined;
    throw error;
  }
}

function written({ shares, entries }: TrafficMix): object {
  return {
    apiVersion: 'netpolsim/v1',
    kind: 'TrafficMix',
    shares,
    entries: entries.map(({ from, to, ports, ...rest }) => ({
      ...rest,
      from: from.map(writtenEnd),
      to: to.map(writtenEnd),
      ports: ports.map(({ first, last }) => (first === last ? first : `${first}-${last}`)),
    })),
  };
}

function writtenEnd(end: MixEnd): unknown {
  if ('everyPod' in end) return '*';
  if ('cidr' in end) return { cidr: formatPrefix(end.cidr) };
  return 'end' in end ? end.end : end;
}
