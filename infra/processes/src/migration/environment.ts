import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '@souk/launcher/start-failure';
import { z } from 'zod';
import type { NatsServer, TopologySettings } from '@souk/platform/nats';
import { natsProblems, natsServer, natsVariables } from '../nats-variables.ts';
import {
  folder,
  optional,
  readVariables,
  reasonOf,
  required,
  secretFile,
  serverUrl,
  type Variables,
} from '../variables.ts';
import { streamSettings, streamVariables } from './stream-variables.ts';

/** What a migration is told. */
export interface MigrationEnvironment {
  /** Of an administrator, password included. */
  readonly databaseAdminUrl: string;
  readonly nats: NatsServer;
  readonly streams: TopologySettings;
  /** The password to give to a role; null leaves it as the deployment set it. @throws StartFailure when its file cannot be read. */
  passwordOf(role: string): string | null;
}

const schema = z.object({
  DATABASE_ADMIN_URL: required(serverUrl(/^postgres(ql)?$/, 'postgres://admin@127.0.0.1:5432/souk')),
  DATABASE_ADMIN_PASSWORD_FILE: optional(secretFile('the password of the administrator')),
  DATABASE_PASSWORDS_DIR: optional(
    folder('a file for each role is in it, like catalog_app; leave it out where the roles have their passwords'),
  ),
  ...natsVariables,
  ...streamVariables,
});

/** Reads the environment. @throws StartFailure that lists every problem with its remedy. */
export function readMigrationEnvironment(variables: Variables = process.env): MigrationEnvironment {
  const read = readVariables(schema, variables, 'migrate', natsProblems);
  const url = new URL(read.DATABASE_ADMIN_URL);
  if (read.DATABASE_ADMIN_PASSWORD_FILE !== null) url.password = encodeURIComponent(read.DATABASE_ADMIN_PASSWORD_FILE);
  const passwords = read.DATABASE_PASSWORDS_DIR;
  return {
    databaseAdminUrl: url.href,
    nats: natsServer(read),
    streams: streamSettings(read),
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
