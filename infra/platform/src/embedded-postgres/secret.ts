import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** The path of the secret's file, which only its owner may read. The passwords of all roles are derived from this secret. */
function secretFile(dataDirectory: string): string {
  return `${dataDirectory}.secret`;
}

export function createSecret(dataDirectory: string): string {
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(secretFile(dataDirectory), secret, { mode: 0o600 });
  return secret;
}

/** Reads the secret of existing data. @throws EmbeddedPostgresError when the file is missing */
export function readSecret(dataDirectory: string): string {
  const file = secretFile(dataDirectory);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new EmbeddedPostgresError(
    'SECRET_MISSING',
    `${file} is missing. It holds the password of the database in ${dataDirectory}`,
    'Put the file back from a backup, or set SOUK_DATA_DIR to a new folder',
  );
}

/** Derives the password of a role from the secret. The same secret and role always result in the same password. */
export function passwordFor(secret: string, role: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url');
}
