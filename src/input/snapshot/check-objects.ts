/**
 * Is what a snapshot holds what reading could have found? A snapshot may come from anywhere, and everything after reading relies on what reading has checked. Parts that objects
 * share are looked at once.
 */
import { quote } from '../../lib/quote.ts';
import type { Maybe, ObjectMeta, PodObject } from '../../model/resource.ts';
import { WireFormatError } from '../../wire/wire-error.ts';
import { checkPodSpec, checkPodStatus } from '../checks/check-core.ts';
import { checkLabels, checkMetadata } from '../checks/check-metadata.ts';
import { Reporter } from '../checks/reporter.ts';
import type { Kept } from '../findings.ts';
import { definitionOf, type KindDefinition } from '../kinds.ts';
import { NameInterner } from '../name-interner.ts';
import { isMapping } from '../narrow.ts';
import { formatPath } from '../problem.ts';
import type { ObjectShape } from '../shape.ts';

type Fields = Readonly<Record<string, unknown>>;

export class ObjectChecker {
  private readonly names = new NameInterner();
  /** Parts that many objects have. */
  private readonly goodLabels = new Set<object>();
  private readonly goodContainers = new Set<object>();
  /** Those of the last object, which its neighbours often have. */
  private lastLabels: object | undefined;
  /** One object after the other. */
  private readonly report = new Reporter();

  /**
   * `kinds`: those that may be in this place. `standsFor`: the pod was made from a workload, and its name from the workload's. `fits`: has the object exactly the fields of
   * the shape?
   * @throws {WireFormatError} when the object is not one that reading keeps
   */
  check(object: unknown, kinds: readonly string[], standsFor: boolean, fits: (shape: ObjectShape) => boolean): asserts object is Kept {
    const kind = isMapping(object) ? object.kind : undefined;
    const definition = typeof kind === 'string' && kinds.includes(kind) ? definitionOf(kind) : undefined;
    if (definition === undefined) throw new WireFormatError(`found an object that is no ${kinds.join(', ')}`);
    if (!fits(definition.shape)) {
      throw new WireFormatError(`${nameOf(object as Fields)} has other fields than a ${definition.kind} that was read`);
    }
    const kept = object as unknown as Kept;
    const { count } = this.names;
    if (this.names.intern(kept) < count) throw new WireFormatError(`${nameOf(object as Fields)} is there twice`);
    const { report } = this;
    this.checkMetadata(kept.metadata, definition, standsFor, report);
    if (kind === 'Pod') this.checkPod(object as unknown as PodObject, report);
    else definition.check(object as never, report);
    const fault = report.take().find(({ severity }) => severity === 'error');
    if (fault !== undefined) throw new WireFormatError(`${nameOf(object as Fields)}: ${formatPath(fault.path)}: ${fault.message}`);
  }

  private checkMetadata(metadata: ObjectMeta, { nameRule }: KindDefinition, standsFor: boolean, report: Reporter): void {
    const { name, namespace, labels } = metadata;
    checkMetadata({ name: standsFor ? name.replace(/-\d+$/, '') : name, namespace: namespace ?? null }, nameRule, report);
    if (!labels || labels === this.lastLabels) return;
    this.lastLabels = labels;
    if (this.goodLabels.has(labels)) return;
    report.enter('metadata');
    checkLabels(labels, 'labels', report);
    report.leave();
    this.goodLabels.add(labels);
  }

  private checkPod({ spec, status }: PodObject, report: Reporter): void {
    checkPodStatus(status, report);
    if (!spec) return;
    const { containers, initContainers } = spec;
    if (this.isGood(containers) && this.isGood(initContainers)) return;
    checkPodSpec(spec, report);
    if (containers) this.goodContainers.add(containers);
    if (initContainers) this.goodContainers.add(initContainers);
  }

  private isGood(part: Maybe<object>): boolean {
    return !part || this.goodContainers.has(part);
  }
}

function nameOf(object: Fields): string {
  const metadata = isMapping(object.metadata) ? object.metadata : {};
  const { name, namespace } = metadata as { readonly name?: unknown; readonly namespace?: Maybe<unknown> };
  const text = [namespace, name].filter((part) => typeof part === 'string').join('/');
  return `the ${String(object.kind)} ${quote(text)}`;
}
