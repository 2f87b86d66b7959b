/**
 * The names in compiled tables: strings, pods, workloads, policies and rules, decoded when asked for.
 */

import { formatPrefix } from '../lib/ip-address.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { Columns, RuleTables } from '../tables/rule-tables.ts';

export class TableNames {
  private readonly columns: Columns;
  /** As long as there are strings: an array that grew hole by hole would be a hash table. */
  private decoded: (string | undefined)[] | undefined;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(tables: RuleTables) {
    this.columns = tables.columns;
  }

  /** String number `index`. */
  text(index: number): string {
    const { stringBytes, stringStart } = this.columns;
    this.decoded ??= new Array(stringStart.length);
    // Decoders refuse views of shared memory in some runtimes; `slice` copies out of it.
    this.decoded[index] ??= this.decoder.decode(stringBytes.slice(stringStart[index]!, stringStart[index + 1]!));
    return this.decoded[index];
  }

  /** A property that the compiler noted, such as `profile`. */
  property(name: string): string | undefined {
    const { properties } = this.columns;
    for (let i = 0; i < properties.length; i += 2) if (this.text(properties[i]!) === name) return this.text(properties[i + 1]!);
    return undefined;
  }

  pod(pod: number): ObjectRef {
    const { podNamespace, podName } = this.columns;
    return { kind: 'Pod', namespace: this.text(podNamespace[pod]!), name: this.text(podName[pod]!) };
  }

  workload(workload: number): ObjectRef {
    const { workloadNamespace, workloadKind, workloadName } = this.columns;
    return {
      kind: this.text(workloadKind[workload]!),
      namespace: this.text(workloadNamespace[workload]!),
      name: this.text(workloadName[workload]!),
    };
  }

  policy(policy: number): ObjectRef {
    const { policyKind, policyNamespace, policyName } = this.columns;
    const namespace = policyNamespace[policy]!;
    const kind = this.text(policyKind[policy]!);
    const name = this.text(policyName[policy]!);
    return namespace === NONE_32 ? { kind, name } : { kind, namespace: this.text(namespace), name };
  }

  policyOrigin(policy: number): Origin {
    const { policyFile, policyLine, policyColumn } = this.columns;
    return { file: this.text(policyFile[policy]!), line: policyLine[policy]!, column: policyColumn[policy]! };
  }

  ruleOrigin(rule: number): Origin {
    const { ruleFile, ruleLine, ruleColumn } = this.columns;
    return { file: this.text(ruleFile[rule]!), line: ruleLine[rule]!, column: ruleColumn[rule]! };
  }
}

/** `namespace/name` of a pod, `node/name`, or the prefix; with the family where a pod or node has addresses of both. */
export function endpointName(columns: Columns, names: TableNames, endpoint: number): string {
  const object = columns.endpointObject[endpoint]!;
  const family = columns.endpointFamily[endpoint]!;
  if (columns.endpointKind[endpoint] === ENDPOINT_PREFIX) {
    const words = Array.from(columns.prefixWords.subarray(object * 4, object * 4 + (family === 4 ? 1 : 4)));
    return formatPrefix({ family: family === 4 ? 4 : 6, words, length: columns.prefixLength[object]! });
  }
  if (columns.endpointKind[endpoint] === ENDPOINT_NODE) return `node/${names.text(columns.nodeName[object]!)}`;
  const { namespace, name } = names.pod(object);
  const faces = columns.podEndpoint[object + 1]! - columns.podEndpoint[object]!;
  return `${namespace}/${name}${faces > 1 ? ` (IPv${family})` : ''}`;
}
