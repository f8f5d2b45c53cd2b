import { composeSupergraph, createGateway, inProcessTransport } from '@souk/gateway';
import { createLogger } from '@souk/kit/runtime';
import { EventEmitter } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { streamFixtures, WATCHED_BY_ALL, WATCHED_BY_ONE } from './subscriptions-fixture.ts';
import { answer, memory, type ServerCommand } from './subscriptions-messages.ts';

/** A gateway over two subgraphs in its own process. It listens on a free port, and does what it is told. */
async function serve(): Promise<void> {
  const events = new EventEmitter();
  const fixtures = streamFixtures(events);
  const { app } = await createGateway({
    supergraph: composeSupergraph(fixtures.map(({ name, sdl }) => ({ name, sdl, url: `http://${name}.test` }))),
    subgraphs: new Map(fixtures.map(({ name, schema }) => [name, inProcessTransport(schema)])),
    identity: { keys: async () => ({ keys: [] }) },
    tenants: { byHost: async () => null, bySlug: async () => null, exists: async () => false, defaultTenantId: TENANT },
    http: { maxConnectionsPerAddress: 25_000 }, // every socket of the load comes from this machine
    logger: createLogger({ level: 'error' }),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  process.on('message', (command: ServerCommand) => void obey(command, events));
  process.on('disconnect', () => process.exit());
  answer({ port: Number(new URL(url).port) });
}

const TENANT = '11111111-1111-4111-8111-111111111111';

async function obey(command: ServerCommand, events: EventEmitter): Promise<void> {
  const tell = (id: string) => events.emit(id, String(process.hrtime.bigint()));
  switch (command.do) {
    case 'MEASURE_MEMORY':
      return answer({ memory: memory() });
    case 'TELL_ALL':
      return void tell(WATCHED_BY_ALL);
    case 'TELL_ONE':
      for (let told = 1; told <= command.times; told++) {
        if (command.tellAllAfter !== null && told % command.tellAllAfter === 0) tell(WATCHED_BY_ALL);
        tell(WATCHED_BY_ONE);
        await after(command.everyMs);
      }
  }
}

await serve();
