import * as accountsContract from '@souk/accounts/contract';
import { accounts } from '@souk/accounts';
import * as catalogContract from '@souk/catalog/contract';
import { catalog } from '@souk/catalog';
import { inventory } from '@souk/inventory';
import * as inventoryContract from '@souk/inventory/contract';
import type { CommandDefinition, EventDefinition } from '@souk/kit/contracts';
import { systemClock } from '@souk/kit/domain';
import { InProcessCommands, type EventBus, type EventReader } from '@souk/kit/messaging';
import { createLogger, startSubgraph, type Platform } from '@souk/kit/runtime';
import { orders } from '@souk/orders';
import * as ordersContract from '@souk/orders/contract';
import { payments } from '@souk/payments';
import * as paymentsContract from '@souk/payments/contract';
import { RESPONSES_READER } from '../gateway/cache-invalidation.ts';
import { ENDED_SESSIONS_READER } from '../gateway/ended-sessions.ts';
import { newSecrets } from './secrets.ts';

const CONTRACTS = { accountsContract, catalogContract, inventoryContract, ordersContract, paymentsContract };

/** Something of a contract, under the name that it is exported by. */
export interface Named<Definition> {
  readonly name: string;
  readonly definition: Definition;
}

/** Everything that goes between subgraphs. */
export interface SoukCatalog {
  readonly events: readonly Named<EventDefinition>[];
  readonly commands: readonly Named<CommandDefinition>[];
  readonly readers: readonly EventReader[];
}

/** What the contracts declare, and who reads which events. */
export async function soukCatalog(): Promise<SoukCatalog> {
  const exported = Object.values(CONTRACTS).flatMap((contract) => Object.entries<unknown>(contract));
  return {
    events: exported.flatMap(([name, definition]) => (isEvent(definition) ? [{ name, definition }] : [])),
    commands: exported.flatMap(([name, definition]) => (isCommand(definition) ? [{ name, definition }] : [])),
    readers: [...(await subscribersOfSubgraphs()), RESPONSES_READER, ENDED_SESSIONS_READER],
  };
}

/** Starts each subgraph on nothing, to see what it reads: what it subscribes to is code, not data. */
async function subscribersOfSubgraphs(): Promise<readonly EventReader[]> {
  const readers: EventReader[] = [];
  const platform = readingPlatform(readers);
  const { signingKeyPem, orderAccessSecret } = newSecrets();
  const started = [
    await startSubgraph(catalog, platform, {}),
    await startSubgraph(inventory, platform, {}),
    await startSubgraph(payments, platform, {}),
    await startSubgraph(accounts, platform, { signingKeyPem }),
    await startSubgraph(orders, platform, { orderAccessSecret }),
  ];
  await Promise.all(started.map((each) => each.stop()));
  return readers;
}

/** Never run on it: no connection is opened before the first query. */
function readingPlatform(readers: EventReader[]): Platform {
  const unused = () => {
    throw new Error('this subgraph was started to be looked at');
  };
  const events: EventBus = {
    consume: ({ name, events: read, batchSize, everyProcess }) =>
      void readers.push({
        name,
        events: read,
        ...(batchSize !== undefined && { batchSize }),
        ...(everyProcess !== undefined && { everyProcess }),
      }),
    publish: unused,
    feed: unused,
  };
  return {
    databaseUrl: () => 'postgres://nobody@127.0.0.1:1/nothing',
    commands: new InProcessCommands(),
    events,
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  };
}

function isEvent(value: unknown): value is EventDefinition {
  return typeof value === 'object' && value !== null && 'subject' in value && 'payload' in value;
}

function isCommand(value: unknown): value is CommandDefinition {
  return typeof value === 'object' && value !== null && 'request' in value && 'reply' in value;
}
