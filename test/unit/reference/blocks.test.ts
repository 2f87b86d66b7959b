/**
 * Blocks of addresses and their exceptions in the reference, and the readings of data planes that keep all blocks of a rule in one set.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import { reference } from '../../../src/reference/reference.ts';

/** May a pod, whose only policy allows these blocks, reach `to`? Each is a CIDR and its exceptions. */
const reach = (switches: Partial<CniProfile>, ...blocks: readonly (readonly [cidr: string, ...except: string[]])[]) => {
  const peers = blocks.map(([cidr, ...except]) => ({ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } }));
  const world = toManifests({
    pods: [
      { kind: 'Pod', metadata: { namespace: 'x', name: 'a' }, status: { podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] } },
      { kind: 'Pod', metadata: { namespace: 'x', name: 'b' } },
    ],
    networkPolicies: [
      { kind: 'NetworkPolicy', metadata: { namespace: 'x', name: 'p' }, spec: { policyTypes: ['Egress'], egress: [{ to: peers }] } },
    ],
  });
  const { canReach } = reference(world, { cni: { ...spec, name: 'test', ...switches } });
  return (to: string) => canReach({ from: 'x/a', to, protocol: 'TCP', port: 80 }).verdict;
};

describe('exceptions', () => {
  const blocks = [['11.0.0.0/8'], ['10.0.0.0/7', '11.1.0.0/16']] as const;

  test('take from their own block only, as the specification has it', () => {
    const ask = reach({ exceptScope: 'block' }, ...blocks);
    expect([ask('11.1.0.1'), ask('11.2.0.1'), ask('10.1.0.1')]).toEqual(['allow', 'allow', 'allow']);
    const alone = reach({ exceptScope: 'block' }, blocks[1]);
    expect([alone('11.1.0.1'), alone('11.2.0.1'), alone('12.0.0.1')]).toEqual(['deny', 'allow', 'deny']);
  });

  test('take from every wider block of the rule where those are one set', () => {
    const ask = reach({ exceptScope: 'rule' }, ...blocks);
    expect([ask('11.1.0.1'), ask('11.2.0.1')]).toEqual(['deny', 'allow']);
  });

  test('take nothing from a block that is as long, or longer', () => {
    const ask = (cidr: string) => reach({ exceptScope: 'rule' }, [cidr], ['8.0.0.0/6', '11.0.0.0/8']);
    expect([ask('11.0.0.0/8')('11.1.0.1'), ask('11.1.0.0/16')('11.1.0.1')]).toEqual(['allow', 'allow']);
    expect([ask('11.1.0.0/16')('11.2.0.1'), ask('10.0.0.0/7')('11.1.0.1')]).toEqual(['deny', 'deny']);
  });
});

describe('every IPv6 address, where that is two blocks', () => {
  const two = { ipv6Everything: 'global-and-local' } as const;
  test.each([
    ['2001:db8::1', 'allow'],
    ['fd00::9', 'allow'],
    ['fe80::1', 'deny'],
    ['fc00::1', 'deny'],
  ] as const)('has %s: %s', (to, verdict) => {
    expect(reach(two, ['::/0'])(to)).toBe(verdict);
    expect(reach({ ipv6Everything: 'all' }, ['::/0'])(to)).toBe('allow');
  });

  test('has fewer addresses only if it is written so, and other blocks are what they say', () => {
    expect([reach(two, ['fe80::/10'])('fe80::1'), reach(two, ['fe80::/10'])('fec0::1')]).toEqual(['allow', 'deny']);
    expect([reach(two, ['0.0.0.0/0'])('203.0.113.1'), reach(two, ['0.0.0.0/0'])('fd00::9')]).toEqual(['allow', 'deny']);
  });

  test('loses nothing to an exception that is as wide as either of them, or wider', () => {
    const except = (cidr: string) => [reach(two, ['::/0', cidr])('2001:db8::1'), reach({}, ['::/0', cidr])('2001:db8::1')];
    expect([except('::/1'), except('2000::/3'), except('2000::/4')]).toEqual([
      ['allow', 'deny'],
      ['allow', 'deny'],
      ['deny', 'deny'],
    ]);
  });
});
