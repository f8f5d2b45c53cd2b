import { createSourceEventStream, execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { RequestContext } from '../context/index.ts';
import { PositionLostError } from '../messaging/index.ts';

/** The key in `extensions` that contains the position. */
const POSITION = 'position';

type Results = AsyncGenerator<ExecutionResult, void, void>;

const DONE = { done: true, value: undefined } as const;

/**
 * Subscribes as graphql-js' `subscribe` does, and puts the position of the event into each result. A result without data and errors is a
 * checkpoint: the reader has all events up to its position. The first result is a checkpoint at the beginning of the feed, from which a
 * reader can resume before it has received an event. A feed that cannot be resumed ends with a result that contains only errors.
 */
export async function subscribeWithPositions(args: ExecutionArgs): Promise<Results | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  return positioned(source, args);
}

/** Subscribes like `subscribeWithPositions`, but without checkpoints and without positions in the results. */
export async function subscribeToEvents(args: ExecutionArgs): Promise<Results | ExecutionResult> {
  const results = await subscribeWithPositions(args);
  if (!(Symbol.asyncIterator in results)) return results;
  const next = results.next.bind(results);
  return Object.assign(results, {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      for (;;) {
        const result = await next();
        if (result.done) return DONE;
        if (!isCheckpointResult(result.value)) return { done: false, value: withoutPosition(result.value) };
      }
    },
  });
}

/** Whether a result is a checkpoint: a position without data and errors. */
export function isCheckpointResult({ data, errors, extensions }: ExecutionResult): boolean {
  return data === null && errors === undefined && typeof extensions?.[POSITION] === 'string';
}

function positioned(source: AsyncIterable<unknown>, args: ExecutionArgs): Results {
  const events = source[Symbol.asyncIterator]();
  let beginning = positionOf(source);
  // The first event is requested before the first checkpoint is delivered. Otherwise the reader could miss an event after the checkpoint.
  let first: Promise<IteratorResult<unknown>> | null = beginning === null ? null : events.next();
  first?.catch(() => undefined); // the next read rejects with the same error
  const results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      if (beginning !== null) {
        const value = checkpointAt(beginning);
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
  if (position !== null && isCheckpoint(event)) return checkpointAt(position);
  // Each event gets a new context, because the cache of a loader lives as long as the context, and rows may have changed.
  const contextValue = { ...(args.contextValue as RequestContext) }; // set by the server
  const result = await execute({ ...args, rootValue: event, contextValue });
  return position === null ? result : { ...result, extensions: { ...result.extensions, [POSITION]: position } };
}

function withoutPosition({ extensions, ...result }: ExecutionResult): ExecutionResult {
  const { [POSITION]: _position, ...others } = extensions ?? {};
  return Object.keys(others).length > 0 ? { ...result, extensions: others } : result;
}

function checkpointAt(position: string): ExecutionResult {
  return { data: null, extensions: { [POSITION]: position } };
}

function isCheckpoint(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'isCheckpoint' in event && event.isCheckpoint === true;
}

function positionOf(value: unknown): string | null {
  const has = typeof value === 'object' && value !== null && 'position' in value;
  return has && typeof value.position === 'string' ? value.position : null;
}
