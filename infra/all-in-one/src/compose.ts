import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ChangedMigrationError } from '@souk/kit/persistence';
import { createLogger, type Logger } from '@souk/kit/runtime';
import { multistream, destination } from 'pino';
import {
  type Compose,
  type Composition,
  type Served,
  type StartReport,
  reachable,
  openTracer,
} from '@souk/deployment/start';
import {
  openDatabase,
  type Database,
  type Environment,
  diskFullFailure,
  isDiskFull,
  otherVersionFailure,
} from '@souk/deployment/one-process';
import { prepareSchemas, readSecrets, type Secrets } from '@souk/deployment/subgraphs';
import { ROSTER } from '@souk/deployment/roster';
import { loadDemo } from '@souk/demo/load';
import { DEMO_LOGINS, DEMO_TENANT } from '@souk/demo/shops';
import { builtWebApps, gatewayState, type GatewayState, protectionOptions, openRedis } from '@souk/deployment/gateway';
import { playgroundStart } from '@souk/demo/playground';
import { listensOnLoopback } from '@souk/gateway';
import { NO_EMULATOR, startEmulatedPayments, type EmulatedPayments } from './emulated-payments.ts';
import { startSouk, type Souk } from './souk.ts';
import type { OpenTelemetryTracer } from '@souk/platform/opentelemetry';
import { terminalLog } from './terminal-log.ts';

/** Starts everything that `npm start` serves. The type `Compose` describes the contract. */
export const compose: Compose = async (environment, report) => {
  const playgroundKey = environment.playground ? randomBytes(16).toString('base64url') : null;
  const secrets = readSecrets(environment.dataDir);
  const database = await openDatabase(environment, secrets, report);
  const logger = loggerOf(environment);
  const state = gatewayState({
    redis: openRedis(environment.redis, logger),
    cache: openRedis(environment.redisCache, logger),
    secret: Buffer.from(secrets.databaseSecret),
  });
  const tracer = environment.tracing && (await openTracer(environment.tracing, 'souk', logger));
  const hasKeys = environment.settings.payments?.secretsFile !== undefined;
  const payments = hasKeys ? NO_EMULATOR : await startEmulatedPayments(environment.dataDir);
  try {
    await report.step('Migrating the database', () => prepareTables(database, environment));
    const souk = await report.step('Starting the subgraphs', () =>
      startWithDemo({ environment, secrets, database, state, tracer, logger, payments, playgroundKey }, report),
    );
    return compositionOf(souk, { environment, database, state, tracer, payments, playgroundKey });
  } catch (error) {
    state.stop();
    await payments.stop();
    await database.stop();
    throw isDiskFull(error) ? diskFullFailure(environment.dataDir) : error;
  }
};

/** @throws StartFailure when another version of Souk created the tables */
async function prepareTables(database: Database, environment: Environment): Promise<void> {
  try {
    await prepareSchemas(database.adminUrl, ROSTER, database.passwordOf, database);
  } catch (error) {
    throw error instanceof ChangedMigrationError ? otherVersionFailure(error.file, environment) : error;
  }
}

/** The folder that stores mails when no mail server is configured. */
const mailFolderOf = ({ dataDir }: Environment) => join(dataDir, 'outbox-mail');

/** Whether `/mail` shows the mails. Only a server on a developer's machine shows them, because mails contain links that open accounts. */
function showsMails({ playground, protection, http, settings }: Environment): boolean {
  const isProtected = protection.trustedProxies.length > 0 || !listensOnLoopback(http.host);
  return playground && !isProtected && settings.accounts?.smtpUrl === undefined;
}

/** The resources that are opened before Souk starts, and closed after Souk has stopped. */
interface Opened {
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly database: Database;
  readonly state: GatewayState;
  readonly tracer: OpenTelemetryTracer | null;
  readonly logger: Logger;
  readonly payments: EmulatedPayments;
  /** Key in the playground link that the terminal prints. Null without a playground. */
  readonly playgroundKey: string | null;
}

