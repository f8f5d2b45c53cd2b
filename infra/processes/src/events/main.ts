import { StartFailure } from '@souk/launcher/start-failure';
import { connectNats } from '../messaging/connect-nats.ts';
import { migrateStreams } from '../migration/migrate-streams.ts';
import { readEventsEnvironment } from './environment.ts';
import { eventsCommand } from './events-command.ts';

async function main(args: readonly string[]): Promise<void> {
  const { nats: server, streams: settings } = readEventsEnvironment();
  const nats = await connectNats({ ...server, name: 'events', onError: (error) => console.error(error.message) });
  try {
    const migrate = (prune: boolean) => migrateStreams(nats, { settings, prune });
    await eventsCommand({ nats, migrate, say: (line) => console.log(line) }, args);
  } finally {
    await nats.close();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof StartFailure ? error.message : error);
}
