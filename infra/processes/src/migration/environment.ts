import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerRules } from '@souk/deployment/subgraphs';
import { postgresUrl } from '@souk/deployment/variables';
import { describePostgres, withLogin } from '@souk/kit/postgres-url';
import { StartFailure } from '@souk/launcher/start-failure';
import { z } from 'zod';
import type { NatsServer, TopologySettings } from '@souk/platform/nats';
import { natsProblems, natsServer, natsVariables } from '../nats-variables.ts';
import { folder, optional, readVariables, reasonOf, required, secretFile, type Variables } from '../variables.ts';
import { streamSettings, streamVariables } from './stream-variables.ts';

/** The settings of the migration. */
export interface MigrationEnvironment {
  /** Connection string of an administrator, with the password. */
  readonly databaseAdminUrl: string;
  /** Limits of Souk's roles on the Postgres server. @default the limits of `prepareSchemas` */
  readonly server?: ServerRules;
  readonly nats: NatsServer;
  readonly streams: TopologySettings;
  /**
   * How long published events are kept in Postgres, in minutes, for the case of a lost stream. Null keeps the current setting.
   * @default null
   */
  readonly republishMinutes?: number | null;
  /** Returns the password to set for a role. Null keeps the current password. @throws StartFailure when the file cannot be read */
  passwordOf(role: string): string | null;
}

const roleConnections = (kind: string) => {
  const problem = `must be the number of connections for each role <subgraph>_${kind}; leave it out for an equal share`;
  return optional(z.coerce.number(problem).int(problem).min(1, problem).max(100_000, problem));
};

const REPUBLISH_PROBLEM =
  'must be how many minutes of published events are kept in Postgres, to publish them again after the loss of a stream: 0 (none) to 1440; leave it out to keep the present value, 10 at first';

const schema = z.object({
  DATABASE_ADMIN_URL: required(postgresUrl('postgres://admin@127.0.0.1:5432/souk')),
  DATABASE_ADMIN_PASSWORD_FILE: optional(secretFile('the password of the administrator')),
  DATABASE_PASSWORDS_DIR: optional(
    folder('it holds a file for each role, like catalog_app; leave it out if the roles already have passwords'),
  ),
  DATABASE_APP_CONNECTIONS: roleConnections('app'),
  DATABASE_RELAY_CONNECTIONS: roleConnections('relay'),
  DATABASE_EXCLUSIVE: optional(
    z.enum(['on', 'off'], 'must be "on" (the server holds Souk alone) or "off" (the default)'),
  ),
  ...natsVariables,
  ...streamVariables,
  NATS_REPUBLISH_MINUTES: optional(
    z.coerce.number(REPUBLISH_PROBLEM).int(REPUBLISH_PROBLEM).min(0, REPUBLISH_PROBLEM).max(1440, REPUBLISH_PROBLEM),
  ),
});

/** Reads the environment. @throws StartFailure that lists every problem with its remedy. */
export function readMigrationEnvironment(variables: Variables = process.env): MigrationEnvironment {
  const read = readVariables(schema, variables, 'migrate', natsProblems);
  const { DATABASE_ADMIN_URL: url, DATABASE_ADMIN_PASSWORD_FILE: password } = read;
  const { DATABASE_APP_CONNECTIONS: app, DATABASE_RELAY_CONNECTIONS: relay } = read;
  const passwords = read.DATABASE_PASSWORDS_DIR;
  return {
    databaseAdminUrl: password === null ? url : withLogin(url, describePostgres(url).role, password),
    server: {
      connections: { ...(app !== null && { app }), ...(relay !== null && { relay }) },
      isExclusive: read.DATABASE_EXCLUSIVE === 'on',
    },
    nats: natsServer(read),
    streams: streamSettings(read),
    republishMinutes: read.NATS_REPUBLISH_MINUTES,
    passwordOf: (role) => (passwords === null ? null : passwordIn(passwords, role)),
  };
}

function passwordIn(passwords: string, role: string): string {
  try {
    return readFileSync(join(passwords, role), 'utf8').trim();
  } catch (error) {
    throw new StartFailure(
      `DATABASE_PASSWORDS_DIR has no file with the password of the role ${role}: ${reasonOf(error)}`,
    );
  }
}
