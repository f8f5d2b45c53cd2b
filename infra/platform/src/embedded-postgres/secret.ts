import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** From which the passwords of all roles are made. Kept beside the data, readable by its owner alone. */
function secretFile(dataDirectory: string): string {
  return `${dataDirectory}.secret`;
}

export function createSecret(dataDirectory: string): string {
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(secretFile(dataDirectory), secret, { mode: 0o600 });
  return secret;
}

/** @throws EmbeddedPostgresError when the data is there and its secret is not. */
export function readSecret(dataDirectory: string): string {
  const file = secretFile(dataDirectory);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new EmbeddedPostgresError(
    'SECRET_MISSING',
    `${file}, with the password of the database in ${dataDirectory}, is gone`,
    'Put the file back from a backup, or set SOUK_DATA_DIR to a new folder',
  );
}

/** The password of a role: always the same for the same secret. */
export function passwordFor(secret: string, role: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url');
}
