import { postgresUrl, publicUrlVariable } from '@souk/deployment/variables';
import { createPrivateKey } from 'node:crypto';
import { readSigningKey, readVerificationKeys } from '@souk/platform/http';
import type { NatsServer } from '@souk/platform/nats';
import { hasPassword, withLogin } from '@souk/kit/postgres-url';
import { z } from 'zod';
import { messageTrust, messageTrustVariables, type MessageTrust } from '../message-trust-variables.ts';
import { natsProblems, natsServer, natsVariables } from '../nats-variables.ts';
import {
  optional,
  poolSize,
  readVariables,
  required,
  requireLong,
  secretFile,
  servingSettings,
  servingVariables,
  type ServingSettings,
  type Variables,
} from '../variables.ts';
import { SUBGRAPH_PORTS, type SubgraphName } from './kinds.ts';

/** What every process of a subgraph is told. */
export interface SubgraphEnvironment {
  readonly name: SubgraphName;
  readonly serving: ServingSettings;
  readonly database: {
    /** Connection string of one of the subgraph's roles, password included. */
    url(role: 'app' | 'relay'): string;
    readonly poolSize: number;
  };
  readonly nats: NatsServer;
  /** Of the gateway, to know its contexts by. */
  readonly contextPublicKeysPem: string;
  readonly messages: MessageTrust;
}

/** The process of accounts. */
export interface AccountsEnvironment extends SubgraphEnvironment {
  readonly signingKeyPem: string;
  readonly retiredKeyPems: readonly string[];
}

/** The process of catalog. */
export interface CatalogEnvironment extends SubgraphEnvironment {
  /** Where clients reach Souk, without a slash at the end; null: its own files are named by their paths. */
  readonly publicUrl: string | null;
}

/** The process of orders. */
export interface OrdersEnvironment extends SubgraphEnvironment {
  readonly orderAccessSecret: string;
}

const databaseUrl = postgresUrl('postgres://127.0.0.1:5432/souk').refine(
  (url) => !hasPassword(url),
  'must have no password in it: it stands in a file',
);

const subgraphVariables = (name: SubgraphName) => ({
  ...servingVariables(SUBGRAPH_PORTS[name]),
  DATABASE_URL: required(databaseUrl),
  DATABASE_APP_PASSWORD_FILE: required(secretFile(`the password of the role ${name}_app`)),
  DATABASE_RELAY_PASSWORD_FILE: required(secretFile(`the password of the role ${name}_relay`)),
  DATABASE_POOL: poolSize,
  ...natsVariables,
  CONTEXT_PUBLIC_KEYS_FILE: required(
    secretFile("the gateway's public keys (PEM, Ed25519), one after the other", readVerificationKeys),
  ),
  MESSAGE_KEY_FILE: required(
    secretFile(`the private key (PEM, PKCS8, Ed25519) by which the others know messages of ${name}`, readSigningKey),
  ),
  ...messageTrustVariables,
});

/** Reads the environment of inventory or payments. @throws StartFailure that lists every problem with its remedy. */
export function readSubgraphEnvironment(name: SubgraphName, variables: Variables = process.env): SubgraphEnvironment {
  return settingsOf(name, readVariables(z.object(subgraphVariables(name)), variables, name, natsProblems));
}

/** As `readSubgraphEnvironment`. */
export function readCatalogEnvironment(variables: Variables = process.env): CatalogEnvironment {
  const schema = z.object({ ...subgraphVariables('catalog'), ...publicUrlVariable });
  const { SOUK_PUBLIC_URL, ...read } = readVariables(schema, variables, 'catalog', natsProblems);
  return { ...settingsOf('catalog', read), publicUrl: SOUK_PUBLIC_URL };
}

/** As `readSubgraphEnvironment`. */
export function readAccountsEnvironment(variables: Variables = process.env): AccountsEnvironment {
  const schema = z.object({
    ...subgraphVariables('accounts'),
    SIGNING_KEY_FILE: required(
      secretFile('the private key (PEM, PKCS8, RSA) that signs access tokens', createPrivateKey),
    ),
    RETIRED_SIGNING_KEY_FILE: optional(
      secretFile('the key that signed before, whose tokens still count', createPrivateKey),
    ),
  });
  const { SIGNING_KEY_FILE, RETIRED_SIGNING_KEY_FILE, ...read } = readVariables(
    schema,
    variables,
    'accounts',
    natsProblems,
  );
  return {
    ...settingsOf('accounts', read),
    signingKeyPem: SIGNING_KEY_FILE,
    retiredKeyPems: RETIRED_SIGNING_KEY_FILE === null ? [] : [RETIRED_SIGNING_KEY_FILE],
  };
}

/** As `readSubgraphEnvironment`. */
export function readOrdersEnvironment(variables: Variables = process.env): OrdersEnvironment {
  const schema = z.object({
    ...subgraphVariables('orders'),
    ORDER_ACCESS_SECRET_FILE: required(
      secretFile("the secret that signs buyers' links to their orders, 32 random characters or more", requireLong),
    ),
  });
  const { ORDER_ACCESS_SECRET_FILE, ...read } = readVariables(schema, variables, 'orders', natsProblems);
  return { ...settingsOf('orders', read), orderAccessSecret: ORDER_ACCESS_SECRET_FILE };
}

function settingsOf(
  name: SubgraphName,
  variables: z.infer<z.ZodObject<ReturnType<typeof subgraphVariables>>>,
): SubgraphEnvironment {
  const passwords = { app: variables.DATABASE_APP_PASSWORD_FILE, relay: variables.DATABASE_RELAY_PASSWORD_FILE };
  return {
    name,
    serving: servingSettings(variables),
    database: {
      url: (role) => withLogin(variables.DATABASE_URL, `${name}_${role}`, passwords[role]),
      poolSize: variables.DATABASE_POOL,
    },
    nats: natsServer(variables),
    contextPublicKeysPem: variables.CONTEXT_PUBLIC_KEYS_FILE,
    messages: messageTrust(name, variables.MESSAGE_KEY_FILE, variables),
  };
}
