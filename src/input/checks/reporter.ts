/**
 * What checks of meaning write to: problems with their places inside the object. Checks enter the fields that they look at, so that a place is only put
 * together when there is something to say.
 */
import type { Severity } from '../../model/diagnostic.ts';
import type { FieldPath, Problem } from '../problem.ts';

export class Reporter {
  readonly problems: Problem[] = [];
  private readonly path: (string | number)[] = [];

  get failed(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  /** What follows is about a field of the present place, until `leave`. */
  enter(part: string | number): void {
    this.path.push(part);
  }

  leave(): void {
    this.path.pop();
  }

  /** `field` is below the present place. */
  error(code: string, field: FieldPath, message: string, hint?: string): void {
    this.add('error', code, field, message, hint);
  }

  warn(code: string, field: FieldPath, message: string, hint?: string): void {
    this.add('warning', code, field, message, hint);
  }

  info(code: string, field: FieldPath, message: string): void {
    this.add('info', code, field, message, undefined);
  }

  private add(severity: Severity, code: string, field: FieldPath, message: string, hint: string | undefined): void {
    this.problems.push({ code, severity, message, path: [...this.path, ...field], ...(hint === undefined ? {} : { hint }) });
  }
}

/** Runs a check on each item of a list, with the reporter at the item. */
export function checkEach<T>(
  items: readonly T[] | null | undefined,
  field: string,
  report: Reporter,
  check: (item: T, report: Reporter) => void,
): void {
  if (!items || items.length === 0) return;
  report.enter(field);
  for (let i = 0; i < items.length; i++) {
    report.enter(i);
    check(items[i]!, report);
    report.leave();
  }
  report.leave();
}
