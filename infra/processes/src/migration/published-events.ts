import { ROSTER } from '@souk/deployment/roster';
import { connectToPrimary, keepPublishedEvents, publishAgain } from '@souk/kit/persistence';

/**
 * Sets how long every subgraph keeps the events that it publishes.
 * @param minutes 0 keeps no events. Null keeps the current setting, which is 10 minutes at first.
 */
export async function keepEvents(databaseAdminUrl: string, minutes: number | null): Promise<void> {
  const admin = await connectToPrimary(databaseAdminUrl);
  try {
    for (const { name } of ROSTER) await keepPublishedEvents(admin, name, minutes);
  } finally {
    await admin.end();
  }
}

/**
 * Publishes the kept events of a subgraph again, because its stream was lost. Call this function before the stream is created.
 * @param publisher the name of the subgraph
 * @returns the number of events
 */
export async function publishKeptEvents(databaseAdminUrl: string, publisher: string): Promise<number> {
  const admin = await connectToPrimary(databaseAdminUrl);
  try {
    return await publishAgain(admin, publisher);
  } finally {
    await admin.end();
  }
}
