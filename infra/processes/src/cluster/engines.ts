import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { StartFailure } from '@souk/launcher/start-failure';
import { endLeftOver } from './left-over.ts';
import { ManagedProcess } from './managed-process.ts';

/** The folder and the port of an engine. An engine is NATS or Redis. */
export interface EngineOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly path: string;
}

/** Programs that the operator must install, because npm does not install them. */
const PROGRAMS = [
  { program: 'nats-server', packageName: 'nats-server' },
  { program: 'redis-server', packageName: 'redis-server' },
] as const;

/** The Debian packages of the programs that are missing on this machine. */
export function missingEngines(path: string): readonly string[] {
  return PROGRAMS.filter(({ program }) => spawnSync(program, ['--version'], { env: { PATH: path } }).error).map(
    ({ packageName }) => packageName,
  );
}

/** Checks that NATS and Redis are installed. @throws StartFailure that names the missing packages */
export function requireEngines(path: string): void {
  const missing = missingEngines(path);
  if (missing.length === 0) return;
  throw new StartFailure(
    `A cluster needs ${missing.join(' and ')}, which this machine does not have. On Debian and Ubuntu: apt-get install ${missing.join(' ')}`,
  );
}

/**
 * Creates a NATS server with JetStream in its own folder.
 * @param settings lines of the configuration file, such as users and permissions
 */
export function natsServer({ dataDir, port, path }: EngineOptions, settings: string): ManagedProcess {
  const folder = join(dataDir, 'nats');
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, 'nats.conf');
  writeFileSync(configuration, settings, { mode: 0o600 });
  const pidFile = join(folder, 'nats.pid');
  endLeftOver({ folder, pidFile, program: 'nats-server' });
  return new ManagedProcess({
    name: 'nats',
    command: 'nats-server',
    args: ['-c', configuration, '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, '-P', pidFile],
    variables: { PATH: path },
    logFile: join(dataDir, 'logs/nats.log'),
    linked: false,
    isServing: () => accepts(port),
  });
}

/** The two Redis servers of a cluster, with their memory policies. */
const REDIS_SERVERS = {
  /** This server stores rate counters and ended sessions. A key must not be evicted before it expires. */
  redis: { maxmemory: '64mb', 'maxmemory-policy': 'noeviction' },
  /**
   * This server stores cached responses and operation texts. Clients determine the number of entries. When the memory is full, Redis evicts
   * the least recently used keys.
   */
  'redis-cache': { maxmemory: '128mb', 'maxmemory-policy': 'allkeys-lru' },
} as const;

/** Creates a Redis server without persistence. The processes rebuild its content after a restart. */
export function redisServer(
  name: keyof typeof REDIS_SERVERS,
  { dataDir, port, path }: EngineOptions,
  password: string,
): ManagedProcess {
  const folder = join(dataDir, name);
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, 'redis.conf');
  writeFileSync(configuration, `requirepass ${password}\n`, { mode: 0o600 }); // not an argument: every user of the machine can read arguments
  const pidFile = join(folder, 'redis.pid');
  endLeftOver({ folder, pidFile, program: 'redis-server' });
  return new ManagedProcess({
    name,
    command: 'redis-server',
    args: [
      configuration,
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
      '--save',
      '',
      '--dir',
      folder,
      '--pidfile',
      pidFile,
      ...Object.entries(REDIS_SERVERS[name]).flatMap(([setting, value]) => [`--${setting}`, value]),
    ],
    variables: { PATH: path },
    logFile: join(dataDir, `logs/${name}.log`),
    linked: false,
    isServing: () => accepts(port),
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
