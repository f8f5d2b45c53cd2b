import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { StartFailure } from '@souk/launcher/start-failure';

/** A program to run as a separate process, and the check whether it serves. */
export interface ProgramOptions {
  /** The name of the process, such as `orders-2` or `nats`. */
  readonly name: string;
  readonly command: string;
  /** The arguments. A function is called at each start, so that its result can change. */
  readonly args: readonly string[] | (() => readonly string[]);
  readonly variables: Readonly<Record<string, string>>;
  /** The file that receives the standard output and the errors. */
  readonly logFile: string;
  /** Whether the program gets an IPC channel. The channel disconnects when this process ends, and the program can then end too. */
  readonly linked: boolean;
  /** Returns whether the program serves. A rejection counts as false. */
  readonly isServing: () => Promise<boolean>;
  /** How long the program may take until it serves, in ms. @default 60,000 */
  readonly startWithinMs?: number | undefined;
  /** How long the program may take to end before it is killed, in ms. @default 30,000 */
  readonly endWithinMs?: number;
}

const ASK_EVERY_MS = 50;
const START_WITHIN_MS = 60_000;
const END_WITHIN_MS = 30_000;
/** Pause before a restart, in ms. Without it, a program that cannot start would keep the machine busy. */
const RESTART_AFTER_MS = 500;

/** A process that is restarted when it ends unexpectedly. In production an orchestrator does this. */
export class ManagedProcess {
  readonly name: string;
  readonly #options: ProgramOptions;
  #child: ChildProcess | null = null;
  #wanted = false;

  constructor(options: ProgramOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** The process id. Null while the process does not run. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts the process. Resolves when it serves. @throws StartFailure when the process ends earlier or takes too long */
  async start(): Promise<void> {
    this.#wanted = true;
    this.#spawn();
    await this.serving();
  }

  /** Resolves when the process serves, possibly after a restart. @throws StartFailure after `startWithinMs` */
  async serving(): Promise<void> {
    const { name, logFile, isServing, startWithinMs = START_WITHIN_MS } = this.#options;
    const deadline = performance.now() + startWithinMs;
    while (!(await isServing().catch(() => false))) {
      if (performance.now() > deadline || !this.#wanted) {
        throw new StartFailure(`${name} did not become ready. Read its log, ${logFile}`);
      }
      await after(ASK_EVERY_MS);
    }
  }

  /** Sends a signal. A process that ends because of the signal is started again. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /**
   * Sends SIGTERM, and SIGKILL when the process does not end in time.
   * @returns the exit code, or null when a signal ended the process
   */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#wanted = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    const tooLong = setTimeout(() => child.kill('SIGKILL'), this.#options.endWithinMs ?? END_WITHIN_MS);
    await ended;
    clearTimeout(tooLong);
    return child.exitCode;
  }

  #spawn(): void {
    const { command, args, variables, logFile, linked } = this.#options;
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(command, typeof args === 'function' ? args() : args, {
      env: variables,
      stdio: ['ignore', log, log, ...(linked ? (['ipc'] as const) : [])],
      // Ctrl-C signals the whole process group. A detached process is in another group, so this process can stop all processes in order.
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    child.on('error', () => undefined); // the process never serves, and `serving` reports its log file
    child.on('exit', () => void this.#startAgain(child));
  }

  async #startAgain(ended: ChildProcess): Promise<void> {
    await after(RESTART_AFTER_MS, undefined, { ref: false });
    // A call of `stop` and `start` during the pause may have replaced the process already.
    if (this.#wanted && this.#child === ended) this.#spawn();
  }
}
