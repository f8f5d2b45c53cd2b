import { RedisScript } from '../redis/redis-script.ts';

/**
 * The epoch, from KEYS[1]. A Redis that has lost it begins with its clock, in microseconds: later than every epoch that anybody
 * still holds, so that what was begun before the loss is older than every tag that is set after it.
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

/** KEYS: the epoch. Returns it. */
export const READ_EPOCH = new RedisScript(`${EPOCH}
return epoch()
`);

/**
 * KEYS: the epoch, the response, its tags. ARGV: the response, how long it lives, and how long tags do, in seconds. A tag that is not
 * there may have been lost with an invalidation: it is as if that had happened just now.
 */
export const KEEP = new RedisScript(`${EPOCH}
for i = 3, #KEYS do
  redis.call('SET', KEYS[i], epoch(), 'EX', ARGV[3], 'NX')
end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
return true
`);

/**
 * KEYS: the epoch, the tags. ARGV: how long tags live, in seconds. The epoch goes up with them: what is read after it has been raised
 * is read from a database that has changed already.
 */
export const INVALIDATE = new RedisScript(`${EPOCH}
epoch()
redis.call('INCR', KEYS[1])
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], epoch(), 'EX', ARGV[1])
end
return true
`);
