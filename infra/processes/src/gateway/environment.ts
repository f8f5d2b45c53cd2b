import {
  engineSettings,
  engineVariables,
  objectVariables,
  protectionSettings,
  protectionVariables,
  s3Settings,
  type EngineSettings,
} from '@souk/deployment/variables';
import type { ProtectionSettings } from '@souk/deployment/gateway';
import type { ObjectPlace } from '@souk/deployment/start';
import type { RedisServer } from '@souk/gateway';
import { ROSTER, type RosterManifest, type SubgraphName } from '@souk/deployment/roster';
import { readSigningKey } from '@souk/platform/http';
import type { NatsServer } from '@souk/platform/nats';
import { z } from 'zod';
import { messageTrust, messageTrustVariables, type MessageTrust } from '../message-trust-variables.ts';
import { natsProblems, natsServer, natsVariables } from '../nats-variables.ts';
import {
  folder,
  objectsFolder,
  optional,
  readVariables,
  required,
  secretFile,
  servingSettings,
  servingVariables,
  type ServingSettings,
  type Variables,
} from '../variables.ts';
import { redisServers, redisVariables } from './redis-variables.ts';

/** The settings of a gateway process. */
export interface GatewayEnvironment {
  readonly serving: ServingSettings;
  /** The URLs of each subgraph: the URL of its load balancer, or the URLs of its processes. */
  readonly subgraphUrls: ReadonlyMap<SubgraphName, readonly string[]>;
  readonly nats: NatsServer;
  readonly messages: MessageTrust;
  /** The Redis for shared state. When it is null, each gateway keeps the state in its own memory. */
  readonly redis: RedisServer | null;
  /** The Redis for cached responses and operation texts. When it is null, each gateway keeps them in its own memory. */
  readonly redisCache: RedisServer | null;
  /** Private key that signs the callers' contexts for subgraphs. */
  readonly contextKeyPem: string;
  /** UUID of the tenant for requests that do not name a tenant. Null when every request must name its tenant. */
  readonly defaultTenantId: string | null;
  /** Folder of pictures, which the gateway serves as `/media`. Null when another server serves them. */
  readonly mediaDirectory: string | null;
  /** The store of pictures and documents, which the gateway serves as `/objects`. */
  readonly objects: Omit<ObjectPlace, 'publicUrl'>;
  readonly hasPlayground: boolean;
  readonly acceptOperations: 'any' | 'persisted';
  readonly protection: ProtectionSettings;
  readonly engine: EngineSettings;
}

/** The name of the variable with the URLs of a subgraph, such as `CATALOG_URL`. */
type UrlVariable = `${Uppercase<SubgraphName>}_URL`;
const urlVariable = (name: SubgraphName) => `${name.toUpperCase()}_URL` as UrlVariable;

const subgraphUrls = ({ name, port }: RosterManifest) => {
  const example = `http://${name}:${port}/graphql`;
  return required(
    z
      .string(`must be set to the URL of ${name}, like ${example}; separate several processes by commas`)
      .transform((text) => text.split(',').map((each) => each.trim()))
      .refine(
        (urls) => urls.every((each) => /^https?:/.test(each) && URL.canParse(each)),
        `must look like ${example}; separate several by commas`,
      ),
  );
};

const urlVariables = Object.fromEntries(
  ROSTER.map((manifest) => [urlVariable(manifest.name), subgraphUrls(manifest)]),
) as Record<UrlVariable, ReturnType<typeof subgraphUrls>>;

const ACCEPTANCES = ['any', 'persisted'] as const;

const schema = z.object({
  ...protectionVariables,
  ...engineVariables,
  ...servingVariables(4000),
  ...urlVariables,
  ...natsVariables,
  ...messageTrustVariables,
  ...redisVariables,
  CONTEXT_KEY_FILE: required(secretFile('the private key (PEM, PKCS8, Ed25519) that signs contexts', readSigningKey)),
  SOUK_DEFAULT_TENANT: optional(z.uuid('must be the UUID of a tenant; leave it out if every request names its tenant')),
  SOUK_MEDIA_DIR: optional(folder('it holds the pictures; leave it out if another server serves them')),
  ...objectVariables,
  SOUK_OBJECTS_DIR: objectsFolder,
  SOUK_PLAYGROUND: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['on', 'off'], 'must be on or off; leave it out for off').default('off'),
  ),
  SOUK_OPERATIONS: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(ACCEPTANCES, `must be ${ACCEPTANCES.join(' or ')}; leave it out for any`).default('any'),
  ),
});

/** Reads the environment. @throws StartFailure that lists every problem with its remedy. */
export function readGatewayEnvironment(variables: Variables = process.env): GatewayEnvironment {
  const read = readVariables(schema, variables, 'gateway', natsProblems);
  return {
    serving: servingSettings(read),
    subgraphUrls: new Map(ROSTER.map(({ name }) => [name, read[urlVariable(name)]])),
    nats: natsServer(read),
    messages: messageTrust('gateway', null, read),
    ...redisServers(read),
    contextKeyPem: read.CONTEXT_KEY_FILE,
    defaultTenantId: read.SOUK_DEFAULT_TENANT,
    mediaDirectory: read.SOUK_MEDIA_DIR,
    objects: { s3: s3Settings(read), folder: read.SOUK_OBJECTS_DIR },
    hasPlayground: read.SOUK_PLAYGROUND === 'on',
    acceptOperations: read.SOUK_OPERATIONS,
    protection: protectionSettings(read, read.HOST),
    engine: engineSettings(read),
  };
}
