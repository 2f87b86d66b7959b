/**
 * The workloads of the bench: the same pods under ever more policies, and names that all lists agree on.
 */
import { describe, expect, it } from 'vitest';
import { SUBJECTS, subjectsOf } from '../../bench/subjects/registry.ts';
import { loadWorkload } from '../../bench/workloads/clusters.ts';
import { growthObjects } from '../../bench/workloads/growth.ts';
import { GROWTH, WORKLOADS } from '../../bench/workloads/names.ts';

describe('ever more policies', () => {
  it('are those of the smaller sets first, over the same pods', () => {
    const few = [...growthObjects(10, false)];
    const many = [...growthObjects(1000, false)];
    expect(few.filter(({ kind }) => kind === 'Pod')).toHaveLength(5000);
    expect(few.filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(10);
    expect(many).toHaveLength(few.length + 990);
    expect(many.slice(0, few.length)).toEqual(few);
  });

  it('have the number that their name says, and are read without a word', async () => {
    for (const name of GROWTH.slice(0, 4)) {
      const { networkPolicies, pods, diagnostics } = await loadWorkload(name, false);
      expect([networkPolicies.length, pods.length, diagnostics]).toEqual([Number(name.replace('policies-', '')), 5000, []]);
    }
  });
});

describe('small workloads', () => {
  it.each(WORKLOADS)('can be made: %s', async (name) => {
    const { pods, networkPolicies, adminPolicies, diagnostics } = await loadWorkload(name, true);
    expect(Math.min(pods.length, networkPolicies.length + adminPolicies.length)).toBeGreaterThan(0);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a word for subjects', () => {
  const names = (word: string) => subjectsOf(word).map(({ name }) => name);

  it('is a part between dots before it is a beginning', () => {
    expect(names('c').every((name) => name.split('.').includes('c'))).toBe(true);
    expect(names('c')).toContain('batch.field-replica.c');
    expect(names('compile')).toEqual(SUBJECTS.filter(({ name }) => name.startsWith('compile.')).map(({ name }) => name));
    expect(names('batch.field-replica.')).not.toContain('batch.field-replica-tiers.random');
    expect(names('query.web-shop.verdict')).toEqual(['query.web-shop.verdict']);
    expect(names('field-replica').every((name) => !name.includes('tiers'))).toBe(true);
    expect(names('nothing')).toEqual([]);
  });
});
