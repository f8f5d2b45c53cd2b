import { join, resolve } from 'node:path';
import type { RedisServer } from '@souk/gateway';
import type { S3ObjectsOptions } from '@souk/platform/s3';
import { z } from 'zod';
import { StartFailure } from '@souk/launcher/start-failure';
import { ROSTER } from '../roster/index.ts';
import type { SubgraphsOptions } from '../subgraphs/index.ts';
import type { ProtectionSettings } from '../gateway/protection.ts';
import type { MetricsPlace } from '@souk/platform/http';
import { engineSettings, engineVariables, type EngineSettings } from '../variables/engine-variables.ts';
import { manifestSettings, manifestVariables } from '../variables/manifest-variables.ts';
import { metricsPlace, metricsVariables } from '../variables/metrics-variables.ts';
import { objectVariables, s3Settings } from '../variables/object-variables.ts';
import { postgresUrl } from '../variables/postgres-url-variable.ts';
import { publicUrlVariable } from '../variables/public-url-variable.ts';
import { protectionSettings, protectionVariables } from '../variables/protection-variables.ts';
import { tracingSettings, tracingVariables, type TracingSettings } from '../variables/tracing-variables.ts';

/** The configuration of a server that runs all of Souk in one process. */
export interface Environment {
  readonly http: {
    readonly host: string;
    /** The port. 0 chooses any free port. */
    readonly port: number;
  };
  /** URL of Souk for clients, without a trailing slash. Null means the address on which Souk listens. */
  readonly publicUrl: string | null;
  /** The absolute path of the folder that contains all files of Souk on this machine. */
  readonly dataDir: string;
  readonly log: {
    readonly file: string;
    readonly level: LogLevel;
    /** The lowest level of lines in the terminal. The log file has all lines. @default warn */
    readonly terminalLevel: LogLevel;
  };
  /** Whether clients may send any operation, or only the operations in `clients/operations`. */
  readonly acceptOperations: (typeof ACCEPTANCES)[number];
  /** When persisted operations are planned. A development server plans each at its first request, so restarts are faster. */
  readonly planning: 'AT_START' | 'ON_DEMAND';
  readonly playground: boolean;
  readonly protection: ProtectionSettings;
  readonly engine: EngineSettings;
  /** Connection string of a Postgres to use instead of the embedded Postgres. Null for the embedded Postgres. */
  readonly databaseUrl: string | null;
  /** The Redis for the state that gateways share. Null keeps the state in memory. */
  readonly redis: RedisServer | null;
  /** A second Redis for cached responses and operation texts. Null keeps them in memory. */
  readonly redisCache: RedisServer | null;
  /** Host and port of `/metrics`. */
  readonly metrics: MetricsPlace;
  /** The collector and the sampling of traces. Null when tracing is off. */
  readonly tracing: TracingSettings | null;
  /** The bucket of pictures and documents. Null keeps them in files of the data folder. */
  readonly s3: S3ObjectsOptions | null;
  /** The settings of subgraphs that environment variables set. Other settings have their defaults. */
  readonly settings: NonNullable<SubgraphsOptions['settings']>;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const ACCEPTANCES = ['any', 'persisted'] as const;

/** Converts an empty variable to undefined, so it has the same effect as a missing variable. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const logLevel = (otherwise: LogLevel) =>
  z.preprocess(unset, z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default(otherwise));

const redisUrl = z.preprocess(
  unset,
  z
    .url({
      protocol: /^rediss?$/,
      error:
        'must look like redis://user:password@host:6379, or rediss:// with TLS; leave it out to keep the state in memory',
    })
    .optional(),
);

const redisAt = (url: string | undefined): RedisServer | null => (url === undefined ? null : { url });

const variablesSchema = z.object({
  PORT: z.preprocess(
    unset,
    z.coerce
      .number('must be a number from 0 to 65535; leave it out for 4000')
      .int('must be a whole number; leave it out for 4000')
      .min(0, 'must be 0 (any free port) or more')
      .max(65_535, 'must be 65535 or less')
      .default(4000),
  ),
  HOST: z.preprocess(
    unset,
    z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or an address without a scheme, like 127.0.0.1 or 0.0.0.0')
      .default('127.0.0.1'),
  ),
  NODE_ENV: z.string().optional(),
  SOUK_DATA_DIR: z.preprocess(unset, z.string().default('.data')),
  LOG_LEVEL: logLevel('info'),
  SOUK_TERMINAL_LOG: logLevel('warn'),
  SOUK_OPERATIONS: z.preprocess(
    unset,
    z
      .enum(
        ACCEPTANCES,
        'must be "any" (every operation, the default) or "persisted" (only those of clients/operations)',
      )
      .default('any'),
  ),
  ...protectionVariables,
  ...engineVariables,
  ...publicUrlVariable,
  ...metricsVariables,
  ...tracingVariables,
  ...objectVariables,
  DATABASE_URL: z.preprocess(unset, postgresUrl('postgres://user:password@host:5432/name').optional()),
  REDIS_URL: redisUrl,
  REDIS_CACHE_URL: redisUrl,
  ...manifestVariables(ROSTER),
});

/**
 * Reads the environment. Paths are relative to `folder`.
 * @throws StartFailure that lists every problem with its remedy
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
  folder: string = process.cwd(),
): Environment {
  const parsed = variablesSchema.safeParse(variables);
  if (!parsed.success) throw environmentFailure(parsed.error, variables);
  const {
    PORT,
    HOST,
    SOUK_DATA_DIR,
    LOG_LEVEL,
    SOUK_OPERATIONS,
    SOUK_PLAYGROUND,
    DATABASE_URL,
    REDIS_URL,
    REDIS_CACHE_URL,
  } = parsed.data;
  const dataDir = resolve(folder, SOUK_DATA_DIR);
  return {
    http: { host: HOST, port: PORT },
    publicUrl: parsed.data.SOUK_PUBLIC_URL,
    dataDir,
    log: {
      file: join(dataDir, 'logs/souk.log'),
      level: LOG_LEVEL,
      terminalLevel: LOG_LEVEL === 'silent' ? 'silent' : parsed.data.SOUK_TERMINAL_LOG,
    },
    acceptOperations: SOUK_OPERATIONS,
    planning: parsed.data.NODE_ENV === 'development' ? 'ON_DEMAND' : 'AT_START',
    playground: SOUK_PLAYGROUND === 'on',
    protection: protectionSettings(parsed.data, HOST),
    engine: engineSettings(parsed.data),
    databaseUrl: DATABASE_URL ?? null,
    redis: redisAt(REDIS_URL),
    redisCache: redisAt(REDIS_CACHE_URL),
    metrics: metricsPlace(parsed.data),
    tracing: tracingSettings(parsed.data),
    s3: s3Settings(parsed.data),
    settings: manifestSettings(ROSTER, parsed.data),
  };
}

function environmentFailure(error: z.ZodError, variables: Readonly<Record<string, string | undefined>>): StartFailure {
  const problems = error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    // The value of a connection string is not shown, because it may contain a password.
    const value = name.endsWith('_URL') ? '' : `="${variables[name]}"`;
    return `  ${name}${value} ${message}`;
  });
  return new StartFailure(['Souk cannot start with these environment variables:', ...problems].join('\n'));
}
