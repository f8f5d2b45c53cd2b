import { StartFailure } from '@souk/launcher/start-failure';
import { ChangedMigrationError, StandbyError } from '@souk/kit/persistence';
import { describePostgres } from '@souk/kit/postgres-url';

/** Codes of Node where nobody answers, and of Postgres where it does not let us in: class 28, and no such database. */
const NOT_LET_IN = /^(E[A-Z_]{4,}|28...|3D000)$/;

/** What a person can do something about is told with its remedy; everything else as it came. */
export function postgresFailure(error: unknown, adminUrl: string): unknown {
  if (error instanceof ChangedMigrationError) {
    return new StartFailure(`${error.message}. The database at DATABASE_ADMIN_URL is of another version of Souk.`);
  }
  const { role, place } = describePostgres(adminUrl);
  if (error instanceof StandbyError) {
    return new StartFailure(
      `${error.message}: name the primary in DATABASE_ADMIN_URL instead of ${place}, or beside it.`,
    );
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (!NOT_LET_IN.test(code)) return error;
  const reason = error instanceof Error && error.message !== '' ? error.message : code;
  return new StartFailure(
    `Postgres at ${place} does not let ${role || 'us'} in: ${reason}. ` +
      'DATABASE_ADMIN_URL says where it is and who asks, DATABASE_ADMIN_PASSWORD_FILE with which password.',
  );
}
