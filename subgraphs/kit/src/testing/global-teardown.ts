import { rmSync } from 'node:fs';

/** Stops the Postgres of this run and deletes its data. */
export default async function globalTeardown(): Promise<void> {
  const running = globalThis.soukTestPostgres;
  if (!running) return;
  await running.postgres.stop();
  rmSync(running.directory, { recursive: true, force: true });
}
