/**
 * What checks of meaning write to: problems with their places inside the object. Checks enter the fields that they look at, so that a place is only put
 * together when there is something to say.
 */
import type { Severity } from '../../model/diagnostic.ts';
import type { FieldPath, Problem } from '../problem.ts';

export class Reporter {
  private found: Problem[] = [];
  /** The present place: as much of it as is `depth`. */
  private readonly path: (string | number)[] = [];
  private depth = 0;

  get problems(): readonly Problem[] {
    return this.found;
  }

  get failed(): boolean {
    return this.found.some(({ severity }) => severity === 'error');
  }

  /** Forgets everything: it begins with another object. */
  begin(): void {
    this.depth = 0;
    if (this.found.length > 0) this.found = [];
  }

  /** Gives what was found away, and begins with another object. */
  take(): readonly Problem[] {
    const { found } = this;
    this.begin();
    return found;
  }

  /** What follows is about a field of the present place, until `leave`. */
  enter(part: string | number): void {
    this.path[this.depth++] = part;
  }

  leave(): void {
    this.depth--;
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
    const path = [...this.path.slice(0, this.depth), ...field];
    this.found.push({ code, severity, message, path, ...(hint === undefined ? {} : { hint }) });
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
