/**
 * All past bugs, and the ids that must be among them or be explained.
 */
import { spec } from '../../../src/cni/spec.ts';
import { compile } from '../../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { parseProbe } from '../cases/case.ts';
import { ENGINES, type EngineUnderTest } from '../engines.ts';
import { ADDRESS_BUGS } from './addresses.ts';
import { FORM_BUGS } from './forms.ts';
import { MEANING_BUGS } from './meaning.ts';
import type { PastBug, Work } from './past-bug.ts';
import { POD_BUGS } from './pods.ts';
import { PORT_BUGS } from './ports.ts';

export const PAST_BUGS: readonly PastBug[] = [...MEANING_BUGS, ...PORT_BUGS, ...ADDRESS_BUGS, ...POD_BUGS, ...FORM_BUGS];

/** Rows of the catalogue that concern NetworkPolicy, pods, ports and addresses. */
export const ROWS: readonly string[] = [...Array.from({ length: 53 }, (_, i) => i + 1), 69, 70, 71, 72].map(String);

export const ADVISORIES: readonly string[] = [
  'GHSA-c66w-hq56-4q97',
  'GHSA-pfhr-pccp-hwmh',
  'CVE-2023-39347',
  'CVE-2023-41333',
  'CVE-2023-27594',
  'CVE-2023-30851',
  'CVE-2024-28248',
  'CVE-2024-42488',
  'CVE-2024-47825',
  'CVE-2024-52529',
  'CVE-2025-30162',
  'CVE-2025-30163',
  'CVE-2025-64715',
  'CVE-2026-26963',
  'CVE-2026-33726',
  'CVE-2026-53935',
  'CVE-2026-25804',
  'CVE-2024-7598',
  'CVE-2024-33522',
  'CVE-2026-32254',
  'CVE-2025-48056',
  'CVE-2025-23047',
  'CVE-2024-37307',
  'CVE-2026-41520',
  'CVE-2026-41184',
  'CVE-2026-41185',
  'CVE-2026-6720',
];

/** `23a` is a case of row 23. */
export function rowOf(key: string): string {
  return key.replace(/^(\d+)[a-z]$/, '$1');
}

/** `bug 23a`, or the id of the advisory. */
export function nameOf({ key }: PastBug): string {
  return /^\d/.test(key) ? `bug ${key}` : key;
}

/** The engines that answer questions as they are asked; in a batch a question has been encoded before. */
export const ASKED: readonly EngineUnderTest[] = ENGINES.filter(({ name }) => name === 'reference' || name.startsWith('single query'));

export function profileOf(bug: PastBug): CniProfile {
  return { ...spec, name: bug.profile === undefined ? 'spec' : 'varied', ...bug.profile };
}

export function manifestsOf({ objects = [], text }: PastBug): Manifests {
  if (text === undefined) return manifestsFromObjects(objects);
  const more = objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
  return parseManifests(objects.length === 0 ? text : `${text}\n${more}`);
}

/** What an engine says of a past bug, one line a probe; first of the cluster as it was before, if there was one. */
export async function answersOf(bug: PastBug, { judge }: EngineUnderTest): Promise<string[]> {
  const ask = async (manifests: Manifests, probes: readonly string[]) => {
    const verdicts = await judge(
      manifests,
      profileOf(bug),
      probes.map((probe) => parseProbe(probe).flow),
    );
    return verdicts.map((verdict, i) => `${probes[i]}: ${verdict}`);
  };
  const before = bug.before === undefined ? [] : await ask(manifestsFromObjects(bug.before.objects), bug.before.probes);
  return [...before, ...(await ask(manifestsOf(bug), bug.probes))];
}

/** The lines that `answersOf` must give. */
export function expectedOf({ before, probes }: PastBug): string[] {
  return [...(before?.probes ?? []), ...probes].map((probe) => `${probe}: ${parseProbe(probe).expect}`);
}

/** How much work it is to compile the manifests of a past bug. */
export function workOf(bug: PastBug): Work {
  const manifests = manifestsOf(bug);
  let portsRead = 0;
  const counted = <T extends object>(object: T): T =>
    new Proxy(object, {
      get(target, key) {
        if (key === 'port') portsRead++;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'object' && value !== null ? counted(value) : value;
      },
    });
  const networkPolicies = manifests.networkPolicies.map((resource) => ({
    object: counted(resource.object),
    origin: resource.origin,
    locate: (field: string) => resource.locate(field),
  }));
  const { tables } = compile({ ...manifests, networkPolicies }, { cni: profileOf(bug) });
  return { portsRead, portClasses: tables.columns.portClassFirst.length };
}
