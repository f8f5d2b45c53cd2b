import { parseArgs } from 'node:util';
import { printable } from '@souk/deployment/start';
import { StartFailure } from '@souk/launcher/start-failure';
import { DeadLetters, type DeadLetter, type MigrationReport, type Nats } from '@souk/platform/nats';

/** The dependencies of `npm run events`. */
export interface EventsCommandDependencies {
  readonly nats: Nats;
  readonly migrate: (prune: boolean) => Promise<MigrationReport>;
  readonly say: (line: string) => void;
}

const USAGE = `Usage:
  npm run events -- migrate [--prune]                  streams and consumers as this version declares them
  npm run events -- dead-letters list [consumer]       events that failed every retry, the oldest first
      [--after <number>] [--limit <count>]             a page of it; 50 without --limit
  npm run events -- dead-letters show <number>         one dead letter with its event and error
  npm run events -- dead-letters replay <number>       deliver it again to the consumer that failed
  npm run events -- dead-letters replay all [consumer]`;

const PAGE = 50;

/**
 * Runs `npm run events -- ...`.
 * @throws StartFailure for wrong arguments (the message shows the usage) and for an unknown dead letter
 */
export async function eventsCommand(dependencies: EventsCommandDependencies, args: readonly string[]): Promise<void> {
  const { positionals, values } = parsed(args);
  const [subject, action, which, consumer] = positionals;
  if (subject === 'migrate' && action === undefined) return migrate(dependencies, values.prune ?? false);
  if (subject !== 'dead-letters') throw new StartFailure(USAGE);
  const letters = new DeadLetters(dependencies.nats);
  if (!(await letters.exist()))
    throw new StartFailure('The streams do not exist yet. Create them: npm run events -- migrate');
  if (action === 'list') return list(dependencies, letters, which, values);
  if (action === 'show') return dependencies.say(textOf(await required(letters, which)));
  if (action === 'replay') return replay(dependencies, letters, which, consumer);
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

async function migrate({ migrate: run, say }: EventsCommandDependencies, prune: boolean): Promise<void> {
  const { created, updated, undeclared } = await run(prune);
  for (const name of created) say(`created ${name}`);
  if (created.some((name) => name.startsWith('SOUK_') && !name.includes('/')))
    say(
      'Only `npm run serve -- migrate` publishes the last events of a lost stream again, and only when it creates the stream.',
    );
  for (const name of updated) say(`updated ${name}`);
  for (const name of undeclared) say(prune ? `deleted ${name}` : `undeclared ${name}; --prune deletes it`);
  if (created.length + updated.length + undeclared.length === 0) say('Streams and consumers are up to date.');
}

async function list(
  { say }: EventsCommandDependencies,
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
  const hint = others.length > 0 ? ` Consumers with dead letters: ${others.join(', ')}.` : '';
  return printable(`There are no dead letters of ${consumer}${beyond}.${hint}`);
}

/** Formats a dead letter as one line: its number, time, consumer, event, and the first line of its error. */
function lineOf({ sequence, parkedAt, consumer, envelope, error }: DeadLetter): string {
  const event = typeof envelope === 'string' ? 'not an event' : `${envelope.event_type} ${envelope.event_id}`;
  return printable([sequence, parkedAt, consumer, event, error.split('\n')[0]].join('  '));
}

/** Formats a complete dead letter as JSON, which escapes the line breaks in its texts. */
function textOf(letter: DeadLetter): string {
  return JSON.stringify(letter, null, 2).split('\n').map(printable).join('\n');
}

async function replay(
  { say }: EventsCommandDependencies,
  letters: DeadLetters,
  which: string | undefined,
  consumer: string | undefined,
): Promise<void> {
  const chosen = which === 'all' ? await everything(letters, consumer) : [await required(letters, which)];
  if (chosen.length === 0) say(await nothing(letters, consumer, 0));
  const orphans = new Set<string>();
  for (const letter of chosen) {
    if (await letters.replay(letter)) say(`replayed ${lineOf(letter)}`);
    else if (letter.isBroken) say(`kept, broken: ${lineOf(letter)}`);
    else orphans.add(printable(letter.consumer));
  }
  if (orphans.size === 0) return;
  throw new StartFailure(
    `No consumer exists for ${[...orphans].join(', ')}, so their letters were kept. Create the declared consumers: npm run events -- migrate`,
  );
}

/**
 * Reads all dead letters before the first replay. Otherwise an event that fails again would be replayed without end, as a new dead letter.
 */
async function everything(letters: DeadLetters, consumer: string | undefined): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  for await (const letter of letters.list({ consumer })) found.push(letter);
  return found;
}

async function required(letters: DeadLetters, which: string | undefined): Promise<DeadLetter> {
  if (which === undefined)
    throw new StartFailure(`The number is missing. List the numbers: npm run events -- dead-letters list\n\n${USAGE}`);
  const letter = /^[1-9]\d{0,14}$/.test(which) ? await letters.find(Number(which)) : null;
  if (letter) return letter;
  throw new StartFailure(`There is no dead letter "${which}". List the numbers: npm run events -- dead-letters list`);
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new StartFailure(`${name} ${text}: must be a whole number`);
  return Number(text);
}
