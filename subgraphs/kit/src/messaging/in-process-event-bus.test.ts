import { expect, test } from '@jest/globals';
import { InProcessEventBus } from './index.ts';
import { bells, listener, ring, timesOf } from './testing/bells.ts';
import { describeEventBus, RETRY_DELAYS_MS } from './testing/event-bus-contract.ts';

const quietBus = () => new InProcessEventBus({ retryDelaysMs: RETRY_DELAYS_MS, onError: () => undefined });

describeEventBus('the bus of one process', async () => ({
  open: async () => quietBus(),
  parked: async ({ parked }) => parked,
  close: async () => undefined,
}));

test('publish resolves when every consumer has handled the events', async () => {
  const clock = bells();
  const bus = quietBus();
  const one = listener([clock.Rang]);
  bus.consume(one.consumer);
  await bus.publish([1, 2, 3].map((times) => ring(clock.Rang, { times })));
  expect(one.handled.map(timesOf)).toEqual([1, 2, 3]);
});
