/**
 * SIGINT, SIGTERM and SIGHUP: a run stops within two seconds, says so, and exits with EXIT_INCOMPLETE.
 */
import { EXIT_INCOMPLETE } from './exit.ts';
import { removeTemporaryFiles } from './write-file.ts';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How long something that was told to stop may take. */
const PATIENCE_MS = 1500;

export class Signals {
  private readonly say: (message: string) => void;
  private running: AbortController | undefined;
  private received: NodeJS.Signals | undefined;

  constructor(say: (message: string) => void) {
    this.say = say;
    this.listen();
  }

  /** Was the run told to stop? */
  get stopped(): boolean {
    return this.received !== undefined;
  }

  /** Runs something that stops when its signal aborts. */
  async abortable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.running = new AbortController();
    try {
      return await work(this.running.signal);
    } finally {
      this.running = undefined;
    }
  }

  /** Runs something that keeps the thread busy: no listener would be called meanwhile, so that a signal ends the process by itself. */
  blocking<T>(work: () => T): T {
    for (const signal of SIGNALS) process.off(signal, this.stop);
    try {
      return work();
    } finally {
      this.listen();
    }
  }

  private listen(): void {
    for (const signal of SIGNALS) process.on(signal, this.stop);
  }

  private readonly stop = (signal: NodeJS.Signals): void => {
    const again = this.received !== undefined;
    this.received = signal;
    if (!again) this.say(`stopped by ${signal}: there is no result`);
    if (again || this.running === undefined) exitNow();
    this.running?.abort(new Error(`stopped by ${signal}`));
    setTimeout(exitNow, PATIENCE_MS).unref();
  };
}

function exitNow(): never {
  removeTemporaryFiles();
  process.exit(EXIT_INCOMPLETE);
}
