import { StartFailure } from '@souk/all-in-one/start';
import { openNats } from '@souk/kit/nats';
import { soukTopology } from '../migration/souk-topology.ts';
import { readEventsEnvironment } from './environment.ts';
import { eventsCommand } from './events-command.ts';

async function main(args: readonly string[]): Promise<void> {
  const { natsUrl } = readEventsEnvironment();
  const opening = openNats({ url: natsUrl, name: 'events', onError: (error) => console.error(error.message) });
  const nats = await opening.catch((cause: unknown) => {
    throw new StartFailure(`NATS does not answer (${String(cause)}). NATS_URL says where it is.`);
  });
  try {
    await eventsCommand({ nats, topology: soukTopology, say: (line) => console.log(line) }, args);
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
