import { SharedRedis, type RedisServer } from '@souk/gateway';
import type { Logger } from '@souk/kit/runtime';

/** The gateway's connection to Redis, or null when no server is given. */
export function openRedis(server: RedisServer | null, logger: Logger): SharedRedis | null {
  return server && new SharedRedis({ ...server, logger });
}
