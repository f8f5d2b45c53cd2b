import { RedisScript } from '../redis/redis-script.ts';

/**
 * Lua that reads the epoch in KEYS[1]. When Redis has lost the epoch, the new epoch is Redis' clock in microseconds.
 * The new epoch is later than every epoch that a gateway holds. A tag that is invalidated after the loss is therefore
 * newer than every response that began before the loss.
 */
const EPOCH = `
local function epoch()
  local known = redis.call('GET', KEYS[1])
  if known then
    return known
  end
  local time = redis.call('TIME')
  local first = string.format('%.0f', time[1] * 1000000 + time[2])
  redis.call('SET', KEYS[1], first)
  return first
end
`;

/** Reads the epoch. KEYS: the epoch. */
export const READ_EPOCH = new RedisScript(`${EPOCH}
return epoch()
`);

/**
 * Stores a response. KEYS: the epoch, the response, its tags. ARGV: the response, its lifetime, and the lifetime of tags, in seconds. A
 * missing tag may have been lost together with an invalidation, so the script treats the tag as invalidated just now.
 */
export const KEEP = new RedisScript(`${EPOCH}
for i = 3, #KEYS do
  redis.call('SET', KEYS[i], epoch(), 'EX', ARGV[3], 'NX')
end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
return true
`);

/**
 * Invalidates tags, and increments the epoch. KEYS: the epoch, the tags. ARGV: the lifetime of tags in seconds. Call it
 * after the data has changed. An answer that begins with the new epoch then contains the change.
 */
export const INVALIDATE = new RedisScript(`${EPOCH}
epoch()
redis.call('INCR', KEYS[1])
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], epoch(), 'EX', ARGV[1])
end
return true
`);
