import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A server that takes longer to stop is killed: everything that it has promised is in Postgres. */
const STOP_WITHIN_MS = 1_000;

export interface ServerProgram {
  /** Arguments of Node: its options and the program. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Called when the server ends without having been stopped, with a sentence for a person. */
  readonly onEnded: (how: string) => void;
}

/** One server at a time, in a process of its own. */
export class ServerProcess {
  readonly #program: ServerProgram;
  #child: ChildProcess | null = null;

  constructor(program: ServerProgram) {
    this.#program = program;
  }

  start(): void {
    const { args, variables, onEnded } = this.#program;
    // The channel tells the server when this process is gone, so that it does not keep the port.
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

  /** Resolves when the process is gone. */
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
