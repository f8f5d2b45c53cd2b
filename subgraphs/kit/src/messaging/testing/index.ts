export { bells, type Bells, CLOCK, listener, type Listener, ring, TENANT, timesOf } from './bells.ts';
export { type CommandsUnderTest, anySeal, describeCommands, doubling } from './commands-contract.ts';
export { describeEventBus, type EventBusUnderTest, RETRY_DELAYS_MS } from './event-bus-contract.ts';
