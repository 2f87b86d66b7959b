/**
 * One value of a kind that is read -> a kept object, or what is wrong with it and what that leaves unknown.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import { isAdminKind, isPolicyKind } from '../model/object-names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Resource } from '../model/resource.ts';
import { checkMetadata } from './checks/check-metadata.ts';
import { Reporter } from './checks/reporter.ts';
import type { Findings, Kept, Source } from './findings.ts';
import { isSound } from './is-sound.ts';
import type { KindDefinition, Use } from './kinds.ts';
import { MOST_PROBLEMS } from './limits.ts';
import { FixedResource, LocatedResource } from './located-resource.ts';
import { isMapping, narrow } from './narrow.ts';
import { type FieldPath, formatPath, type Problem } from './problem.ts';
import type { TextPool } from './text-pool.ts';
import { unreadableNetworkPolicy, unreadableObject } from './unreadable.ts';
import { unreadableAdminPolicy } from './unreadable-admin.ts';
import { unreadableEnd } from './unreadable-ends.ts';

/** Recognised, and of a version that is not read, or of a kind that is probably mistyped. */
export function refuseObject(
  found: Findings,
  kind: string,
  use: Extract<Use, { use: 'refuse' }>,
  value: Readonly<Record<string, unknown>>,
  source: Source,
  path: FieldPath,
  pool: TextPool,
): void {
  const origin = source.locate([...path, use.code === 'unknown-kind' ? 'kind' : 'apiVersion']);
  const { code, message, hint } = use;
  const object = refOf(kind, use.kind === undefined, value);
  found.diagnostics.push({
    code,
    severity: 'error',
    message,
    origin,
    ...(object === undefined ? {} : { object }),
    field: use.code === 'unknown-kind' ? 'kind' : 'apiVersion',
    ...(hint === undefined ? {} : { hint }),
  });
  if (use.of === 'policy') found.unreadable.push(unreadableObject(use.kind ?? pool.keep(kind), value, origin, message, pool));
  const end = unreadableEnd(object, value, origin);
  if (end !== undefined) found.unreadableEnds.push(end);
  if (use.of === 'namespace') found.doubtfulNamespaces.push({ name: object?.name, origin });
}

/** `owned`: the value was read by the shape of its kind, and nobody else holds it. */
export function readObject(
  found: Findings,
  definition: KindDefinition,
  value: Readonly<Record<string, unknown>>,
  source: Source,
  path: FieldPath,
  pool: TextPool,
  strict: boolean,
  owned: boolean,
): void {
  const narrowed = owned && isSound(definition.shape, value) ? { value, problems: [] } : narrow(definition.shape, value, pool, strict);
  keepObject(found, definition, narrowed.value as Kept | undefined, narrowed.problems, value, source, path, pool);
}

/** One object after the other. */
const report = new Reporter();

/** `object`: what is read of the value, undefined when there are errors among the problems. */
export function keepObject(
  found: Findings,
  definition: KindDefinition,
  object: Kept | undefined,
  typeProblems: readonly Problem[],
  value: Readonly<Record<string, unknown>>,
  source: Source,
  path: FieldPath,
  pool: TextPool,
): void {
  report.begin();
  const { kind, nameRule } = definition;
  if (object !== undefined) {
    // An item of a PodList does not say that it is a Pod.
    if (object.kind !== kind) object = { ...object, kind };
    checkMetadata(object.metadata, nameRule, report);
    definition.check(object as never, report);
  }
  const meant = report.take();
  const problems = meant.length === 0 ? typeProblems : [...typeProblems, ...meant];
  const origin = path.length === 0 ? source.origin : source.locate(path);
  const fault = problems.find(({ severity }) => severity === 'error');
  if (problems.length > 0) {
    const ref = refOf(kind, nameRule.namespaced, value);
    for (const problem of problems.slice(0, MOST_PROBLEMS)) found.diagnostics.push(toDiagnostic(problem, source, path, ref));
    const more = problems.length - MOST_PROBLEMS;
    if (more > 0) {
      const message = `the object has ${more} more problems, which are not listed`;
      const severity = fault === undefined ? 'warning' : 'error';
      found.diagnostics.push(toDiagnostic({ code: 'more-problems', severity, message, path: [] }, source, path, ref));
    }
  }
  if (object !== undefined && fault === undefined) {
    found.kept.push(isPolicyKind(kind) || kind === 'Service' ? located(object, origin, source, path) : new FixedResource(object, origin));
  } else if (kind === 'NetworkPolicy') {
    found.unreadable.push(unreadableNetworkPolicy(value, origin, `${formatPath(fault!.path)}: ${fault!.message}`, pool));
  } else if (isAdminKind(kind)) {
    found.unreadable.push(unreadableAdminPolicy(kind, value, origin, `${formatPath(fault!.path)}: ${fault!.message}`, pool));
  } else if (kind === 'Namespace') {
    found.doubtfulNamespaces.push({ name: refOf(kind, false, value)?.name, origin });
  } else {
    const end = unreadableEnd(refOf(kind, nameRule.namespaced, value), value, origin);
    if (end !== undefined) found.unreadableEnds.push(end);
  }
}

function located(object: Kept, origin: Origin, source: Source, path: FieldPath): Resource<Kept> {
  const places = source.keepPlaces();
  return new LocatedResource(object, origin, path.length === 0 ? places : (field) => places([...path, ...field]));
}

function toDiagnostic(
  { code, severity, message, path, hint }: Problem,
  source: Source,
  prefix: FieldPath,
  object: ObjectRef | undefined,
): Diagnostic {
  return {
    code,
    severity,
    message,
    origin: source.locate([...prefix, ...path]),
    ...(object === undefined ? {} : { object }),
    field: formatPath(path),
    ...(hint === undefined ? {} : { hint }),
  };
}

const LONGEST_NAME = 253;

/** The reference as far as the metadata tells. */
function refOf(kind: string, namespaced: boolean, value: Readonly<Record<string, unknown>>): ObjectRef | undefined {
  if (!isMapping(value.metadata)) return undefined;
  const { name, namespace } = value.metadata;
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return undefined;
  const inNamespace = typeof namespace === 'string' && namespace !== '' && namespace.length <= LONGEST_NAME ? namespace : 'default';
  return { kind, ...(namespaced ? { namespace: inNamespace } : {}), name };
}
