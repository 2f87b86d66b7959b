/**
 * An end as a person would write it. Not escaped.
 */
import type { TestEnd } from './test-case.ts';

export function describeEnd(end: TestEnd): string {
  switch (end.kind) {
    case 'workload':
      return end.workload;
    case 'ip':
      return end.ip;
    case 'host':
      return end.host;
    case 'cidr':
      return `${end.outside ? 'outside ' : ''}${end.cidr}${end.except.length === 0 ? '' : ` except ${end.except.join(', ')}`}`;
    case 'pods': {
      const labels = selectorText(end.labels);
      const where = [
        ...(end.namespace === undefined ? [] : [end.namespace]),
        ...(end.namespaceLabels === undefined ? [] : [`namespace{${selectorText(end.namespaceLabels)}}`]),
      ];
      return `${where.join(' ')}/${labels === '' ? '*' : `{${labels}}`}`;
    }
  }
}

function selectorText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
