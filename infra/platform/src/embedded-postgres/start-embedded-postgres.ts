import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { locateBinaries } from './binaries.ts';
import { openDataDirectory } from './data-directory.ts';
import { EmbeddedPostgresError, fileProblem } from './embedded-postgres-error.ts';
import { freePort } from './free-ports.ts';
import { releaseOwnership, takeOwnership } from './ownership.ts';
import { startPostmaster, stopOrphan, stopPostmaster, type PostmasterOptions } from './postmaster.ts';
import { postgresUser } from './run-as.ts';
import { passwordFor } from './secret.ts';

export interface EmbeddedPostgresOptions {
  /** Folder of the data, which is created when missing. The secret, the lock and the log are next to the folder. */
  readonly dataDirectory: string;
  /** Port on 127.0.0.1. 0 chooses a free port. @default 0 */
  readonly port?: number;
  /** Settings of postgresql.conf that override the defaults. With the defaults, committed transactions survive a crash. */
  readonly settings?: Readonly<Record<string, string>>;
  /** @default `<dataDirectory>.log` */
  readonly logFile?: string;
  /** Called before and after slow steps, with a sentence for the operator. @default no call */
  readonly onProgress?: (step: string) => void;
}

/** A running Postgres that this process started. */
export interface EmbeddedPostgres {
  readonly port: number;
  /** The secret from which `passwordFor` derives the password of each role. */
  readonly secret: string;
  /** The connection string with the role's password. The role `postgres` is the superuser. */
  url(role: string, database: string): string;
  /** The password of a role, as in `url`. Set this password when creating the role. */
  passwordOf(role: string): string;
  /** Resolves when Postgres ends without a call of `stop`, for instance because it was killed or ran out of memory. */
  readonly lost: Promise<EmbeddedPostgresError>;
  /**
   * Restarts Postgres on the same port. Open connections are closed, and committed data is kept. `immediate` simulates a crash: Postgres
   * ends without a checkpoint, and the next start replays the write-ahead log.
   */
  restart(shutdown: 'fast' | 'immediate'): Promise<void>;
  /** Shuts down cleanly. Open connections are closed. */
  stop(): Promise<void>;
}

/**
 * Starts the Postgres that npm installed. First stops a Postgres on the same data whose owner process was killed.
 * @throws EmbeddedPostgresError for every problem that the operator can solve
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = resolve(options.dataDirectory);
  try {
    mkdirSync(dirname(dataDirectory), { recursive: true });
    takeOwnership(dataDirectory);
  } catch (error) {
    throw fileProblem(error, dataDirectory);
  }
  try {
    return await startOwned(dataDirectory, options);
  } catch (error) {
    releaseOwnership(dataDirectory);
    throw fileProblem(error, dataDirectory);
  }
}

async function startOwned(dataDirectory: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { port = 0, settings = {}, logFile = `${dataDirectory}.log`, onProgress = () => undefined } = options;
  const user = postgresUser(dataDirectory);
  const binaries = locateBinaries(user);
  if (!existsSync(dataDirectory)) onProgress(`Creating the database in ${dataDirectory}`);
  else if (await stopOrphan(dataDirectory)) onProgress('Stopped the Postgres that an earlier run left behind');
  const secret = openDataDirectory({ dataDirectory, binaries, user, durable: settings['fsync'] !== 'off' });
  const place = { binaries, user, dataDirectory, settings, logFile };
  const started = await startOnPort(port, place);
  onProgress(`Postgres is ready on 127.0.0.1:${started.port}`);
  return running(started, place, secret);
}

interface Started {
  readonly server: ChildProcess;
  readonly port: number;
}

const PORT_ATTEMPTS = 5;

async function startOnPort(wanted: number, options: Omit<PostmasterOptions, 'port'>): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted || (await freePort());
    try {
      return { server: await startPostmaster({ ...options, port }), port };
    } catch (error) {
      // Another process may take the port between the check and the start of Postgres. The start is then repeated with another port.
      const taken = error instanceof EmbeddedPostgresError && error.problem === 'PORT_IN_USE';
      if (!taken || wanted || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

type Place = Omit<PostmasterOptions, 'port'>;

function running({ server: first, port }: Started, place: Place, secret: string): EmbeddedPostgres {
  const { dataDirectory, logFile } = place;
  const lost = Promise.withResolvers<EmbeddedPostgresError>();
  const onExit = (code: number | null, signal: string | null) => lost.resolve(endedProblem(signal ?? code, logFile));
  let server = first.once('exit', onExit);
  const end = async (shutdown: 'fast' | 'immediate') => {
    server.off('exit', onExit);
    if (server.pid !== undefined) await stopPostmaster(server.pid, shutdown);
  };
  // On `process.exit` without `stop`, Postgres receives the signal and shuts down by itself.
  const stopAtExit = () => void server.kill('SIGINT');
  process.once('exit', stopAtExit);
  const passwordOf = (role: string) => passwordFor(secret, role);
  return {
    port,
    secret,
    url: (role, database) => `postgres://${role}:${passwordOf(role)}@127.0.0.1:${port}/${database}`,
    passwordOf,
    lost: lost.promise,
    async restart(shutdown) {
      await end(shutdown);
      server = (await startPostmaster({ ...place, port })).once('exit', onExit);
    },
    async stop() {
      process.off('exit', stopAtExit);
      await end('fast');
      releaseOwnership(dataDirectory);
    },
  };
}

function endedProblem(how: string | number | null, logFile: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'ENDED',
    `Postgres ended by itself (${typeof how === 'number' ? `exit code ${how}` : how})`,
    `Read its log, ${logFile}, and start again; everything committed is kept`,
  );
}
