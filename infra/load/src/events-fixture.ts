import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventEnvelope } from '@souk/kit/contracts';
import type { EventReader } from '@souk/kit/messaging';
import { migrate, prepareDatabase } from '@souk/kit/persistence';
import type { EmbeddedPostgres } from '@souk/platform/embedded-postgres';
import { MessageKeys, signedEvents, type EventTrust } from '@souk/platform/nats';
import { Client } from 'pg';

/** The database schema of the benchmark's outbox and inbox, and the name of the publisher. */
export const SCHEMA = 'bench';
export const COUNTED = { subject: 'bench.shelf.counted', version: 1 };

export const single: EventReader = { name: 'bench.single', events: [COUNTED] };
export const batched: EventReader = { name: 'bench.batched', events: [COUNTED], batchSize: 500 };
export const recorded: EventReader = { name: 'bench.recorded', events: [COUNTED] };

/** Starts a nats-server with JetStream, which stores its files in `folder`. */
export async function startNatsServer(folder: string, port: number): Promise<ChildProcess> {
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(server.stderr, 'data'); // The server writes its first line when it listens, or when it fails.
  await sleep(500);
  return server;
}

/**
 * Returns a factory of `EventTrust` objects that all sign and verify with the same new key pair. Each object starts
 * without a cache of verified events.
 */
export function signing(): () => EventTrust {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  });
  const publicKeyPems = new Map([[SCHEMA, publicKey]]);
  const keys = new MessageKeys({ name: SCHEMA, privateKeyPem: privateKey, publicKeyPems });
  return () => signedEvents({ keys, acceptsUnsigned: false });
}

/** Creates a database with the tables of the outbox and the inbox. */
export async function prepareOutbox(postgres: EmbeddedPostgres): Promise<void> {
  await withClient(postgres.url('postgres', 'postgres'), (client) => client.query(`create database ${SCHEMA}`));
  const directory = mkdtempSync(join(tmpdir(), 'souk-no-migrations-'));
  await withClient(postgres.url('postgres', SCHEMA), async (client) => {
    const passwords = { app: postgres.passwordOf(`${SCHEMA}_app`), relay: postgres.passwordOf(`${SCHEMA}_relay`) };
    await prepareDatabase(client, SCHEMA, passwords);
    await migrate(client, { schema: SCHEMA, directory });
  });
  rmSync(directory, { recursive: true });
}

/** Commits `count` events to the outbox. */
export function appendEvents(postgres: EmbeddedPostgres, count: number): Promise<unknown> {
  return withClient(postgres.url('postgres', SCHEMA), (client) =>
    client.query(
      `insert into ${SCHEMA}.outbox_event (tenant_id, subject, version, aggregate_id, payload, correlation_id)
       select gen_random_uuid(), $1, 1, gen_random_uuid(), $2::jsonb, 'bench' from generate_series(1, $3)`,
      [COUNTED.subject, JSON.stringify(event().data), count],
    ),
  );
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Creates an event envelope with the typical size of an order change. */
export function event(): EventEnvelope {
  return {
    event_id: randomUUID(),
    event_type: COUNTED.subject,
    tenant_id: randomUUID(),
    aggregate_id: randomUUID(),
    timestamp: new Date().toISOString(),
    source: SCHEMA,
    version: COUNTED.version,
    data: { orderId: randomUUID(), number: '1000123', eventId: randomUUID(), type: 'SHIPPED', status: 'CONFIRMED' },
    metadata: { user_id: null, correlation_id: null },
  };
}
