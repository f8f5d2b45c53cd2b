import { Redis } from 'ioredis';
import type { Logger } from '@souk/kit/runtime';

/** Waits no longer than a reader would notice: what Redis holds can be made anew. */
const PATIENCE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

/** A connection that fails at once while Redis is away, comes back by itself, and says so in the log once each time. */
export function openRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE_MS,
    connectTimeout: LONGEST_PAUSE_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_PAUSE_MS),
  });
  let isAway = false;
  redis.on('error', (error) => {
    if (!isAway) logger.warn({ error }, 'Redis cannot be reached: answers are not kept until it can');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.info('Redis can be reached again');
    isAway = false;
  });
  return redis;
}
