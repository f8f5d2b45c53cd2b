import { composeSupergraph, createGateway, inProcessTransport } from '@souk/gateway';
import { createLogger } from '@souk/kit/runtime';
import { EventEmitter } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { streamFixtures, WATCHED_BY_ALL, WATCHED_BY_ONE } from './subscriptions-fixture.ts';
import { reply, memory, type ServerCommand } from './subscriptions-messages.ts';

/** Serves a gateway with two subgraphs in this process, on a free port. Executes the commands of the parent process. */
async function serve(): Promise<void> {
  const events = new EventEmitter();
  const fixtures = streamFixtures(events);
  const { app } = await createGateway({
    supergraph: composeSupergraph(fixtures.map(({ name, sdl }) => ({ name, sdl, url: `http://${name}.test` }))),
    subgraphs: new Map(fixtures.map(({ name, schema }) => [name, inProcessTransport(schema)])),
    identity: { keys: async () => ({ keys: [] }) },
    tenants: { byHost: async () => null, bySlug: async () => null, exists: async () => false, defaultTenantId: TENANT },
    http: { maxConnectionsPerAddress: 25_000 }, // All sockets come from this machine.
    logger: createLogger({ level: 'error' }),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  process.on('message', (command: ServerCommand) => void run(command, events));
  process.on('disconnect', () => process.exit());
  reply({ port: Number(new URL(url).port) });
}

const TENANT = '11111111-1111-4111-8111-111111111111';

async function run(command: ServerCommand, events: EventEmitter): Promise<void> {
  const publish = (id: string) => events.emit(id, String(process.hrtime.bigint()));
  switch (command.do) {
    case 'MEASURE_MEMORY':
      return reply({ memory: memory() });
    case 'BROADCAST':
      return void publish(WATCHED_BY_ALL);
    case 'PUBLISH_TO_ONE':
      for (let published = 1; published <= command.times; published++) {
        if (command.broadcastAfter !== null && published % command.broadcastAfter === 0) publish(WATCHED_BY_ALL);
        publish(WATCHED_BY_ONE);
        await after(command.everyMs);
      }
  }
}

await serve();
