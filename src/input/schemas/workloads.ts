/**
 * Shapes of the kinds that stand for pods (apps/v1, batch/v1, core/v1 ReplicationController).
 */
import { integer, labels, objectOf } from '../shape.ts';
import { podSpec } from './core.ts';
import { labelSelector, templateMeta, topLevel } from './meta.ts';

const template = objectOf('ignored', { metadata: templateMeta, spec: podSpec });

export const replicated = topLevel(
  'warning',
  { spec: objectOf('ignored', { replicas: integer, selector: labelSelector, template }, ['template']) },
  ['spec'],
);

export const daemonSet = topLevel('warning', { spec: objectOf('ignored', { selector: labelSelector, template }, ['template']) }, ['spec']);

/** A ReplicationController's selector is a plain map. */
export const replicationController = topLevel(
  'warning',
  { spec: objectOf('ignored', { replicas: integer, selector: labels, template }, ['template']) },
  ['spec'],
);

const jobSpec = objectOf('ignored', { parallelism: integer, selector: labelSelector, template }, ['template']);

export const job = topLevel('warning', { spec: jobSpec }, ['spec']);

export const cronJob = topLevel(
  'warning',
  { spec: objectOf('ignored', { jobTemplate: objectOf('ignored', { metadata: templateMeta, spec: jobSpec }, ['spec']) }, ['jobTemplate']) },
  ['spec'],
);
