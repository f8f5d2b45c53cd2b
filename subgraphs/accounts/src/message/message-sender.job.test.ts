import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startSmtpEmulator, type SmtpBehavior, type SmtpEmulator } from '../testing/smtp-emulator.ts';
import { handleCommand } from '@souk/kit/contracts';
import { InProcessCommands } from '@souk/kit/messaging';
import { UnitOfWork } from '@souk/kit/persistence';
import { createLogger } from '@souk/kit/runtime';
import { testActors, type TestActors } from '@souk/kit/testing';
import { DescribeOrder, OrderChanged } from '@souk/orders/contract';
import type { AccountsUnitOfWork } from '../database.ts';
import { entities, type AccountsDatabase } from '../database.ts';
import { startAccounts, type AccountsFixture } from '../testing/accounts-fixture.ts';
import type { MailTransport } from './mail.ts';
import { mailFolder } from './mail-folder.provider.ts';
import { MessageComposer } from './message-composer.service.ts';
import { MessageSenderJob } from './message-sender.job.ts';
import { smtpTransport } from './smtp.provider.ts';

let accounts: AccountsFixture;
let actors: TestActors;
let smtp: SmtpEmulator;
let unitOfWork: AccountsUnitOfWork;
let behavior: SmtpBehavior = 'ACCEPT';
const orderId = randomUUID();

beforeAll(async () => {
  accounts = await startAccounts();
  const { id } = await accounts.services.createTenant({ slug: 'mails', name: 'Lamps & Co', hosts: [] });
  actors = testActors(['messages:read', 'messages:write'], id);
  smtp = await startSmtpEmulator({ behavior: () => behavior });
  unitOfWork = new UnitOfWork<AccountsDatabase>(await accounts.database.openOrm('accounts', entities));
});
afterEach(async () => {
  behavior = 'ACCEPT';
  const admin = await accounts.database.connect();
  await admin.query('delete from accounts.message');
});
afterAll(async () => {
  await smtp.stop();
  await accounts.close();
});

const order = { number: 'S-7', email: 'buyer@example.test', locale: 'de', accessToken: 'token' };
const total = { amountMinor: 1990, currency: 'EUR' };

function jobWith(transport: MailTransport | null, publicUrl: string | null = 'https://shop.test'): MessageSenderJob {
  const commands = new InProcessCommands();
  commands.register([handleCommand(DescribeOrder, async () => ({ order: { ...order, total } }))]);
  const logger = createLogger({ level: 'silent' });
  const composing = {
    unitOfWork,
    commands,
    mailFrom: 'shop@lamps.test',
    describeLink: async () => null,
    invitationMail: async () => null,
    confirmationMail: async () => null,
  };
  const composer = new MessageComposer({ ...composing, publicUrl: () => publicUrl });
  return new MessageSenderJob({ unitOfWork, logger, transport, composer });
}
const smtpJob = () => jobWith(smtpTransport(smtp.url));

/** Publishes an entry of an order's history. @returns the event, which a test may publish again */
async function entry(type: 'PLACED' | 'SHIPPED' | 'DELIVERED', at = accounts.clock.now()) {
  const data = {
    orderId,
    number: 'S-7',
    eventId: randomUUID(),
    type,
    at: at.toISOString(),
    status: 'PLACED',
    paymentStatus: 'NONE',
    fulfillmentStatus: 'UNFULFILLED',
  };
  const event = {
    event_id: randomUUID(),
    event_type: OrderChanged.subject,
    tenant_id: actors.tenantId,
    aggregate_id: orderId,
    timestamp: at.toISOString(),
    source: 'orders',
    version: OrderChanged.version,
    data,
    metadata: { user_id: null, correlation_id: null },
  };
  await accounts.events.publish([event]);
  return event;
}

interface Shown {
  readonly id: string;
  readonly template: string;
  readonly state: string;
  readonly attempts: number;
  readonly recipient: string | null;
  readonly problem: string | null;
}

async function shown(): Promise<Shown[]> {
  const query = '{ messages { nodes { id template state attempts recipient problem } } }';
  return (await accounts.query<{ messages: { nodes: Shown[] } }>(actors.staff, query)).messages.nodes;
}

/** Makes waiting attempts due now, and lets running attempts time out now. */
async function makeDue(): Promise<void> {
  await (await accounts.database.connect()).query('update accounts.message set due_at = now()');
}

