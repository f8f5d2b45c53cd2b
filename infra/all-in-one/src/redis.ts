import { SharedRedis } from '@souk/gateway';
import type { Logger } from '@souk/kit/runtime';

/** The gateway's connection to Redis; null without one. @param password instead of the one in `url`. */
export function openRedis(url: string | null, logger: Logger, password: string | null = null): SharedRedis | null {
  return url === null ? null : new SharedRedis({ url, password, logger });
}
