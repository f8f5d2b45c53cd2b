import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import type { FromServer, ToServer } from './server-messages.ts';

/**
 * The time limit for a stop, in milliseconds. A slower server is killed. No confirmed data is lost, because Postgres
 * has it.
 */
const STOP_WITHIN_MS = 1_000;
/** The entry file of the child process: `standby.js`, or `standby.ts` when a test runs the sources. */
const STANDBY = new URL(`./standby${extname(import.meta.url)}`, import.meta.url).pathname;

export interface ServerProgram {
  /** Node's options, such as `--enable-source-maps`. */
  readonly options: readonly string[];
  /** The absolute path of the program. It sends `{ serving: url }` over the IPC channel when it serves requests. */
  readonly program: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Called when the server ends without `stop`. `how` is a sentence for the developer. */
  readonly onEnded: (how: string) => void;
}

/**
 * Runs one server at a time in a child process. A standby process has already loaded the packages for the next start.
 */
export class ServerProcess {
  readonly #program: ServerProgram;
  /** The packages that the server has imported, as file URLs. */
  readonly #packages = new Set<string>();
  #server: ChildProcess | null = null;
  #standby: ChildProcess | null = null;

  constructor(program: ServerProgram) {
    this.#program = program;
  }

  start(): void {
    const server = this.#standby ?? this.#spawn();
    this.#standby = null;
    this.#server = server;
    send(server, { run: this.#program.program });
  }

  /** Stops the server and the standby. Resolves when both processes have ended. */
  async stop(): Promise<void> {
    const [server, standby] = [this.#server, this.#standby];
    this.#server = this.#standby = null;
    await Promise.all([end(server), end(standby)]);
  }

  async restart(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await end(server);
    this.start();
  }

  #spawn(): ChildProcess {
    const { options, variables, onEnded } = this.#program;
    // When this process ends, the IPC channel closes. The child then exits and frees the port.
    const child = spawn(process.execPath, [...options, STANDBY], {
      env: variables,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (message: FromServer) => {
      if ('imported' in message) this.#packages.add(message.imported);
      else if (this.#server === child) this.#prepareStandby();
    });
    child.once('exit', (code, signal) => {
      if (this.#standby === child) this.#standby = null;
      if (this.#server !== child) return;
      this.#server = null;
      onEnded(`The server ended (${signal ?? `exit code ${code}`})`);
    });
    return child;
  }

  /** Called after the server has started, so that the standby does not compete with it for the CPU. */
  #prepareStandby(): void {
    this.#standby ??= this.#spawn();
    send(this.#standby, { load: [...this.#packages] });
  }
}

function send(child: ChildProcess, message: ToServer): void {
  // If the process has ended, `send` fails. The event `exit` reports that.
  child.send(message, () => undefined);
}

async function end(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  child.kill('SIGTERM');
  await once(child, 'exit');
  clearTimeout(timer);
}
