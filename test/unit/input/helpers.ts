/**
 * Short forms for tests of reading.
 */
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Manifests } from '../../../src/model/resource.ts';

/** `2:3 error duplicate-key metadata.name`. */
export function brief({ severity, code, origin, field }: Diagnostic): string {
  return `${origin.line}:${origin.column} ${severity} ${code}${field === undefined ? '' : ` ${field}`}`;
}

/** Errors and warnings, in brief; notes about the default namespace are left out. */
export function findings({ diagnostics }: Manifests): string[] {
  return diagnostics.filter(({ severity }) => severity !== 'info').map(brief);
}

export function findingsOf(text: string): string[] {
  return findings(parseManifests(text, { file: 'x.yaml' }));
}

/** A NetworkPolicy whose `spec` is these lines, indented by two. Its `spec:` is on line 4. */
export function policyWith(...spec: string[]): string {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata: {name: p, namespace: shop}',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** A Pod with this metadata and these lines after it. */
export function podWith(metadata: string, ...lines: string[]): string {
  return ['apiVersion: v1', 'kind: Pod', `metadata: ${metadata}`, ...lines, ''].join('\n');
}
