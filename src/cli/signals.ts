/**
 * SIGINT, SIGTERM and SIGHUP: a run stops within two seconds.
 *
 * While input is read and compiled there is nothing to clean up, and the thread is busy: a signal ends the process by itself. From `listen` on, a run says that it was
 * stopped and exits with EXIT_INCOMPLETE. Listeners are never taken away again: a signal that had come in between would be lost.
 */
import { EXIT_INCOMPLETE } from './exit.ts';
import { removeTemporaryFiles } from './write-file.ts';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How long something that was told to stop may take. */
const PATIENCE_MS = 1500;

export class Signals {
  private readonly say: (message: string) => void;
  private listening = false;
  private running: AbortController | undefined;
  private received: NodeJS.Signals | undefined;

  constructor(say: (message: string) => void) {
    this.say = say;
  }

  /** Was the run told to stop? */
  get stopped(): boolean {
    return this.received !== undefined;
  }

  /** Runs something that stops when its signal aborts. */
  async abortable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.running = new AbortController();
    this.listen();
    try {
      return await work(this.running.signal);
    } finally {
      this.running = undefined;
    }
  }

  /** From now on signals are answered here. For work that must be cleaned up after, and leaves the thread free. */
  listen(): void {
    if (this.listening) return;
    this.listening = true;
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
