import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventEnvelope } from '@souk/kit/contracts';
import { DeadLetters, desiredTopology, openNats, type Nats } from '@souk/platform/nats';
import { HAS_NATS, startNats, until, type TestNats } from '@souk/kit/testing';
import { migrateStreams } from '../migration/migrate-streams.ts';
import { eventsCommand } from './events-command.ts';

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

describeNats(`npm run events${REASON}`, () => command());

function command(): void {
  let server: TestNats;
  let nats: Nats;
  beforeAll(async () => {
    server = await startNats();
    nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
  });

  const reader = { name: 'mail.send', events: [{ subject: 'shelf.shelf.counted', version: 1 }] };
  const topology = () => desiredTopology({ events: reader.events, readers: [reader] }, { partitions: 1 });
  const migrate = (prune: boolean) => migrateStreams(nats, { prune, topology });
  async function run(...args: string[]): Promise<string> {
    const said: string[] = [];
    await eventsCommand({ nats, migrate, say: (line) => said.push(line) }, args);
    return said.join('\n');
  }

  test('without streams, the command reports how to create them', async () => {
    await expect(run('dead-letters', 'list')).rejects.toThrow('Create them: npm run events -- migrate');
  });

  test('migrate creates streams and consumers, and reports each once', async () => {
    expect(await run('migrate')).toContain('created SOUK_SHELF/mail_send_shelf_0');
    expect(await run('migrate')).toBe('Streams and consumers are up to date.');
  });

  test('dead letters are listed, shown, and replayed to their consumer', async () => {
    expect(await run('dead-letters', 'list')).toBe('There are no dead letters.');
    const envelope = anEvent();
    const origin = { stream: 'SOUK_SHELF', sequence: 1 };
    await new DeadLetters(nats).add({
      consumer: 'mail.send',
      event: messageOf(envelope),
      error: new Error('no address'),
      origin,
    });
    const listed = await run('dead-letters', 'list', 'mail.send');
    expect(listed).toContain(`mail.send  shelf.shelf.counted ${envelope.event_id}  Error: no address`);
    expect(await run('dead-letters', 'list', 'mail.other')).toBe(
      'There are no dead letters of mail.other. Consumers with dead letters: mail.send.',
    );
    const number = listed.split(' ')[0] ?? '';
    expect(JSON.parse(await run('dead-letters', 'show', number))).toMatchObject({ consumer: 'mail.send', envelope });

    expect(await run('dead-letters', 'replay', 'all')).toContain('replayed');
    expect(await run('dead-letters', 'list')).toBe('There are no dead letters.');
    const replays = await nats.jetstream.consumers.get('SOUK_REPLAYS', 'mail_send_replays');
    const message = await until(() => replays.next({ expires: 1000 }));
    expect(message.json()).toEqual(envelope);
  });

  test('many dead letters are listed page by page', async () => {
    const letters = new DeadLetters(nats);
    const add = (consumer: string, sequence: number) =>
      letters.add({ consumer, event: messageOf(anEvent()), error: 'no', origin: { stream: 'SOUK_SHELF', sequence } });
    for (let index = 0; index < 5; index++) await add(index === 1 ? 'mail.other' : 'mail.send', 100 + index);
    const numbersIn = (text: string) => text.split('\n').map((line) => line.split('  ')[0]);
    const everything = numbersIn(await run('dead-letters', 'list'));
    expect(everything).toHaveLength(5);
    const pages: (string | undefined)[] = [];
    let page = await run('dead-letters', 'list', 'mail.send', '--limit', '3');
    expect(numbersIn(page)).toHaveLength(4);
    pages.push(...numbersIn(page).slice(0, 3));
    const [, next = ''] = /There are more: npm run events -- (.*)$/.exec(page) ?? [];
    page = await run(...next.split(' '));
    pages.push(...numbersIn(page));
    expect(pages).toEqual(everything.toSpliced(1, 1));
    expect(await run('dead-letters', 'list', '--after', '1000')).toBe('There are no dead letters after 1000.');
  });

  test('a letter without its consumer is kept, and the others are replayed', async () => {
    await expect(run('dead-letters', 'replay', 'all')).rejects.toThrow('No consumer exists for mail.other');
    expect(await run('dead-letters', 'list')).toMatch(/^\d+ .* mail\.other .*$/);
  });

  test('a broken letter hides no other letter, and its control characters are escaped', async () => {
    const hostile = '\u001b]0;owned\u0007\u202e';
    const publish = (text: string) => nats.jetstream.publish('souk.dead-letters.mail.send', text);
    const { seq } = await publish(`not json ${hostile}\nforged line`);
    await publish(JSON.stringify({ consumer: hostile, error: hostile, parkedAt: hostile, envelope: hostile }));
    const event = messageOf(anEvent());
    await new DeadLetters(nats).add({
      consumer: 'mail.send',
      event,
      error: 'no',
      origin: { stream: 'A', sequence: 1 },
    });
    const listed = await run('dead-letters', 'list', 'mail.send');
    const lines = listed.split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\d+  \d{4}-.*  mail\.send  not an event  The stored message is not a dead letter: /);
    expect(lines[1]).toContain('\\u{1b}]0;owned\\u{7}\\u{202e}');
    expect(lines[2]).toContain(event.envelope.event_id);
    const shown = await run('dead-letters', 'show', String(seq));
    expect(JSON.parse(shown.replaceAll('\\u{202e}', ''))).toMatchObject({ isBroken: true, consumer: 'mail.send' });
    const replayed = await run('dead-letters', 'replay', String(seq));
    expect(replayed).toContain('kept, broken');
    for (const text of [listed, shown, replayed]) expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test('an unknown letter and an unknown command are reported with the remedy', async () => {
    await expect(run('dead-letters', 'show', '99')).rejects.toThrow('There is no dead letter "99"');
    await expect(run('dead-letters', 'replay')).rejects.toThrow(
      'List the numbers: npm run events -- dead-letters list',
    );
    await expect(run('dead-letters', 'list', '--limit', 'many')).rejects.toThrow(
      '--limit many: must be a whole number',
    );
    await expect(run('migrate', '--prun')).rejects.toThrow(/Unknown option '--prun'[^]*Usage:/);
    await expect(run()).rejects.toThrow('Usage:');
  });
}

const messageOf = (envelope: EventEnvelope) => ({ body: JSON.stringify(envelope), signature: null, envelope });

function anEvent() {
  return {
    event_id: randomUUID(),
    event_type: 'shelf.shelf.counted',
    tenant_id: randomUUID(),
    aggregate_id: randomUUID(),
    timestamp: '2030-01-01T00:00:00.000Z',
    source: 'shelf',
    version: 1,
    data: {},
    metadata: { user_id: null, correlation_id: null },
  };
}
