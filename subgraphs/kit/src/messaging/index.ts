export * from './event-bus.ts';
export { EventFeeds } from './event-feeds.ts';
export * from './in-process-commands.ts';
export * from './in-process-event-bus.ts';
