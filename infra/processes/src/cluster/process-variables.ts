import { DEMO_TENANT } from '@souk/demo/shops';
import { ROSTER, type SubgraphProcess } from '@souk/deployment/roster';
import { secretsGivenTo } from '@souk/kit/manifest';
import type { SecretFiles } from './secret-files.ts';

/** The addresses, files and settings from which the environment of each process is built. */
export interface ClusterMap {
  readonly path: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
  readonly redisCacheUrl: string;
  /** The URL of the database without a user. */
  readonly databaseUrl: string;
  readonly mediaDirectory: string;
  /** The folder of pictures and documents, which all processes share. */
  readonly objectsFolder: string;
  /** URL of the cluster for clients, without a trailing slash. */
  readonly publicUrl: string;
  readonly logLevel: string;
  readonly drainMs: number;
  /** Additional variables for every process. */
  readonly forAll: Variables;
  readonly forGateways: Variables;
  readonly secrets: SecretFiles;
  passwordOf(role: string): string;
  /** The metrics port of a process, by its main port. */
  metricsPortOf(port: number): number;
  /** The ports of the processes of a kind. */
  portsOf(process: string): readonly number[];
}

type Variables = Readonly<Record<string, string>>;

/** The environment of a process of a subgraph. */
export function subgraphVariables({ manifest, kind }: SubgraphProcess, port: number, map: ClusterMap): Variables {
  const { secrets, passwordOf } = map;
  const { name } = manifest;
  const passwordFile = (role: string) => secrets.passwordFile(role, passwordOf(role));
  const declared = secretsGivenTo(kind, manifest).filter(({ isOptional }) => !isOptional);
  return {
    ...commonVariables(name, port, map),
    DATABASE_URL: map.databaseUrl,
    DATABASE_APP_PASSWORD_FILE: passwordFile(`${name}_app`),
    DATABASE_RELAY_PASSWORD_FILE: passwordFile(`${name}_relay`),
    ...(kind === 'server' && { CONTEXT_PUBLIC_KEYS_FILE: secrets.contextPublicKeys }),
    MESSAGE_KEY_FILE: secrets.messageKey(name),
    MESSAGE_PUBLIC_KEYS_DIR: secrets.messagePublicKeys,
    SOUK_PUBLIC_URL: map.publicUrl,
    ...Object.fromEntries(declared.map((secret) => [secret.variable, secrets.declared(secret)])),
  };
}

/** The environment of a process of the gateway. */
export function gatewayVariables(port: number, map: ClusterMap): Variables {
  const urlsOf = (name: string) =>
    map
      .portsOf(name)
      .map((each) => `http://127.0.0.1:${each}/graphql`)
      .join(',');
  return {
    ...commonVariables('gateway', port, map),
    ...Object.fromEntries(ROSTER.map(({ name }) => [`${name.toUpperCase()}_URL`, urlsOf(name)])),
    REDIS_URL: map.redisUrl,
    REDIS_CACHE_URL: map.redisCacheUrl,
    REDIS_PASSWORD_FILE: map.secrets.redisPassword,
    CONTEXT_KEY_FILE: map.secrets.contextKey,
    MESSAGE_PUBLIC_KEYS_DIR: map.secrets.messagePublicKeys,
    SOUK_DEFAULT_TENANT: DEMO_TENANT.id,
    SOUK_MEDIA_DIR: map.mediaDirectory,
    SOUK_PLAYGROUND: 'on',
    // The cluster's reverse proxy runs on this machine, and forwards the client's IP address in a header.
    SOUK_TRUSTED_PROXIES: 'loopback',
    ...map.forGateways,
  };
}

/** @param user the NATS user */
function commonVariables(
  user: string,
  port: number,
  { path, natsUrl, logLevel, objectsFolder, drainMs, forAll, secrets, metricsPortOf }: ClusterMap,
): Variables {
  return {
    SOUK_OBJECTS_DIR: objectsFolder,
    ...forAll,
    PATH: path,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    // The cluster's reverse proxy forwards every path to the main port. `/metrics` has a separate port, which clients cannot reach.
    METRICS_PORT: String(metricsPortOf(port)),
    LOG_LEVEL: logLevel,
    SOUK_DRAIN_MS: String(drainMs),
    NATS_URL: natsUrl,
    NATS_USER: user,
    NATS_PASSWORD_FILE: secrets.natsPassword(user),
  };
}
