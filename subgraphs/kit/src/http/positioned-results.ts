import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { RequestContext } from '../context/index.ts';

/** Where in an answer its position stands: an event's, or that of a subscription's beginning, in an answer without data. */
const POSITION = 'position';

type Results = AsyncGenerator<ExecutionResult, void, void>;

/**
 * As graphql-js' `subscribe`, and each result says where its event stands. The first result of a feed with positions has no event:
 * it says where the feed begins, so that a reader who loses it before the first event knows after what to resume.
 */
export async function subscribeWithPositions(args: ExecutionArgs): Promise<Results | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  return positioned(source, args);
}

function positioned(source: AsyncIterable<unknown>, args: ExecutionArgs): Results {
  const events = source[Symbol.asyncIterator]();
  let beginning = positionOf(source);
  // Asked for before the reader hears of the beginning: from then on nothing may be missed.
  let first: Promise<IteratorResult<unknown>> | null = beginning === null ? null : events.next();
  first?.catch(() => undefined); // whoever reads on is told
  const done = { done: true, value: undefined } as const;
  const results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      if (beginning !== null) {
        const value = { data: null, extensions: { [POSITION]: beginning } };
        beginning = null;
        return { done: false, value };
      }
      const event = await (first ?? events.next());
      first = null;
      return event.done ? done : { done: false, value: await resultOf(event.value, args) };
    },
    async return(): Promise<IteratorResult<ExecutionResult, void>> {
      await events.return?.();
      return done;
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

async function resultOf(event: unknown, args: ExecutionArgs): Promise<ExecutionResult> {
  // A new context each time: loaders hang on it, and yesterday's rows are not today's.
  const contextValue = { ...(args.contextValue as RequestContext) }; // what the server made
  const result = await execute({ ...args, rootValue: event, contextValue });
  const position = positionOf(event);
  return position === null ? result : { ...result, extensions: { ...result.extensions, [POSITION]: position } };
}

function positionOf(value: unknown): string | null {
  const has = typeof value === 'object' && value !== null && 'position' in value;
  return has && typeof value.position === 'string' ? value.position : null;
}
