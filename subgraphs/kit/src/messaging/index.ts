export * from './event-bus.ts';
export { EventFeeds, REMEMBERED_EVENTS, type EventPosition } from './event-feeds.ts';
export * from './in-process-commands.ts';
export * from './in-process-event-bus.ts';
