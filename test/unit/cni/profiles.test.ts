/**
 * The CNI profiles as data: every switch known and with a source, and what each profile changes against the specification. The table is documentation: a change to a profile is a change here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROFILE_NAMES, PROFILE_SWITCHES, profileOf } from '../../../src/cni/check-profile.ts';
import { spec } from '../../../src/cni/spec.ts';
import type { CniProfile } from '../../../src/model/profile.ts';

const FOLDER = join(import.meta.dirname, '../../../src/cni');
const OTHERS = PROFILE_NAMES.filter((name) => name !== 'spec');

/** What is not as in `spec`. */
const DIFFERENCES: Readonly<Record<string, Partial<CniProfile>>> = {
  calico: { ownNode: 'from-node', adminApi: 'v1alpha2', adminPeers: 'standard', equalPriority: 'calico' },
  cilium: {
    ipBlockMatchesPods: false,
    ipBlockMatchesNodes: false,
    ownNode: 'from-node',
    adminApi: 'v1alpha2',
    equalPriority: 'cilium',
    caveats: 'cilium',
  },
  antrea: { caveats: 'antrea' },
  'kube-router': {
    exceptScope: 'rule',
    ipv6Everything: 'global-and-local',
    namedPorts: 'open-when-unresolved',
    sidecarPorts: false,
    ownNode: 'from-node',
    adminApi: 'none',
  },
  'aws-vpc-cni': { namedPorts: 'uncertain', adminApi: 'none', caveats: 'aws-vpc-cni' },
  weave: { namedPorts: 'policy-rejected', endPort: 'ignored', adminApi: 'none', caveats: 'weave' },
  flannel: { enforced: false, adminApi: 'none' },
  'kube-network-policies': { ownNode: 'allow', adminApi: 'v1alpha2', unknownPeers: 'ignored', equalPriority: 'name' },
};

/** The lines of a profile's file that throw a switch, each with the line before it. */
function switchLines(name: string): { key: string; before: string }[] {
  const lines = readFileSync(join(FOLDER, `${name}.ts`), 'utf8').split('\n');
  return lines.flatMap((line, i) => {
    const key = /^ {2}(\w+): /.exec(line)?.[1];
    return key === undefined || key === 'name' ? [] : [{ key, before: lines[i - 1] ?? '' }];
  });
}

describe('the profiles', () => {
  test('have these names, the specification first', () => {
    expect(PROFILE_NAMES).toEqual([
      'spec',
      'calico',
      'cilium',
      'antrea',
      'kube-router',
      'aws-vpc-cni',
      'weave',
      'flannel',
      'kube-network-policies',
    ]);
  });

  test.each(PROFILE_NAMES)('%s has every switch, and none that nobody knows', (name) => {
    const { name: ownName, ...switches } = profileOf(name);
    expect(ownName).toBe(name);
    expect(Object.keys(switches).sort()).toEqual(Object.keys(PROFILE_SWITCHES).sort());
    // A record is accepted as it is, so that its values are known to be possible.
    expect(profileOf(profileOf(name))).toBe(profileOf(name));
  });

  test('differ from the specification in what the table says', () => {
    const found = OTHERS.map((name) => {
      const own = Object.entries(profileOf(name)).filter(
        ([key, value]) => key !== 'name' && value !== new Map(Object.entries(spec)).get(key),
      );
      return [name, Object.fromEntries(own)];
    });
    expect(Object.fromEntries(found)).toEqual(DIFFERENCES);
  });

  test.each(OTHERS)('%s names the source of every switch that it throws, and how it is known', (name) => {
    const thrown = switchLines(name);
    expect(thrown.map(({ key }) => key)).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES[name] ?? {})));
    for (const { key, before } of thrown) {
      expect(before, `the comment above \`${key}\``).toMatch(/^ {2}\/\/ .+: .+, from the (code|documentation|issue)\./);
    }
  });

  test('have a switch only where some profile or the text of the specification uses it', () => {
    const used = new Set(Object.values(DIFFERENCES).flatMap((difference) => Object.keys(difference)));
    // What the specification itself leaves open, and a user may choose in a record of their own.
    const leftOpen = ['namedPortDuplicates', 'hostNetwork', 'hairpin', 'hostBits', 'otherProtocols'];
    expect([...used, ...leftOpen].sort()).toEqual(Object.keys(PROFILE_SWITCHES).sort());
  });
});

describe('a profile that is asked for', () => {
  test('by a name that nobody has is an error with all names', () => {
    expect(() => profileOf('calcio')).toThrow(/there is no CNI profile `calcio`: expected `spec`, `calico`, .*`kube-network-policies`/);
  });

  test('by the name of a profile must not have other switches', () => {
    expect(() => profileOf({ ...profileOf('flannel'), enforced: true })).toThrow(/`flannel`: that name is taken/);
    expect(profileOf({ ...profileOf('flannel'), name: 'mine', enforced: true })).toMatchObject({ name: 'mine', enforced: true });
  });

  test('with a value that a switch cannot have is an error with those that it can', () => {
    expect(() => profileOf({ ...spec, name: 'mine', namedPorts: 'open' })).toThrow(
      /`namedPorts` must be `resolved` or `policy-rejected` or `open-when-unresolved` or `uncertain`, got `open`/,
    );
  });
});
