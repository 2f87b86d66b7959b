/**
 * The field replica as text, in the three forms that loading is measured with: what `kubectl get -o yaml` and `-o json` print, and one object a line.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { KubernetesObject } from '../../src/shapes/objects.ts';
import { toYaml } from '../../src/shapes/to-yaml.ts';
import type { TextForm } from './text-forms.ts';

export function writeText(objects: readonly KubernetesObject[], form: TextForm, file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (const piece of pieces(objects, form)) writeSync(handle, piece);
  } finally {
    closeSync(handle);
  }
}

function* pieces(objects: readonly KubernetesObject[], form: TextForm): Generator<string> {
  if (form === 'ndjson') for (const object of objects) yield `${JSON.stringify(object)}\n`;
  if (form === 'yaml') for (const object of objects) yield `---\n${toYaml(object)}`;
  if (form === 'json') yield `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 4)}\n`;
}
