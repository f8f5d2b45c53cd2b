import { createSourceEventStream, execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { RequestContext } from '../context/index.ts';
import { PositionLostError } from '../messaging/index.ts';

/** Where in an answer its position stands. */
const POSITION = 'position';

type Results = AsyncGenerator<ExecutionResult, void, void>;

const DONE = { done: true, value: undefined } as const;

/**
 * As graphql-js' `subscribe`, and each result says where its event stands. A result without data and errors is of no event: it
 * says up to where its reader has all, the first time where a feed begins, so that one who loses it before the first event knows
 * after what to resume. A feed that cannot be resumed ends with a result of errors alone.
 */
export async function subscribeWithPositions(args: ExecutionArgs): Promise<Results | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  return positioned(source, args);
}

/** The same for who knows of no positions: events alone. */
export async function subscribeToEvents(args: ExecutionArgs): Promise<Results | ExecutionResult> {
  const results = await subscribeWithPositions(args);
  if (!(Symbol.asyncIterator in results)) return results;
  const next = results.next.bind(results);
  return Object.assign(results, {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      for (;;) {
        const result = await next();
        if (result.done) return DONE;
        if (!isMarkResult(result.value)) return { done: false, value: withoutPosition(result.value) };
      }
    },
  });
}

/** Whether a result only says up to where its reader has all. */
export function isMarkResult({ data, errors, extensions }: ExecutionResult): boolean {
  return data === null && errors === undefined && typeof extensions?.[POSITION] === 'string';
}

function positioned(source: AsyncIterable<unknown>, args: ExecutionArgs): Results {
  const events = source[Symbol.asyncIterator]();
  let beginning = positionOf(source);
  // Asked for before the reader hears of the beginning: from then on nothing may be missed.
  let first: Promise<IteratorResult<unknown>> | null = beginning === null ? null : events.next();
  first?.catch(() => undefined); // whoever reads on is told
  const results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      if (beginning !== null) {
        const value = markAt(beginning);
        beginning = null;
        return { done: false, value };
      }
      const asked = first ?? events.next();
      first = null;
      return nextOf(asked, args);
    },
    async return(): Promise<IteratorResult<ExecutionResult, void>> {
      await events.return?.();
      return DONE;
    },
    async throw(error: unknown): Promise<never> {
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => results,
    [Symbol.asyncDispose]: async () => void (await results.return()),
  };
  return results;
}

async function nextOf(
  asked: Promise<IteratorResult<unknown>>,
  args: ExecutionArgs,
): Promise<IteratorResult<ExecutionResult, void>> {
  try {
    const event = await asked;
    return event.done ? DONE : { done: false, value: await resultOf(event.value, args) };
  } catch (error) {
    if (!(error instanceof PositionLostError)) throw error;
    return { done: false, value: { errors: [new GraphQLError(error.message, { originalError: error })] } };
  }
}

async function resultOf(event: unknown, args: ExecutionArgs): Promise<ExecutionResult> {
  const position = positionOf(event);
  if (position !== null && isMark(event)) return markAt(position);
  // A new context each time: loaders hang on it, and yesterday's rows are not today's.
  const contextValue = { ...(args.contextValue as RequestContext) }; // what the server made
  const result = await execute({ ...args, rootValue: event, contextValue });
  return position === null ? result : { ...result, extensions: { ...result.extensions, [POSITION]: position } };
}

function withoutPosition({ extensions, ...result }: ExecutionResult): ExecutionResult {
  const { [POSITION]: _position, ...others } = extensions ?? {};
  return Object.keys(others).length > 0 ? { ...result, extensions: others } : result;
}

function markAt(position: string): ExecutionResult {
  return { data: null, extensions: { [POSITION]: position } };
}

function isMark(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'isMark' in event && event.isMark === true;
}

function positionOf(value: unknown): string | null {
  const has = typeof value === 'object' && value !== null && 'position' in value;
  return has && typeof value.position === 'string' ? value.position : null;
}
