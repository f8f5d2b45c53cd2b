import { expect, test } from '@jest/globals';
import { defineCommand, defineEvent } from '@souk/kit/contracts';
import { z } from 'zod';
import { asyncApiFile } from './asyncapi.ts';
import { describeMessages } from './described-messages.ts';
import { eventsPage } from './events-page.ts';
import { jsonSchemaOf, typeText } from './json-schema.ts';
import { declaredMessages } from '@souk/deployment/roster';

const Counted = defineEvent({
  subject: 'shelf.shelf.counted',
  version: 2,
  payload: z.object({ skus: z.array(z.object({ sku: z.string(), count: z.int().optional() })) }),
});
const Count = defineCommand({
  name: 'shelf.count',
  version: 1,
  request: z.object({ shelfId: z.uuid() }),
  reply: z.object({ count: z.int().nullable() }),
  idempotent: false,
  callers: ['shelf'],
});
const messages = describeMessages(
  {
    events: [{ name: 'Counted', definition: Counted }],
    commands: [{ name: 'Count', definition: Count }],
    readers: [{ name: 'catalog.follow', events: [Counted] }],
  },
  new Map([['Counted', 'A shelf was counted.']]),
);

test('an event is described with its subject, version, payload, publisher and consumers', () => {
  const { text } = eventsPage(messages);
  expect(text).toContain('## Events of shelf');
  expect(text).toContain('A shelf was counted.');
  expect(text).toContain('version 2, subject `souk.shelf.shelf.counted.v2.*`');
  expect(text).toContain('read by: `catalog.follow`');
  expect(text).toContain('{ skus: { sku: string, count?: integer }[] }');
});

test('a command is described with its request and reply, and whether callers may repeat it', () => {
  const { text } = eventsPage(messages);
  expect(text).toContain('version 1, subject `souk.commands.shelf.count.v1`');
  expect(text).toContain('sent once');
  expect(text).toContain('request: { shelfId: uuid }\nreply:   { count: integer | null }');
});

test('the AsyncAPI document names senders and receivers', () => {
  const document: unknown = JSON.parse(asyncApiFile(messages).text);
  expect(document).toMatchObject({
    channels: { 'shelf.shelf.counted.v2': { address: 'souk.shelf.shelf.counted.v2.{partition}' } },
    operations: {
      'shelf:shelf.shelf.counted': { action: 'send' },
      'catalog.follow:shelf.shelf.counted': { action: 'receive' },
      'shelf:shelf.count': { action: 'receive', reply: { channel: { $ref: '#/channels/shelf.count.v1.reply' } } },
    },
    components: {
      schemas: { Counted: { properties: { version: { const: 2 }, data: { required: ['skus'] } } } },
    },
  });
});

test('the item type of a list is in parentheses when it has alternatives', () => {
  expect(typeText(jsonSchemaOf(z.array(z.enum(['ON', 'OFF']))))).toBe('("ON" | "OFF")[]');
});

test('the documents include the readers of all subgraphs and of the gateway', async () => {
  const { readers, events } = declaredMessages();
  expect(readers.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['orders.follow-payment', 'catalog.follow-availability', 'gateway.responses']),
  );
  const published = new Set(events.map(({ definition }) => definition.subject));
  expect(readers.flatMap((reader) => reader.events).filter(({ subject }) => !published.has(subject))).toEqual([]);
});
