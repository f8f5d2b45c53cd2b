import { StartFailure } from '@souk/all-in-one/start';
import { DeadLetters, migrateTopology, type DeadLetter, type Nats, type Topology } from '@souk/kit/nats';

/** What the command works on. */
export interface EventsCommandParts {
  readonly nats: Nats;
  readonly topology: () => Promise<Topology>;
  readonly say: (line: string) => void;
}

const USAGE = `Usage:
  npm run events -- migrate [--prune]                  streams and consumers as this version declares them
  npm run events -- dead-letters list [consumer]       what consumers gave up on
  npm run events -- dead-letters show <number>         one of them whole
  npm run events -- dead-letters replay <number>|all   to the consumer that gave up on it`;

/** `npm run events -- ...`. @throws StartFailure that says how it is used, or what there is not. */
export async function eventsCommand(parts: EventsCommandParts, args: readonly string[]): Promise<void> {
  const [subject, action, ...rest] = args;
  if (subject === 'migrate') return migrate(parts, args.includes('--prune'));
  if (subject !== 'dead-letters') throw new StartFailure(USAGE);
  const letters = new DeadLetters(parts.nats);
  const [which = ''] = rest;
  if (action === 'list') return list(parts, letters, which || undefined);
  if (action === 'show') return parts.say(JSON.stringify(await required(letters, which), null, 2));
  if (action === 'replay') return replay(parts, letters, which);
  throw new StartFailure(USAGE);
}

async function migrate({ nats, topology, say }: EventsCommandParts, prune: boolean): Promise<void> {
  const { created, updated, undeclared } = await migrateTopology(nats, await topology(), prune);
  for (const name of created) say(`created ${name}`);
  for (const name of updated) say(`updated ${name}`);
  for (const name of undeclared) say(prune ? `deleted ${name}` : `nobody declares ${name}; --prune deletes it`);
  if (created.length + updated.length + undeclared.length === 0) say('Streams and consumers are up to date.');
}

async function list({ say }: EventsCommandParts, letters: DeadLetters, consumer: string | undefined): Promise<void> {
  let count = 0;
  for await (const letter of letters.list(consumer)) {
    count += 1;
    say(lineOf(letter));
  }
  if (count === 0) say('There are no dead letters.');
}

/** The number, the time, the consumer, the event, and the first line of the error. */
function lineOf({ sequence, parkedAt, consumer, envelope, error }: DeadLetter): string {
  const event = typeof envelope === 'string' ? 'no event' : `${envelope.event_type} ${envelope.event_id}`;
  return [sequence, parkedAt, consumer, event, error.split('\n')[0]].join('  ');
}

async function replay({ say }: EventsCommandParts, letters: DeadLetters, which: string): Promise<void> {
  const chosen = which === 'all' ? await everything(letters) : [await required(letters, which)];
  for (const letter of chosen) {
    await letters.replay(letter);
    say(`replayed ${lineOf(letter)}`);
  }
}

/** All before the first is replayed: what fails again comes back as a new one. */
async function everything(letters: DeadLetters): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  for await (const letter of letters.list()) found.push(letter);
  return found;
}

async function required(letters: DeadLetters, which: string): Promise<DeadLetter> {
  const letter = /^[1-9]\d*$/.test(which) ? await letters.find(Number(which)) : null;
  if (letter) return letter;
  throw new StartFailure(
    `There is no dead letter "${which}". npm run events -- dead-letters list shows their numbers.`,
  );
}
