import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { MessageState, MessageTemplate } from './message.ts';

/** A message to a person, with the state of its delivery. The text is not stored. */
export const MessageEntity = defineEntity({
  name: 'Message',
  tableName: 'message',
  properties: {
    ...baseColumns,
    fact: p.text(),
    template: p.text().$type<MessageTemplate>(),
    referenceId: p.uuid(),
    recipient: p.text().nullable(),
    locale: p.text().nullable(),
    state: p.text().$type<MessageState>().default('QUEUED'),
    attempts: p.integer().default(0),
    dueAt: p.datetime().defaultRaw('now()'),
    sentAt: p.datetime().nullable(),
    problem: p.text().nullable(),
  },
});