describe('a message about an order', () => {
  test('is sent once to the buyer, in the language of the order, with the link that opens it', async () => {
    const event = await entry('PLACED');
    await accounts.events.publish([{ ...event, event_id: randomUUID() }]);
    await Promise.all([smtpJob().run(), smtpJob().run()]);
    await smtpJob().run();
    const [mail, ...others] = smtp.mails;
    expect(others).toEqual([]);
    expect(mail?.to).toEqual(['buyer@example.test']);
    const source = mail?.source.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=') ?? '';
    expect(source).toContain('From: "Lamps & Co" <shop@lamps.test>');
    expect(source).toContain(`https://shop.test/store/orders/${orderId}#access=token`);
    expect(source).toContain('multipart/alternative');
    expect(source).toMatch(/Message-ID: <[0-9a-f-]{36}@lamps\.test>/i);
    expect(await shown()).toMatchObject([
      { template: 'ORDER_PLACED', state: 'SENT', attempts: 1, recipient: 'buyer@example.test', problem: null },
    ]);
  });

  test('is queued for the entries that concern the buyer, and not for facts older than a day', async () => {
    await entry('SHIPPED');
    await entry('DELIVERED');
    await entry('PLACED', new Date(accounts.clock.now().getTime() - 25 * 3_600_000));
    expect(await shown()).toMatchObject([{ template: 'ORDER_SHIPPED', state: 'QUEUED', attempts: 0 }]);
  });
});

describe('an attempt', () => {
  test('that the server refuses for now is repeated later', async () => {
    await entry('PLACED');
    behavior = { replyCode: 450 };
    await smtpJob().run();
    await smtpJob().run(); // the pause has not passed
    expect(await shown()).toMatchObject([{ state: 'QUEUED', attempts: 1, problem: expect.stringContaining('450') }]);
    behavior = 'ACCEPT';
    await makeDue();
    await smtpJob().run();
    expect(await shown()).toMatchObject([{ state: 'SENT', attempts: 2, problem: null }]);
  });

  test('that the server refuses for good fails, and staff can send the message again', async () => {
    await entry('PLACED');
    behavior = { replyCode: 550 };
    await smtpJob().run();
    const [failed] = await shown();
    expect(failed).toMatchObject({ state: 'FAILED', attempts: 1, problem: expect.stringContaining('550') });
    behavior = 'ACCEPT';
    const RETRY = `mutation ($input: MessageRetryInput!) {
      messageRetry(input: $input) { message { state } userErrors { code } }
    }`;
    const retry = (by = actors.staff) => accounts.execute(by, RETRY, { input: { id: failed?.id } });
    expect((await retry(actors.otherTenant)).data).toMatchObject({
      messageRetry: { userErrors: [{ code: 'NOT_FOUND' }] },
    });
    expect((await retry(actors.shopper)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect((await retry()).data).toEqual({ messageRetry: { message: { state: 'QUEUED' }, userErrors: [] } });
    await smtpJob().run();
    expect(await shown()).toMatchObject([{ state: 'SENT' }]);
  });

  test('whose answer is lost fails, because the mail may have arrived', async () => {
    await entry('PLACED');
    behavior = 'DISCONNECT';
    await smtpJob().run();
    expect(await shown()).toMatchObject([{ state: 'FAILED', problem: expect.stringContaining('may have been sent') }]);
  });

  test('that a crash ended fails when its time is over, and is never repeated', async () => {
    await entry('PLACED');
    const sent: string[] = [];
    const crash = { send: (mail: { id: string }) => (sent.push(mail.id), Promise.reject(new Error('crash'))) };
    await jobWith(crash).run();
    expect(await shown()).toMatchObject([{ state: 'SENDING' }]);
    await makeDue();
    await jobWith(crash).run();
    expect(sent).toHaveLength(1);
    expect(await shown()).toMatchObject([{ state: 'FAILED', problem: expect.stringContaining('may have been sent') }]);
  });

  test('is repeated later while no mail server answers', async () => {
    await entry('PLACED');
    await jobWith(smtpTransport('smtp://127.0.0.1:9')).run();
    expect(await shown()).toMatchObject([{ state: 'QUEUED', attempts: 1 }]);
  });

  test.each([
    ['neither a mail server nor a folder is configured', () => jobWith(null)],
    ['the address of the shop is unknown', () => jobWith(smtpTransport(smtp.url), null)],
  ])('does not begin while %s', async (_state, job) => {
    await entry('PLACED');
    await job().run();
    expect(await shown()).toMatchObject([{ state: 'QUEUED', attempts: 0 }]);
  });
});

test('the folder for development gets one file for each mail', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'souk-mails-')), 'outbox-mail');
  await entry('PLACED');
  await jobWith(mailFolder(folder, () => accounts.clock.now())).run();
  const [file, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect(JSON.parse(await readFile(join(folder, file ?? ''), 'utf8'))).toMatchObject({
    to: 'buyer@example.test',
    subject: 'Ihre Bestellung S-7 bei Lamps & Co',
    sentAt: '2030-01-01T00:00:00.000Z',
  });
});

test('a tenant sees its own messages only', async () => {
  await entry('PLACED');
  const { data } = await accounts.execute(actors.otherTenant, '{ messages { nodes { id } } }');
  expect(data).toEqual({ messages: { nodes: [] } });
});
