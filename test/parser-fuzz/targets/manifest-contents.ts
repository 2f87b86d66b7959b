/**
 * What two readings of the same objects must have in common, and the promises that hold for every reading.
 */
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { expectThat, shapeOf } from '../target.ts';

/** Objects, and what is wrong with them: without places, which differ between forms. */
export function contentsOf(manifests: Manifests): string {
  const { namespaces, pods, nodes, services, networkPolicies, unreadable, unreadableEnds, diagnostics, skipped, counts } = manifests;
  return canonical({
    objects: [namespaces, pods, nodes, services, networkPolicies].map((resources) => resources.map(({ object }) => object)),
    unreadable: unreadable.map(({ origin: _, ...rest }) => rest),
    unreadableEnds: unreadableEnds.map(({ origin: _, ...rest }) => rest),
    diagnostics: diagnostics
      .filter(({ code }) => !ABOUT_PLACES.has(code))
      .map(({ code, severity, field }) => [code, severity, field])
      .sort(),
    skipped: [...skipped].sort(),
    counts: [...counts].sort(),
  });
}

/** Warnings about the text and not about the objects in it. */
const ABOUT_PLACES: ReadonlySet<string> = new Set(['no-objects']);

/** The same reading in every detail. */
export function everythingOf(manifests: Manifests): string {
  return `${contentsOf(manifests)}${canonical([manifests.diagnostics, manifests.unreadable])}`;
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    const sorted: [string, unknown][] = [];
    for (const key of Object.keys(each).sort()) {
      const field = (each as Readonly<Record<string, unknown>>)[key];
      if (field !== undefined) sorted.push([key, field]);
    }
    return { sorted };
  });
}

export function hasErrors({ diagnostics, unreadable, unreadableEnds }: Manifests): boolean {
  return unreadable.length > 0 || unreadableEnds.length > 0 || diagnostics.some(({ severity }) => severity === 'error');
}

export function hasObjects({ namespaces, pods, nodes, services, networkPolicies }: Manifests): boolean {
  return namespaces.length + pods.length + nodes.length + services.length + networkPolicies.length > 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const RAW = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const PLACES = ['metadata.name', 'spec.ingress[0].from[1]', 'spec.nowhere[3]'];

/** Checks every diagnostic and place. @returns the signature */
export function checkReading(manifests: Manifests, lines: number): string {
  for (const diagnostic of manifests.diagnostics) checkDiagnostic(diagnostic, lines);
  const resources = [manifests.namespaces, manifests.pods, manifests.nodes, manifests.services, manifests.networkPolicies].flat();
  for (const resource of resources.slice(0, 20)) {
    for (const place of [resource.origin, ...PLACES.map((field) => resource.locate(field))]) {
      expectThat(place.line >= 0 && place.line <= lines, 'a place is outside the text', () => `line ${place.line} of ${lines}`);
    }
  }
  const said = new Set(manifests.diagnostics.map(({ code, message }) => `${code}: ${shapeOf(message)}`));
  const kinds = [...manifests.counts.keys()].sort().join();
  return `${[...said].sort().slice(0, 3).join('; ')} | ${kinds}`;
}

function checkDiagnostic({ code, message, origin, hint, field }: Diagnostic, lines: number): void {
  expectThat(/^[a-z][a-z0-9-]*$/.test(code), 'a diagnostic has no code', () => code);
  expectThat(message !== '' && message.length < 4000, 'a message is empty or very long', () => `${code}: ${message.length} characters`);
  for (const text of [message, hint ?? '', field ?? '']) {
    expectThat(!RAW.test(text), 'a message has a raw control character', () => JSON.stringify(text));
  }
  expectThat(
    origin.line >= 0 && origin.line <= lines + 1,
    'a diagnostic is outside the text',
    () => `${code}: line ${origin.line} of ${lines}`,
  );
}
