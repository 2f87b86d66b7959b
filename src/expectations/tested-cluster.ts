/**
 * A compiled cluster as cases ask it: tables to judge by, and the pods with what tables do not hold (labels, names of ports).
 */
import type { Engine } from '../engine/engine.ts';
import { Directory } from '../evaluate/directory.ts';
import { TableNames } from '../evaluate/names.ts';
import { TableReader } from '../evaluate/reader.ts';
import { buildCluster } from '../input/build-cluster.ts';
import { append } from '../lib/append.ts';
import type { Namespace, Pod } from '../model/cluster.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isAdminKind, objectName } from '../model/object-names.ts';
import { UNREADABLE } from '../model/origin.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

export class TestedCluster {
  readonly manifests: Manifests;
  readonly tables: RuleTables;
  readonly names: TableNames;
  readonly reader: TableReader;
  readonly directory: Directory;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly podsIn: ReadonlyMap<string, readonly Pod[]>;
  /** By `namespace/name`. */
  readonly pods: ReadonlyMap<string, Pod>;

  constructor(manifests: Manifests, engine: Pick<Engine, 'tables'>, profile: CniProfile) {
    this.manifests = manifests;
    this.tables = engine.tables;
    this.names = new TableNames(this.tables);
    this.reader = new TableReader(this.tables);
    this.directory = new Directory(this.tables, this.names);
    const { cluster } = buildCluster(manifests, profile);
    this.namespaces = new Map(cluster.namespaces.map((namespace) => [namespace.name, namespace]));
    this.pods = new Map(cluster.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
    const podsIn = new Map<string, Pod[]>();
    for (const pod of cluster.pods) append(podsIn, pod.namespace, pod);
    this.podsIn = podsIn;
  }

  /** What could not be read and might be a pod, or the labels of a namespace: names, for messages. `namespace`: undefined for any. */
  unreadablePods(namespace: string | undefined, byNamespaceLabels: boolean): string[] {
    const found = this.manifests.diagnostics
      .filter(({ severity }) => severity === 'error')
      .filter(({ object }) => mayMatter(object, namespace, byNamespaceLabels))
      .map(({ object, origin }) => (object === undefined ? origin.file : objectName(object)));
    return [...new Set(found)];
  }
}

const NEITHER = new Set(['NetworkPolicy', 'Node', 'Service']);

function mayMatter(object: Diagnostic['object'], namespace: string | undefined, byNamespaceLabels: boolean): boolean {
  if (object === undefined) return true;
  if (NEITHER.has(object.kind) || isAdminKind(object.kind)) return false;
  const isNamespace = object.kind === 'Namespace';
  const where = isNamespace ? object.name : object.namespace;
  const isThere = namespace === undefined || where === undefined || where === UNREADABLE || where === namespace;
  return isThere && (!isNamespace || byNamespaceLabels);
}
