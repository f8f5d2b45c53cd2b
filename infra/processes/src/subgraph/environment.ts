import { declaredSettings, secretsGivenTo } from '@souk/kit/manifest';
import type { SubgraphProcess } from '@souk/deployment/roster';
import { objectVariables, postgresUrl, publicUrlVariable, s3Settings } from '@souk/deployment/variables';
import type { ObjectPlace } from '@souk/deployment/start';
import { readSigningKey, readVerificationKeys } from '@souk/platform/http';
import type { NatsServer } from '@souk/platform/nats';
import { hasPassword, withLogin } from '@souk/kit/postgres-url';
import { z } from 'zod';
import { messageTrust, messageTrustVariables, type MessageTrust } from '../message-trust-variables.ts';
import { natsProblems, natsServer, natsVariables } from '../nats-variables.ts';
import {
  optional,
  objectsFolder,
  poolSize,
  readVariables,
  required,
  secretFile,
  servingSettings,
  servingVariables,
  type ServingSettings,
  type Variables,
} from '../variables.ts';

/** The settings that servers and workers of a subgraph share. */
export interface ProcessEnvironment {
  readonly process: SubgraphProcess;
  readonly serving: ServingSettings;
  readonly database: {
    /** Connection string of one of the subgraph's roles, including the password. */
    url(role: 'app' | 'relay'): string;
    readonly poolSize: number;
  };
  readonly nats: NatsServer;
  readonly messages: MessageTrust;
  /** URL of Souk for clients, without a trailing slash. When it is null, links to files are paths without a host. */
  readonly publicUrl: string | null;
  /** The store of pictures and documents: a bucket, or a folder that all processes share. */
  readonly objects: Omit<ObjectPlace, 'publicUrl'>;
  /** The manifest's settings, and its secrets for this kind of process, by key. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The settings of the server of a subgraph. */
export interface SubgraphEnvironment extends ProcessEnvironment {
  /** The public keys of the gateway, with which the server verifies signed contexts. */
  readonly contextPublicKeysPem: string;
}

const databaseUrl = postgresUrl('postgres://127.0.0.1:5432/souk').refine(
  (url) => !hasPassword(url),
  'must have no password: put it into the file of a role',
);

const processVariables = ({ manifest, port, kind }: SubgraphProcess) => ({
  ...servingVariables(port),
  DATABASE_URL: required(databaseUrl),
  DATABASE_APP_PASSWORD_FILE: required(secretFile(`the password of the role ${manifest.name}_app`)),
  DATABASE_RELAY_PASSWORD_FILE: required(secretFile(`the password of the role ${manifest.name}_relay`)),
  DATABASE_POOL: poolSize((kind === 'worker' && manifest.worker?.poolSize) || 10),
  ...natsVariables,
  MESSAGE_KEY_FILE: required(
    secretFile(`the private key (PEM, PKCS8, Ed25519) that signs messages of ${manifest.name}`, readSigningKey),
  ),
  ...messageTrustVariables,
  ...publicUrlVariable,
  ...objectVariables,
  SOUK_OBJECTS_DIR: objectsFolder,
});

const contextVariables = {
  CONTEXT_PUBLIC_KEYS_FILE: required(
    secretFile("the gateway's public keys (PEM, Ed25519), one after the other", readVerificationKeys),
  ),
};

/** Reads the environment of the server of a subgraph. @throws StartFailure that lists every problem with its remedy. */
export function readSubgraphEnvironment(
  process: SubgraphProcess,
  variables: Variables = globalThis.process.env,
): SubgraphEnvironment {
  const schema = z.object({ ...processVariables(process), ...contextVariables });
  const read = readVariables(withDeclared(schema, process), variables, process.name, natsProblems);
  return { ...environmentOf(process, read), contextPublicKeysPem: read.CONTEXT_PUBLIC_KEYS_FILE };
}

/** Reads the environment of the worker of a subgraph. @throws StartFailure that lists every problem with its remedy */
export function readWorkerEnvironment(
  process: SubgraphProcess,
  variables: Variables = globalThis.process.env,
): ProcessEnvironment {
  const schema = z.object(processVariables(process));
  const read = readVariables(withDeclared(schema, process), variables, process.name, natsProblems);
  return environmentOf(process, read);
}

/**
 * Adds the variables of the settings and secrets in a manifest. The types of these variables are unknown here, because the manifest is only
 * known at run time.
 */
function withDeclared<Schema extends z.ZodObject>(schema: Schema, { manifest, kind }: SubgraphProcess): Schema {
  const secrets = secretsGivenTo(kind, manifest).map(({ variable, holds, schema, isOptional }) => {
    const file = secretFile(holds, (text) => requireValid(schema, text));
    return [variable, isOptional ? optional(file) : required(file)] as const;
  });
  const settings = declaredSettings(manifest).map(({ variable, schema }) => [variable, required(schema)] as const);
  return schema.extend(Object.fromEntries([...secrets, ...settings])) as unknown as Schema;
}

/** Checks a secret against its schema. @throws Error that lists the problems without the secret */
function requireValid(schema: z.ZodType, text: string): void {
  const { error } = schema.safeParse(text);
  if (error) throw new Error(error.issues.map(({ message }) => message).join('; '));
}

function environmentOf(
  process: SubgraphProcess,
  variables: z.infer<z.ZodObject<ReturnType<typeof processVariables>>>,
): ProcessEnvironment {
  const { manifest, kind } = process;
  const passwords = { app: variables.DATABASE_APP_PASSWORD_FILE, relay: variables.DATABASE_RELAY_PASSWORD_FILE };
  const values = new Map<string, unknown>(Object.entries(variables));
  const declared = [...secretsGivenTo(kind, manifest), ...declaredSettings(manifest)];
  return {
    process,
    serving: servingSettings(variables),
    database: {
      url: (role) => withLogin(variables.DATABASE_URL, `${manifest.name}_${role}`, passwords[role]),
      poolSize: variables.DATABASE_POOL,
    },
    nats: natsServer(variables),
    messages: messageTrust(manifest.name, variables.MESSAGE_KEY_FILE, variables),
    publicUrl: variables.SOUK_PUBLIC_URL,
    objects: { s3: s3Settings(variables), folder: variables.SOUK_OBJECTS_DIR },
    settings: Object.fromEntries(
      declared
        .map(({ key, variable }) => [key, values.get(variable) ?? null] as const)
        .filter(([, value]) => value !== null),
    ),
  };
}
