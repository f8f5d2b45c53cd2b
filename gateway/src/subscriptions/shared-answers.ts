import type { ExecutionResult } from 'graphql';
import { SharedAnswer } from './shared-answer.ts';
import type { Opened, StreamSource } from './shared-stream.ts';

/** Results as answers that many can be sent. */
export function sharedAnswers(results: StreamSource<ExecutionResult>): StreamSource<SharedAnswer> {
  return {
    open: async () => sharedItems(await results.open()),
    failed: (error) => new SharedAnswer(results.failed(error)),
  };
}

function sharedItems(opened: Opened<ExecutionResult>): Opened<SharedAnswer> {
  if ('refusal' in opened) return { refusal: new SharedAnswer(opened.refusal) };
  const { items } = opened;
  return {
    items: {
      next: async () => {
        const next = await items.next();
        return next.done ? { done: true, value: undefined } : { done: false, value: new SharedAnswer(next.value) };
      },
      return: async () => {
        await items.return?.();
        return { done: true, value: undefined };
      },
    },
  };
}
