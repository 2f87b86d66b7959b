/**
 * Columns of halves where rows have several pages, and where they are cut into blocks: against reading the same rows verdict by verdict.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { TableReader } from '../../../src/evaluate/reader.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { CLOSED, HalfVerdicts } from '../../../src/matrix/half-verdicts.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { joinPorts } from '../../../src/reach/joint-ports.ts';
import { DENY } from '../../../src/tables/layout.ts';
import { manifestsInBlocks } from '../../support/blocks-world.ts';
import { wideWorld } from '../../support/wide-world.ts';

const certain = (manifests: Manifests): Manifests => ({ ...manifests, unreadable: [] });

test.each<readonly [title: string, manifests: () => Manifests, pages: number, hasUnknown: boolean]>([
  ['several pages, with what is unknown', () => toManifests(wideWorld(1)), 2, true],
  ['several pages', () => certain(toManifests(wideWorld(1))), 2, false],
  ['blocks, with what is unknown', () => manifestsInBlocks({ tiers: false }), 17, true],
  ['blocks', () => certain(manifestsInBlocks({ tiers: false })), 17, false],
])('are those of the rows: %s', { timeout: 60_000 }, (_, manifests, pages, hasUnknown) => {
  const { tables } = compile(manifests(), { shared: false });
  const reader = new TableReader(tables);
  const ports = joinPorts([tables]);
  const { ingressUnknownPage, egressUnknownPage } = tables.columns;
  expect(ingressUnknownPage.length + egressUnknownPage.length > 0).toBe(hasUnknown);
  for (const direction of ['ingress', 'egress'] as const) {
    expect(reader.bitPages(direction)).toBeGreaterThanOrEqual(pages);
    const halves = new HalfVerdicts(reader, direction, ports);
    const subjects = tables.columns[`${direction}SubjectMemberStart`].length - 1;
    for (let subject = 0; subject < subjects; subject += Math.ceil(subjects / 50)) {
      const profile = halves.profile(subject);
      const open = new Map<number, number>();
      halves.eachOpen(profile, (peer, column) => open.set(peer, column));
      expect([...open.keys()]).toEqual([...open.keys()].sort((a, b) => a - b));
      expect(open.size).toBe(halves.openCount(profile));
      for (let peer = 0; peer < halves.peerCount; peer++) {
        const column = halves.column(profile, peer);
        const runs = halves.runs(column);
        let run = 0;
        let isRight = (open.get(peer) ?? CLOSED) === column;
        for (const [k, { classes }] of ports.entries()) {
          if (runs[run + 2] === k) run += 2;
          const expected = reader.rowVerdict(direction, reader.verdictRow(direction, subject, classes[0] as number), peer);
          if (runs[run + 1] !== expected || (column === CLOSED && expected !== DENY)) isRight = false;
        }
        if (!isRight) expect.fail(`${direction} of subject ${subject}, peer ${peer}`);
      }
      if (subject > 0 && subject + 1 >= subjects) break;
    }
  }
});
