import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageCatalog } from '@souk/deployment/roster';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  inboxPrefixOf,
  MIGRATION_USER,
  natsAuthorization,
  natsUsers,
  openNats,
  quoted,
  type Nats,
  type NatsUser,
} from '@souk/platform/nats';
import { HAS_NATS, startNats, until, type TestNats } from '@souk/kit/testing';
import { migrateStreams } from './migrate-streams.ts';

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

describeNats(`the logins of NATS${REASON}`, () => {
  let folder: string;
  let server: TestNats;
  let users: readonly NatsUser[];
  const open: Nats[] = [];
  const violations: string[] = [];
  const login = async (user: string) => {
    const options = {
      url: server.url,
      login: { kind: 'password', user, password: `of ${user}` },
      name: user,
      onError: ({ message }: Error) => void violations.push(message),
    } as const;
    // The connection is retried, because on a busy machine a handshake may exceed the client's timeout.
    const nats = await until(() =>
      openNats(options).catch((error: unknown) => {
        if (String(error).includes('TIMEOUT')) return null;
        throw error;
      }),
    );
    open.push(nats);
    return nats;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'souk-nats-users-'));
    users = natsUsers(messageCatalog());
    const configuration = join(folder, 'nats.conf');
    writeFileSync(
      configuration,
      natsAuthorization(users, (user) => quoted(`of ${user}`)),
    );
    server = await startNats(['-c', configuration]);
    await migrateStreams(await login(MIGRATION_USER));
  });
  afterAll(async () => {
    await Promise.all(open.map((nats) => nats.close()));
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** Waits until NATS has refused an action of the user because of the subject. */
  const isRefused = async (act: (nats: Nats) => void, user: string, subject: string) => {
    violations.length = 0;
    const nats = await login(user);
    act(nats);
    await nats.connection.flush();
    await until(() => violations.some((text) => text.includes(subject)));
  };

  test('a client without a login, or with a wrong password, is refused', async () => {
    const stranger = { url: server.url, name: 'stranger', onError: () => undefined };
    await expect(openNats(stranger)).rejects.toThrow('AUTHORIZATION_VIOLATION');
    const guess = { kind: 'password', user: 'orders', password: 'guessed' } as const;
    await expect(openNats({ ...stranger, login: guess })).rejects.toThrow('AUTHORIZATION_VIOLATION');
  });

  test.each([
    ['catalog', 'souk.payments.payment.changed.v1.0', 'the event of another subgraph'],
    ['catalog', 'souk.commands.payments.refund.v1', 'a command that it is not a caller of'],
    ['payments', 'souk.commands.payments.refund.v1', 'a command of its own'],
    ['gateway', 'souk.orders.order.placed.v1.0', 'an event, which gateways do not publish'],
    ['orders', '$JS.API.STREAM.DELETE.SOUK_ORDERS', 'the deletion of a stream'],
    ['orders', '$JS.API.STREAM.PURGE.SOUK_ORDERS', 'the emptying of a stream'],
    ['catalog', '$JS.API.CONSUMER.MSG.NEXT.SOUK_PAYMENTS.orders_follow-payment_payments_0', "another's events"],
    ['catalog', `${inboxPrefixOf('orders')}.answer`, 'an answer to the request of another'],
  ])('%s cannot publish to %s: %s', async (user, subject) => {
    await isRefused(({ connection }) => connection.publish(subject, '{}'), user, subject);
  });

  test.each([
    ['catalog', 'souk.commands.>'],
    ['catalog', '_INBOX.>'],
    ['catalog', `${inboxPrefixOf('orders')}.>`],
    ['gateway', 'souk.orders.>'],
    ['payments', '>'],
  ])('%s cannot listen to %s', async (user, subject) => {
    await isRefused(({ connection }) => void connection.subscribe(subject), user, subject);
  });

  test('every user has the permissions of its process, and reads answers under its own prefix only', () => {
    for (const { name, subscribe } of users.filter((user) => user.name !== MIGRATION_USER)) {
      expect(subscribe.filter((subject) => subject.startsWith('_INBOX'))).toEqual([`_INBOX.${name}.>`]);
    }
    const orders = users.find(({ name }) => name === 'orders');
    expect(orders?.publish).toContain('souk.commands.payments.capture.v1');
    expect(orders?.publish.filter((subject) => subject.includes('STREAM.CREATE'))).toEqual([]);
  });
});
