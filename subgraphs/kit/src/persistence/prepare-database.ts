import { escapeLiteral, type Client } from 'pg';
import { requireIdentifier } from './schema-name.ts';
import { SCRAM_ITERATIONS, scramVerifier } from './scram-verifier.ts';

/** Passwords of the application role and of the relay role. Null keeps the current password. */
export interface RolePasswords {
  readonly app: string | null;
  readonly relay: string | null;
}

/** Trusted extensions in the schema `public`: trigram search, and text search that ignores accents. */
const EXTENSIONS = ['pg_trgm', 'unaccent'];

/** Maximum number of connections of the application role and of the relay role. */
export interface RoleConnections {
  readonly app: number;
  readonly relay: number;
}

/** -1 means no limit in Postgres. */
const NO_LIMIT: RoleConnections = { app: -1, relay: -1 };

/**
 * Prepares a database for the migrations of a subgraph: creates its schema and three roles. The role that serves requests cannot change a
 * table or disable a policy. An administrator calls this function before `migrate`. A second call changes nothing.
 *
 * - `<schema>_owner` owns schema and tables; NOLOGIN, reached by `set role` while migrating
 * - `<schema>_app` serves requests; owns nothing, every policy applies to it
 * - `<schema>_relay` publishes the outbox of all tenants; may access the outbox only
 *
 * @param connections the maximum number of connections of each role @default no limit other than the server's
 */
export async function prepareDatabase(
  admin: Client,
  schema: string,
  passwords: RolePasswords,
  connections: RoleConnections = NO_LIMIT,
): Promise<void> {
  requireIdentifier(schema);
  const iterations = await scramIterations(admin);
  await admin.query('begin');
  try {
    // Roles belong to the whole cluster. Without the lock, two processes that alter a role at the same time would fail.
    await admin.query(`select pg_advisory_xact_lock(hashtext('prepareDatabase'))`);
    await admin.query(rolesOf(schema));
    await admin.query(connectionsOf(schema, connections));
    await admin.query(schemaOf(schema));
    for (const [role, password] of Object.entries(passwords)) {
      if (password === null) continue;
      const verifier = escapeLiteral(scramVerifier(password, iterations));
      await admin.query(`alter role ${schema}_${role} password ${verifier}`);
    }
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
}

async function scramIterations(admin: Client): Promise<number> {
  const { rows } = await admin.query<{ iterations: string | null }>(
    `select current_setting('scram_iterations', true) as iterations`,
  );
  return Number(rows[0]?.iterations ?? SCRAM_ITERATIONS);
}

const rolesOf = (schema: string) => `
  do $$ declare role_name text; begin
    foreach role_name in array array['${schema}_owner nologin', '${schema}_app login', '${schema}_relay login'] loop
      begin
        execute 'create role ' || role_name || ' nosuperuser nobypassrls';
      exception when duplicate_object then null;
      end;
    end loop;
    -- An administrator without superuser rights may take the role of the owner only as its member.
    if not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant ${schema}_owner to %I', current_user);
    end if;
  end $$;
  -- A setting of the role, because pgbouncer drops the settings that a client sends when it connects.
  alter role ${schema}_app set search_path = ${schema}, public;
  -- Planning a prepared statement anew costs more than running it. A statement whose plan depends on its values carries them as literals.
  alter role ${schema}_app set plan_cache_mode = force_generic_plan;
  -- A hanging statement must not hold its locks for ever.
  alter role ${schema}_app set statement_timeout = '30s';
  -- A frozen or disconnected process must not hold its locks either: others wait for the same rows. A transaction waits for the
  -- database only, except for the transaction of a relay, which waits for the bus.
  alter role ${schema}_app set idle_in_transaction_session_timeout = '5s';
  alter role ${schema}_relay set idle_in_transaction_session_timeout = '10s';
  -- A relay that waits for the lock of another checks each second whether it should stop.
  alter role ${schema}_relay set lock_timeout = '1s';
  -- Without statistics Postgres assumes that \`parked_at is null\` is rare, and would read and sort the whole outbox for each batch.
  alter role ${schema}_relay set enable_sort = off;
  -- A plan that was made for a small outbox stays in use when the outbox grows, and would read the whole outbox to delete one batch.
  alter role ${schema}_relay set enable_seqscan = off;
  alter role ${schema}_relay set plan_cache_mode = force_generic_plan;
  -- A relay only deletes what is published. A crash that loses the deletion publishes the events again, and consumers skip them.
  alter role ${schema}_relay set synchronous_commit = off;`;

/**
 * Restricts connections. By default PUBLIC, and so every role of the server, may connect to a database and create temporary tables in it.
 */
const connectionsOf = (schema: string, { app, relay }: RoleConnections) => `
  alter role ${schema}_app connection limit ${app};
  alter role ${schema}_relay connection limit ${relay};
  do $$ begin
    -- Only the owner of the database can revoke from PUBLIC. Under another administrator the owner's grants stay.
    if (select pg_has_role(datdba, 'usage') from pg_database where datname = current_database()) then
      execute format('revoke connect, temporary on database %I from public', current_database());
      execute format('grant connect on database %I to ${schema}_app, ${schema}_relay', current_database());
    end if;
  end $$;`;

const schemaOf = (schema: string) => `
  ${EXTENSIONS.map((extension) => `create extension if not exists ${extension} with schema public;`).join('\n  ')}
  create schema if not exists ${schema} authorization ${schema}_owner;
  grant usage on schema ${schema} to ${schema}_app, ${schema}_relay;
  alter default privileges for role ${schema}_owner in schema ${schema}
    grant select, insert, update, delete on tables to ${schema}_app;
  alter default privileges for role ${schema}_owner in schema ${schema}
    grant usage on sequences to ${schema}_app;`;
