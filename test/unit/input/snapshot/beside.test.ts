/**
 * A snapshot beside other files is what reading everything at once is, and a snapshot is read wherever manifests are.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/engine/engine.ts';
import { loadManifests } from '../../../../src/input/load-manifests.ts';
import { encodeSnapshot } from '../../../../src/input/snapshot/encode-snapshot.ts';
import type { Manifests } from '../../../../src/model/resource.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { BROKEN, FULL } from './inputs.ts';

const SHOP_POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: more, namespace: shop}
spec: {podSelector: {}, egress: [{to: [{namespaceSelector: {matchLabels: {team: a}}}], ports: [{port: web}]}]}
`;
/** What is beside, for each of the inputs. */
const BESIDE: readonly (readonly [title: string, text: string])[] = [
  ['a policy', SHOP_POLICY],
  ['a file that cannot be read', 'a: ['],
  ['the same policy again', FULL.slice(FULL.indexOf('apiVersion: networking'), FULL.indexOf('---\napiVersion: policy'))],
  ['another policy of its name', SHOP_POLICY.replace('more', 'cart')],
  ['another pod of its name', 'apiVersion: v1\nkind: Pod\nmetadata: {name: cart, namespace: shop}\n'],
  ['a pod of its workload', POD_OF('Deployment', 'back', 'back-x')],
  ['a pod with the name that stands for its workload', POD_OF('Deployment', 'back', 'back-0')],
  ['its workload again', FULL.slice(FULL.indexOf('apiVersion: apps'))],
  ['a namespace whose labels cannot be read', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: far, labels: {a: [b]}}\n'],
];

function POD_OF(kind: string, owner: string, name: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, ownerReferences: [{kind: ${kind}, name: ${owner}, controller: true}]}\n`;
}

function said({ diagnostics, counts, skipped, unreadable, unreadableEnds }: Manifests): unknown {
  // A snapshot has a policy in doubt among those that could not be read only, and does not count it twice.
  const isDoubtful = unreadable.some(({ reason }) => reason.startsWith('it selects namespaces by'));
  return {
    diagnostics: diagnostics
      .map(({ code, severity, message, origin, field }) => JSON.stringify([code, severity, message, origin.file, origin.line, field]))
      .sort(),
    counts: [...counts].filter(([kind, count]) => count > 0 && !(isDoubtful && kind === 'NetworkPolicy')).sort(),
    skipped: [...skipped],
    unreadable: sorted(unreadable),
    unreadableEnds: sorted(unreadableEnds),
  };
}

function sorted(list: readonly { readonly origin: object }[]): unknown {
  return [...list].sort((a, b) => (JSON.stringify(a.origin) < JSON.stringify(b.origin) ? -1 : 1));
}

describe('a snapshot beside other files', () => {
  it.each(
    [['full', FULL] as const, ...BROKEN].flatMap(([title, text]) => BESIDE.map(([what, more]) => [title, what, text, more] as const)),
  )('is what reading both at once is: %s, and %s', async (_title, _what, text, more) => {
    const folder = temporaryFolder();
    const [first, second, snapshot] = ['first.yaml', 'second.yaml', 'first.nps'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(first, text);
    writeFileSync(second, more);
    writeFileSync(snapshot, encodeSnapshot(await loadManifests([first])));
    const atOnce = await loadManifests([first, second]);
    const beside = await loadManifests([snapshot, second]);
    const tables = (manifests: Manifests): Buffer => Buffer.from(new Uint8Array(compile(manifests).tables.buffer));
    expect(said(beside)).toEqual(said(atOnce));
    expect(tables(beside).equals(tables(atOnce))).toBe(true);
  });

  it('hides nothing that is in its directory', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.json'), encodeSnapshot(await loadManifests(['datasets/clusters/three-tier'])));
    writeFileSync(join(folder, 'b.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: far}\n');
    writeFileSync(join(folder, 'c.yaml'), 'a: [');
    const { namespaces, unreadable } = await loadManifests([folder]);
    expect(namespaces.map(({ object }) => object.metadata.name)).toContain('far');
    expect(unreadable).toHaveLength(1);
  });

  it('says that options came too late', async () => {
    const file = join(temporaryFolder(), 'x');
    writeFileSync(file, encodeSnapshot(await loadManifests(['datasets/clusters/three-tier'])));
    const { diagnostics } = await loadManifests([file], { workloadPods: 3, strict: true });
    expect(diagnostics.filter(({ code }) => code === 'option-without-effect')).toHaveLength(2);
  });

  it('is refused when it is damaged, and what it may have held is not known', async () => {
    const file = join(temporaryFolder(), 'x.nps');
    const bytes = encodeSnapshot(await loadManifests(['datasets/clusters/three-tier']));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    const { diagnostics, unreadable, pods } = await loadManifests([file]);
    expect(diagnostics).toMatchObject([{ code: 'invalid-snapshot', severity: 'error', message: expect.stringMatching(/is damaged/) }]);
    expect([unreadable.length, pods.length]).toEqual([1, 0]);
  });
});
