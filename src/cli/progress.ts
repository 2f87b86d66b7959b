/**
 * How far a long run is, on stderr. On a terminal one line that is written over, ten times a second at most, and gone in the end; elsewhere (a pipe, the log of a build) a line every half a minute, so that
 * somebody who waits sees that there is something to wait for. What is over soon shows nothing, and `--quiet` shows nothing at all.
 */
import type { Terminal } from './terminal.ts';

const TERMINAL_INTERVAL_MS = 100;
const PLAIN_INTERVAL_MS = 30_000;

/** What progress is written to. */
export type ProgressLine = Pick<Terminal, 'errorIsTerminal' | 'progress' | 'message'>;

export class Progress {
  private readonly line: ProgressLine;
  private readonly isQuiet: boolean;
  private readonly now: () => number;
  private readonly started: number;
  private last: number;

  /** `now`: milliseconds since any moment. */
  constructor(line: ProgressLine, { quiet }: { readonly quiet?: true | undefined }, now: () => number = () => performance.now()) {
    this.line = line;
    this.isQuiet = quiet !== undefined;
    this.now = now;
    this.started = now();
    this.last = this.started;
  }

  /** Something was done: `text` is asked for when it is time to show it. Call it often. */
  report(text: () => string): void {
    this.show(text, this.last);
  }

  /** Something begins that may hold the thread for a while: a terminal shows it at once, unless the run has just begun. */
  begin(text: () => string): void {
    this.show(text, this.line.errorIsTerminal ? this.started : this.last);
  }

  private show(text: () => string, since: number): void {
    if (this.isQuiet) return;
    const now = this.now();
    if (now - since < (this.line.errorIsTerminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    this.last = now;
    if (this.line.errorIsTerminal) this.line.progress(text());
    else this.line.message(text());
  }

  /** Takes the line away. */
  end(): void {
    if (this.line.errorIsTerminal && !this.isQuiet) this.line.progress(undefined);
  }
}
