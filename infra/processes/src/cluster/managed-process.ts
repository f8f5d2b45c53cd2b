import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { StartFailure } from '@souk/launcher/start-failure';

/** A program that runs as a process of its own, and how to find out whether it serves. */
export interface ProgramOptions {
  /** `orders-2`, `nats`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Gets what it prints. */
  readonly logFile: string;
  /** Whether it is told (its `disconnect` event) when this process is gone. */
  readonly linked: boolean;
  /** Whether it serves. A throw means no. */
  readonly isServing: () => Promise<boolean>;
  /** How long its end may take before it is killed, in ms. Default 30 s. */
  readonly endWithinMs?: number;
}

const ASK_EVERY_MS = 50;
const START_WITHIN_MS = 60_000;
const END_WITHIN_MS = 30_000;
/** Between the end of a process and its next start: one that cannot start must not keep the machine busy. */
const RESTART_AFTER_MS = 500;

/** A process that is started again when it ends without being asked to, as an orchestrator does. */
export class ManagedProcess {
  readonly name: string;
  readonly #options: ProgramOptions;
  #child: ChildProcess | null = null;
  #wanted = false;

  constructor(options: ProgramOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Null while it does not run. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Resolves when it serves. @throws StartFailure when it ends first, or takes too long. */
  async start(): Promise<void> {
    this.#wanted = true;
    this.#spawn();
    await this.serving();
  }

  /** Resolves when it serves, now or again. @throws StartFailure after a minute. */
  async serving(): Promise<void> {
    const { name, logFile, isServing } = this.#options;
    const deadline = performance.now() + START_WITHIN_MS;
    while (!(await isServing().catch(() => false))) {
      if (performance.now() > deadline || !this.#wanted) {
        throw new StartFailure(`${name} does not serve; see ${logFile}`);
      }
      await after(ASK_EVERY_MS);
    }
  }

  /** Sends a signal and nothing more: what ends without `stop` is started again. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /**
   * Asks it to end (SIGTERM), and resolves with its exit code when it has; null when a signal ended it. One that does not end in
   * time, because it hangs or is frozen, is killed.
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
    const child = spawn(command, args, {
      env: variables,
      stdio: ['ignore', log, log, ...(linked ? (['ipc'] as const) : [])],
      // Ctrl-C reaches a whole group: each process is told by us, in its turn.
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    child.on('error', () => undefined); // it never serves, and `serving` says where to look
    child.on('exit', () => void this.#startAgain(child));
  }

  async #startAgain(ended: ChildProcess): Promise<void> {
    await after(RESTART_AFTER_MS, undefined, { ref: false });
    // It may have been started again meanwhile, after a stop.
    if (this.#wanted && this.#child === ended) this.#spawn();
  }
}