function startWithDemo(
  { environment, secrets, database, state, tracer, logger, payments, playgroundKey }: Opened,
  report: StartReport,
): Promise<Souk> {
  const mediaDirectory = join(environment.dataDir, 'media');
  mkdirSync(mediaDirectory, { recursive: true });
  return startSouk({
    objects: { s3: environment.s3, folder: join(environment.dataDir, 'objects') },
    databaseUrl: database.url,
    secrets,
    logger,
    ...(tracer && { tracer }),
    state,
    defaultTenantId: DEMO_TENANT.id,
    mediaDirectory,
    webApps: builtWebApps(environment.s3),
    supergraphFile: join(environment.dataDir, 'supergraph.json'),
    metrics: environment.metrics,
    settings: {
      ...environment.settings,
      payments: { ...environment.settings.payments, ...payments.settings },
      accounts: { mailFolder: mailFolderOf(environment), ...environment.settings.accounts },
    },
    publicUrl: environment.publicUrl,
    ...(showsMails(environment) && { mailFolder: mailFolderOf(environment) }),
    acceptOperations: environment.acceptOperations,
    planning: environment.planning,
    protection: protectionOptions(environment.protection, state.rates),
    engine: environment.engine,
    async beforeServing(subgraphs) {
      await loadDemo(subgraphs, { dataDir: environment.dataDir, mediaDirectory, report });
      return playgroundKey === null ? null : playgroundStart(subgraphs, playgroundKey);
    },
  });
}

function compositionOf(
  souk: Souk,
  {
    environment,
    database,
    state,
    tracer,
    payments,
    playgroundKey,
  }: Pick<Opened, 'environment' | 'database' | 'state' | 'tracer' | 'payments' | 'playgroundKey'>,
): Composition {
  const { http, protection } = environment;
  return {
    async listen(): Promise<Served> {
      const url = await souk.gateway.app.listen({ host: http.host, port: http.port });
      payments.notify(reachable(url));
      // Behind a proxy, the gateway cannot tell whether a request comes from this machine. It then refuses the playground's key, so the
      // link omits the key.
      const hasKey = protection.trustedProxies.length === 0;
      const playgroundPath = playgroundKey && `/playground${hasKey ? `?key=${playgroundKey}` : ''}`;
      return {
        url: reachable(url),
        addresses: addressesWith(playgroundPath, showsMails(environment)),
        logins: DEMO_LOGINS,
        corsOrigins: protection.corsOrigins,
      };
    },
    failure: database.lost,
    async close() {
      await souk.stop();
      await payments.stop();
      state.stop();
      // A trace collector that does not respond must not prevent the stop.
      await tracer?.stop().catch(() => undefined);
      await database.stop();
    },
  };
}

function addressesWith(playgroundPath: string | null, hasMails: boolean) {
  return [
    ...builtWebApps().map(({ title, path }) => ({ label: title, path })),
    { label: 'GraphQL (HTTP, WebSocket)', path: '/graphql' },
    ...(playgroundPath === null ? [] : [{ label: 'Playground', path: playgroundPath }]),
    { label: 'REST API', path: '/docs' },
    ...(hasMails ? [{ label: 'Mails', path: '/mail' }] : []),
    { label: 'Health', path: '/health/ready' },
    { label: 'Token keys', path: '/.well-known/jwks.json' },
  ];
}

/** Whether the terminal shows entries below `warn`. This setting is for developers. */
const isChatty = (level: Environment['log']['terminalLevel']) => !['warn', 'error', 'fatal', 'silent'].includes(level);

/** The logger that writes all entries to the log file. Entries of at least `terminalLevel` are also written to the terminal. */
function loggerOf({ log }: Environment): Logger {
  const file = destination({ dest: log.file, mkdir: true, sync: false, mode: 0o600 });
  if (log.level === 'silent' || log.terminalLevel === 'silent')
    return createLogger({ level: log.level, destination: file });
  const streams = [
    { level: log.level, stream: file },
    { level: log.terminalLevel, stream: terminalLog(process.stderr, { stacks: isChatty(log.terminalLevel) }) },
  ];
  return createLogger({ level: log.level, destination: multistream(streams) });
}
