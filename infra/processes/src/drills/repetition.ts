import { randomUUID } from 'node:crypto';
import type { Nats } from '@souk/platform/nats';
import { headers, type JsMsg, type Msg, type MsgHdrs } from 'nats';
import type { Ground, UnderLoad } from './drill.ts';

const STREAMS = ['SOUK_ORDERS', 'SOUK_INVENTORY', 'SOUK_PAYMENTS', 'SOUK_ACCOUNTS', 'SOUK_CATALOG'];
/** The number of events of each stream that are published again. */
const AGAIN = 300;
const WHILE = { ms: 3000, requests: 60 };

/**
 * Publishes the newest events of every stream again, in reverse order. The message ids are new, so NATS stores the events, and consumers
 * must detect the duplicates.
 */
export async function eventsAgain({ nats }: Pick<Ground, 'nats'>, under: UnderLoad): Promise<void> {
  for (const stream of STREAMS) {
    for (const { subject, data, headers: head } of (await newestOf(nats, stream)).toReversed()) {
      await nats.jetstream.publish(subject, data, { msgID: randomUUID(), headers: copyOf(head) });
    }
  }
  await under.lasting(WHILE.ms, WHILE.requests);
}

/** Sends every command of the load two more times, after a random delay and without waiting for the reply. */
export async function commandsTwice({ nats }: Pick<Ground, 'nats'>, under: UnderLoad): Promise<void> {
  const { connection } = nats;
  const subscription = connection.subscribe('souk.commands.>', {
    callback: (_error, message) => {
      if (message.headers?.has(REPEATED)) return;
      for (const delayMs of [0, 200 + Math.random() * 800]) setTimeout(() => repeat(nats, message), delayMs);
    },
  });
  await under.lasting(WHILE.ms, WHILE.requests);
  subscription.unsubscribe();
}

const REPEATED = 'Drill-Repeated';
/** Prefix of the headers with which NATS detects duplicates and checks the order of events. */
const OF_THE_SERVER = 'Nats-';

function repeat({ connection }: Nats, { subject, data, headers: head }: Msg): void {
  const copy = copyOf(head);
  copy.set(REPEATED, '1');
  connection.publish(subject, data, { headers: copy });
}

function copyOf(head: MsgHdrs | undefined): MsgHdrs {
  const copy = headers();
  for (const [name, values] of head ?? []) {
    if (!name.startsWith(OF_THE_SERVER)) for (const value of values) copy.append(name, value);
  }
  return copy;
}

type StoredEvent = Pick<JsMsg, 'subject' | 'data' | 'headers'>;

async function newestOf({ connection, jetstream }: Nats, stream: string): Promise<StoredEvent[]> {
  const manager = await connection.jetstreamManager();
  const { state } = await manager.streams.info(stream);
  const first = Math.max(state.first_seq, state.last_seq - AGAIN + 1);
  const found: StoredEvent[] = [];
  if (state.messages === 0) return found;
  const reader = await jetstream.consumers.get(stream, { opt_start_seq: first });
  for await (const message of await reader.consume()) {
    found.push(message);
    if (message.seq >= state.last_seq) break;
  }
  return found;
}
