import { StartFailure } from '@souk/launcher/start-failure';
import { ChangedMigrationError, StandbyError } from '@souk/kit/persistence';
import { describePostgres } from '@souk/kit/postgres-url';

/**
 * Error codes of a failed connection or login: Node's codes for a server that does not answer, and Postgres' codes for a refused login
 * (class 28) or a missing database.
 */
const NOT_LET_IN = /^(E[A-Z_]{4,}|28...|3D000)$/;

/**
 * Translates failures that an operator can solve into a StartFailure with the remedy. Returns any other error
 * unchanged.
 */
export function postgresFailure(error: unknown, adminUrl: string): unknown {
  if (error instanceof ChangedMigrationError) {
    return new StartFailure(
      `${error.message}. The database at DATABASE_ADMIN_URL is from another version of Souk: migrate it with that version, or name another database.`,
    );
  }
  const { role, place } = describePostgres(adminUrl);
  if (error instanceof StandbyError) {
    return new StartFailure(
      `${error.message}: name the primary in DATABASE_ADMIN_URL instead of ${place}, or in addition.`,
    );
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (!NOT_LET_IN.test(code)) return error;
  const reason = error instanceof Error && error.message !== '' ? error.message : code;
  return new StartFailure(
    `Postgres at ${place} refused the login of ${role || 'this user'}: ${reason}. ` +
      'Check the address and user in DATABASE_ADMIN_URL and the password in DATABASE_ADMIN_PASSWORD_FILE.',
  );
}
