import { parseArgs } from 'node:util';
import { printable } from '@souk/deployment/start';
import { StartFailure } from '@souk/launcher/start-failure';
import { DeadLetters, type DeadLetter, type MigrationReport, type Nats } from '@souk/platform/nats';

/** What the command works on. */
export interface EventsCommandParts {
  readonly nats: Nats;
  readonly migrate: (prune: boolean) => Promise<MigrationReport>;
  readonly say: (line: string) => void;
}

const USAGE = `Usage:
  npm run events -- migrate [--prune]                  streams and consumers as this version declares them
  npm run events -- dead-letters list [consumer]       what consumers gave up on, the oldest first
      [--after <number>] [--limit <count>]             a page of it; 50 without --limit
  npm run events -- dead-letters show <number>         one of them whole
  npm run events -- dead-letters replay <number>       to the consumer that gave up on it
  npm run events -- dead-letters replay all [consumer]`;

const PAGE = 50;

/** `npm run events -- ...`. @throws StartFailure that says how it is used, or what there is not. */
export async function eventsCommand(parts: EventsCommandParts, args: readonly string[]): Promise<void> {
  const { positionals, values } = parsed(args);
  const [subject, action, which, consumer] = positionals;
  if (subject === 'migrate' && action === undefined) return migrate(parts, values.prune ?? false);
  if (subject !== 'dead-letters') throw new StartFailure(USAGE);
  const letters = new DeadLetters(parts.nats);
  if (!(await letters.exist()))
    throw new StartFailure('There are no streams yet: npm run events -- migrate makes them.');
  if (action === 'list') return list(parts, letters, which, values);
  if (action === 'show') return parts.say(textOf(await required(letters, which)));
  if (action === 'replay') return replay(parts, letters, which, consumer);
  throw new StartFailure(USAGE);
}

function parsed(args: readonly string[]) {
  const options = { prune: { type: 'boolean' }, after: { type: 'string' }, limit: { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new StartFailure(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

async function migrate({ migrate: run, say }: EventsCommandParts, prune: boolean): Promise<void> {
  const { created, updated, undeclared } = await run(prune);
  for (const name of created) say(`created ${name}`);
  for (const name of updated) say(`updated ${name}`);
  for (const name of undeclared) say(prune ? `deleted ${name}` : `nobody declares ${name}; --prune deletes it`);
  if (created.length + updated.length + undeclared.length === 0) say('Streams and consumers are up to date.');
}

async function list(
  { say }: EventsCommandParts,
  letters: DeadLetters,
  consumer: string | undefined,
  page: { readonly after?: string | undefined; readonly limit?: string | undefined },
): Promise<void> {
  const after = wholeNumber('--after', page.after) ?? 0;
  const limit = wholeNumber('--limit', page.limit) ?? PAGE;
  let last = after;
  let count = 0;
  for await (const letter of letters.list({ consumer, after })) {
    if (++count > limit) {
      const filter = consumer === undefined ? '' : ` ${consumer}`;
      return say(`There are more: npm run events -- dead-letters list${filter} --after ${last} --limit ${limit}`);
    }
    say(lineOf(letter));
    last = letter.sequence;
  }
  if (count === 0) say(await nothing(letters, consumer, after));
}

async function nothing(letters: DeadLetters, consumer: string | undefined, after: number): Promise<string> {
  const beyond = after > 0 ? ` after ${after}` : '';
  if (consumer === undefined) return `There are no dead letters${beyond}.`;
  const others = [...(await letters.counts()).keys()].filter((each) => each !== consumer);
  const hint = others.length > 0 ? ` There are some of ${others.join(', ')}.` : '';
  return printable(`There are no dead letters of ${consumer}${beyond}.${hint}`);
}

/** The number, the time, the consumer, the event, and the first line of the error. */
function lineOf({ sequence, parkedAt, consumer, envelope, error }: DeadLetter): string {
  const event = typeof envelope === 'string' ? 'no event' : `${envelope.event_type} ${envelope.event_id}`;
  return printable([sequence, parkedAt, consumer, event, error.split('\n')[0]].join('  '));
}

/** All of it: JSON whose lines are ours, since JSON escapes those of a text. */
function textOf(letter: DeadLetter): string {
  return JSON.stringify(letter, null, 2).split('\n').map(printable).join('\n');
}

async function replay(
  { say }: EventsCommandParts,
  letters: DeadLetters,
  which: string | undefined,
  consumer: string | undefined,
): Promise<void> {
  const chosen = which === 'all' ? await everything(letters, consumer) : [await required(letters, which)];
  if (chosen.length === 0) say(await nothing(letters, consumer, 0));
  const orphans = new Set<string>();
  for (const letter of chosen) {
    if (await letters.replay(letter)) say(`replayed ${lineOf(letter)}`);
    else if (letter.isBroken) say(`kept, because it is broken: ${lineOf(letter)}`);
    else orphans.add(printable(letter.consumer));
  }
  if (orphans.size === 0) return;
  throw new StartFailure(
    `Nobody reads for ${[...orphans].join(', ')}: these letters were kept. npm run events -- migrate makes the consumers that there are.`,
  );
}

/** All before the first is replayed: what fails again comes back as a new one. */
async function everything(letters: DeadLetters, consumer: string | undefined): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  for await (const letter of letters.list({ consumer })) found.push(letter);
  return found;
}

async function required(letters: DeadLetters, which: string | undefined): Promise<DeadLetter> {
  if (which === undefined) throw new StartFailure(`Which one? dead-letters list shows their numbers.\n\n${USAGE}`);
  const letter = /^[1-9]\d{0,14}$/.test(which) ? await letters.find(Number(which)) : null;
  if (letter) return letter;
  throw new StartFailure(
    `There is no dead letter "${which}". npm run events -- dead-letters list shows their numbers.`,
  );
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new StartFailure(`${name} ${text}: it must be a whole number`);
  return Number(text);
}
