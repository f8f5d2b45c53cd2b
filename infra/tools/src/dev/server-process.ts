import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * The time for a stop, in milliseconds. A server that takes longer is killed. Nothing is lost, because Postgres already has everything that
 * the server has confirmed.
 */
const STOP_WITHIN_MS = 1_000;

export interface ServerProgram {
  /** The arguments of Node: its options and the program. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Called when the server ends without a call of `stop`, with a sentence for a person. */
  readonly onEnded: (how: string) => void;
}

/** Runs a server in its own process, one server at a time. */
export class ServerProcess {
  readonly #program: ServerProgram;
  #child: ChildProcess | null = null;

  constructor(program: ServerProgram) {
    this.#program = program;
  }

  start(): void {
    const { args, variables, onEnded } = this.#program;
    // The channel tells the server when this process has ended, so that the server does not keep the port.
    const child = spawn(process.execPath, [...args], {
      env: variables,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = null;
      onEnded(`The server ended (${signal ?? `exit code ${code}`})`);
    });
  }

  /** Ends the server. Resolves when its process has ended. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(timer);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }
}
