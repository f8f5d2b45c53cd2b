export { SUPERUSER } from './data-directory.ts';
export { EmbeddedPostgresError, type EmbeddedPostgresProblem } from './embedded-postgres-error.ts';
export { freePort, freePorts } from './free-ports.ts';
export { passwordFor } from './secret.ts';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start-embedded-postgres.ts';
