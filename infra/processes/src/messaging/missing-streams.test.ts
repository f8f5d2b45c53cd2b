import { expect, test } from '@jest/globals';
import { createLogger } from '@souk/kit/runtime';
import { HAS_NATS, startNats, until } from '@souk/kit/testing';
import { UNSIGNED_EVENTS } from '@souk/platform/nats';
import { openEvents } from './open-messaging.ts';

const testNats = HAS_NATS ? test : test.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

testNats(
  `streams that are missing are logged once, however many consumers ask for them${REASON}`,
  async () => {
    const server = await startNats();
    const lines: { readonly msg: string; readonly error: { readonly message: string } }[] = [];
    const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
    const { nats, events } = await openEvents({
      server: { url: server.url },
      trust: UNSIGNED_EVENTS,
      name: 'test',
      feeds: [],
      logger,
    });
    for (let place = 0; place < 20; place++) {
      events.consume({
        name: `mail.send-${place}`,
        events: [{ subject: 'shelf.shelf.counted', version: 1 }],
        handle: async () => undefined,
        park: async () => undefined,
      });
    }
    await until(() => nats.connection.stats().outMsgs > 200, 30_000); // each consumer has retried several times
    const unread = lines.filter(({ msg }) => msg.includes('events cannot be read'));
    expect(unread.map(({ error }) => error.message).toSorted()).toEqual(
      [...new Set(unread.map(({ error }) => error.message))].toSorted(),
    );
    expect(unread.length).toBeGreaterThan(0);
    await events.stop();
    await nats.close();
    await server.stop();
  },
  60_000,
);
