export * from './event-bus.ts';
export { EventFeeds, REMEMBERED_EVENTS, type EventPosition } from './event-feeds.ts';
export { PositionLostError, readPosition, writePosition, type FeedPosition } from './feed-position.ts';
export * from './in-process-commands.ts';
export * from './in-process-event-bus.ts';
export type { HistoryStart } from './recent-events.ts';
