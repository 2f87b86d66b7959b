/**
 * Traffic mixes as JSON or YAML, through the parsers that the command line uses. What is accepted, written out in full, is accepted as the same.
 */
import { dump } from 'js-yaml';
import { type MixEnd, parseTrafficMix, type TrafficMix, TrafficMixError } from '../../../src/flows/mix.ts';
import type { Random } from '../../../src/fuzz/random.ts';
import { Fault } from '../../../src/input/fault.ts';
import { parsePlainYaml } from '../../../src/input/plain-yaml.ts';
import { formatPrefix } from '../../../src/lib/ip-address.ts';
import { accepted, bytesOf, expectThat, refused, shapeOf, type Target, textOf } from '../target.ts';

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
  generate: (random) => bytesOf(writeMix(random, anyMix(random))),
  run(bytes) {
    const document = documentOf(textOf(bytes) ?? '');
    if (document === undefined) return refused('no document');
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
      return refused(error.problems.map(shapeOf).sort().slice(0, 3).join('; '));
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
    return accepted(`${Math.min(read.entries.length, 3)} ${Object.keys(read.entries[0]?.from[0] ?? {})}`);
  },
};

const TEXT_ENDS = [
  'shop/web',
  'shop/*',
  '*',
  '/*',
  'a/deployment/b',
  '10.0.0.1',
  '::1',
  '10.0.0.0/8',
  '2001:db8::/32',
  '0.0.0.0/0',
  '::/0',
  '__proto__',
  'a/b/c/d',
  '',
];
const ENDS: readonly object[] = [
  { pod: 'shop/web-0' }, { pod: '' }, { workload: 'shop/deployment/web' }, { namespace: 'shop' }, { namespace: 'constructor' }, { ip: 'fd00::1' }, { cidr: '10.1.0.0/16' }, { cidr: '::/0' },
  { cidr: '203.0.113.9/32' }, { ip: '10.0.0.9', pod: null },
]; // biome-ignore format: a list of words
const WEIGHTS = [1, 2, 20, 0.5, 1_000_000_000_000_000, 0.000001, 3.25];

function anyMix(random: Random): object {
  const end = (): unknown => (random.chance(0.5) ? random.pick(TEXT_ENDS) : random.pick(ENDS));
  const list = <T>(item: () => T): T[] => Array.from({ length: 1 + random.below(3) }, item);
  const ends = (): unknown => (random.chance(0.6) ? end() : list(end));
  const number = (): number => (random.chance(0.3) ? random.pick([1, 65535, 80, 53]) : 1 + random.below(65535));
  const port = (): unknown => {
    const [from, to] = [number(), number()].sort((a, b) => a - b);
    return random.chance(0.7) ? from : `${from}-${to}`;
  };
  const entries = list(() => ({
    from: ends(),
    to: ends(),
    ...(random.chance(0.5) && { protocol: random.pick(['TCP', 'UDP', 'SCTP', null]) }),
    ...(random.chance(0.5) ? { port: port() } : { ports: list(port) }),
    ...(random.chance(0.5) && { weight: random.pick(WEIGHTS) }),
    ...(random.chance(0.3) && { zipf: random.pick([0, 1, 1.1, 0.5, 99, null]) }),
  }));
  const shares = { aimed: random.below(9), mix: 1 + random.below(9), ...(random.chance(0.5) && { uniform: random.pick(WEIGHTS) }) };
  return {
    apiVersion: 'netpolsim/v1',
    kind: 'TrafficMix',
    ...(random.chance(0.5) && { shares: random.chance(0.1) ? null : shares }),
    entries,
  };
}

function writeMix(random: Random, document: object): string {
  const json = JSON.stringify(document, null, random.pick([0, 0, 1, 2]));
  // Half of what YAML spells in more than one way is left to JSON, so that most are accepted.
  if (random.chance(/null|\.[0-9]|[0-9]{15}/.test(json) ? 0.8 : 0.4)) return json;
  return dump(document, {
    flowLevel: random.pick([-1, -1, 1, 2, 3]),
    noRefs: random.chance(0.5),
    quotingType: random.pick(["'", '"'] as const),
    noArrayIndent: random.chance(0.5),
  });
}

/** As the command line reads a file: JSON by its first character, else YAML. */
function documentOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: /^\s*[{[]/.test(text) ? JSON.parse(text) : parsePlainYaml(text, 1) };
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
