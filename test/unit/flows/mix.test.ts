import { describe, expect, it } from 'vitest';
import { parseTrafficMix, TrafficMixError } from '../../../src/flows/mix.ts';

const HEADER = { apiVersion: 'netpolsim/v1', kind: 'TrafficMix' };

function problemsOf(document: unknown): readonly string[] {
  try {
    parseTrafficMix(document);
  } catch (error) {
    if (error instanceof TrafficMixError) return error.problems;
    throw error;
  }
  return [];
}

function entryWith(fields: object): object {
  return { ...HEADER, entries: [{ from: 'shop/web', to: 'shop/cart', port: 80, ...fields }] };
}

describe('a traffic mix', () => {
  it('reads ends, ports and weights, and fills in what is left out', () => {
    const mix = parseTrafficMix({ ...HEADER, entries: [{ from: 'shop/web', to: { workload: 'shop/deployment/cart' }, port: 7070 }] });
    expect(mix).toEqual({
      shares: undefined,
      entries: [
        {
          from: [{ end: 'shop/web' }],
          to: [{ end: { workload: 'shop/deployment/cart' } }],
          protocol: 'TCP',
          ports: [{ first: 7070, last: 7070 }],
          weight: 1,
          zipf: 0,
        },
      ],
    });
  });

  it('reads every form of an end', () => {
    const from = [
      '*',
      'shop/*',
      '10.0.0.0/8',
      '10.0.0.1',
      'fd00::1',
      'a/b',
      { pod: 'a/b' },
      { namespace: 'a' },
      { ip: '1.2.3.4' },
      { cidr: 'fd00::/8' },
    ];
    expect(parseTrafficMix(entryWith({ from })).entries[0]!.from).toEqual([
      { everyPod: true },
      { namespace: 'shop' },
      { cidr: { family: 4, words: [0x0a000000], length: 8 } },
      { end: '10.0.0.1' },
      { end: 'fd00::1' },
      { end: 'a/b' },
      { end: { pod: 'a/b' } },
      { namespace: 'a' },
      { end: { ip: '1.2.3.4' } },
      { cidr: { family: 6, words: [0xfd000000, 0, 0, 0], length: 8 } },
    ]);
  });

  it('reads lists of ports and ranges, shares, weights and Zipf exponents', () => {
    const document = {
      ...entryWith({ port: null, ports: [53, '8000-8010'], protocol: 'UDP', weight: 2.5, zipf: 1.1 }),
      shares: { mix: 9, uniform: 1 },
    };
    const { shares, entries } = parseTrafficMix(document);
    expect(shares).toEqual({ aimed: 0, mix: 9, uniform: 1 });
    expect(entries[0]).toMatchObject({ protocol: 'UDP', weight: 2.5, zipf: 1.1 });
    expect(entries[0]!.ports).toEqual([
      { first: 53, last: 53 },
      { first: 8000, last: 8010 },
    ]);
  });

  it.each([
    ['a port of 0', { port: 0 }, '`entries[0].port`: expected a port in 1..65535, or a range such as `8000-8010`, got `0`'],
    ['a port of 65536', { port: 65536 }, '`entries[0].port`: expected a port'],
    ['a port in quotes', { port: '80' }, '`entries[0].port`: expected a port'],
    ['a range that runs backwards', { port: '90-80' }, '`entries[0].port`: expected a port'],
    ['no port', { port: null }, '`entries[0]`: expected either `port` or `ports`, got neither'],
    ['both ways of giving ports', { ports: [1] }, '`entries[0]`: expected either `port` or `ports`, got both'],
    ['an empty list of ports', { port: null, ports: [] }, '`entries[0].ports`: expected a list of ports, got an empty list'],
    ['another protocol', { protocol: 'ICMP' }, '`entries[0].protocol`: expected `TCP`, `UDP` or `SCTP`, got `ICMP`'],
    ['a protocol in lower case', { protocol: 'tcp' }, '`entries[0].protocol`: expected'],
    ['weight 0', { weight: 0 }, '`entries[0].weight`: expected a number above 0, got `0`'],
    ['a negative weight', { weight: -1 }, '`entries[0].weight`: expected a number that is not negative, got `-1`'],
    ['a weight as text', { weight: '1' }, '`entries[0].weight`: expected a number'],
    ['a Zipf exponent that is no number', { zipf: Number.NaN }, '`entries[0].zipf`: expected a number'],
    ['no source', { from: null }, '`entries[0].from`: expected an end'],
    ['an empty list of destinations', { to: [] }, '`entries[0].to`: expected at least one end, got an empty list'],
    ['two kinds of end in one', { to: { pod: 'a/b', ip: '1.2.3.4' } }, '`entries[0].to`: expected exactly one of'],
    ['a CIDR that is none', { to: { cidr: '10.0.0.0/33' } }, '`entries[0].to`: expected a CIDR'],
    ['a CIDR with host bits', { to: '10.0.0.1/8' }, '`entries[0].to`: expected `10.0.0.0/8`, got `10.0.0.1/8`'],
    ['a misspelt field', { wieght: 1 }, '`entries[0]`: unknown field `wieght`: did you mean `weight`?'],
    ['a hostile field', JSON.parse('{"__proto__": 1}'), '`entries[0]`: unknown field `__proto__`'],
  ])('says what is wrong with %s', (_, fields, message) => {
    const problems = problemsOf(entryWithOwn(fields));
    expect(
      problems.some((problem) => problem.startsWith(message)),
      problems.join('\n'),
    ).toBe(true);
  });

  it.each([
    ['nothing', undefined, 'expected an object'],
    ['a list', [], 'expected an object'],
    ['another kind', { ...HEADER, kind: 'Pod', entries: [] }, '`kind`: expected `TrafficMix`, got `Pod`'],
    ['another version', { ...HEADER, apiVersion: 'v1' }, '`apiVersion`: expected `netpolsim/v1`, got `v1`'],
    ['no entries', HEADER, '`entries`: expected a list'],
    ['empty entries', { ...HEADER, entries: [] }, '`entries`: expected a list'],
    ['shares of 0', { ...(entryWith({}) as object), shares: { mix: 0 } }, '`shares`: expected a share above 0'],
  ])('refuses %s', (_, document, message) => {
    expect(problemsOf(document).join('\n')).toContain(message);
  });

  it('names several problems at once', () => {
    expect(problemsOf({ ...HEADER, entries: [{ from: 'a/b' }, { to: 'a/b', port: 0 }] }).length).toBeGreaterThanOrEqual(4);
  });

  it('escapes what would act on a terminal', () => {
    expect(problemsOf(entryWith({ protocol: '\u001b[31m' })).join()).toContain('\\u{1b}[31m');
  });
});

/** An entry with these own fields, `__proto__` included. */
function entryWithOwn(fields: object): object {
  const entry = { from: 'shop/web', to: 'shop/cart', port: 80 };
  for (const name of Object.keys(fields)) {
    Object.defineProperty(entry, name, { value: (fields as Record<string, unknown>)[name], enumerable: true, configurable: true });
  }
  return { ...HEADER, entries: [entry] };
}
