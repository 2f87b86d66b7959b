/**
 * What the caller may choose about reading manifests. The same for text, objects and files.
 */
export interface InputOptions {
  /**
   * For how many pods a workload without pods of its own stands (Deployment, StatefulSet, …): a number, 1 when left out, or `declared` for its own
   * `replicas` or `parallelism`. A DaemonSet, whose number of pods depends on nodes, stands for one under `declared`.
   */
  readonly workloadPods?: number | 'declared';
  /** Unknown fields of an object's first level and of its metadata make it an error, for every kind. In a NetworkPolicy they always do. */
  readonly strict?: boolean;
}

/** @throws {RangeError} when an option is not what it must be */
export function checkInputOptions({ workloadPods }: InputOptions): void {
  if (workloadPods === undefined || workloadPods === 'declared') return;
  if (!Number.isInteger(workloadPods) || workloadPods < 0 || workloadPods > 10_000) {
    throw new RangeError(`workloadPods must be \`declared\` or a whole number from 0 to 10000, got \`${String(workloadPods)}\``);
  }
}
