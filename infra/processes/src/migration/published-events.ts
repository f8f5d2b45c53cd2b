import { ROSTER } from '@souk/deployment/roster';
import { connectToPrimary, keepPublishedEvents, publishAgain } from '@souk/kit/persistence';

/**
 * Makes every subgraph keep the events that it publishes. @param minutes 0 for not at all; null keeps the present
 * value, 10 at first
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
 * For a stream that is about to be created: the last events of an earlier stream with its name are published again.
 * @param publisher the subgraph whose events the stream stores
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
