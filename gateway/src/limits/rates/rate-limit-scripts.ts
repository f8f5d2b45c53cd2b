import { RedisScript } from '../../redis/redis-script.ts';

/**
 * The rules of `sliding-window.ts` and `bucket.ts` in Lua. A test compares both implementations.
 *
 * A window is a Redis hash with the fields `start`, `taken` and `before`. A bucket is a hash with `level` and `at`. A
 * key expires when the script would decide the same without the key.
 *
 * ARGV[1] is the time in milliseconds. When ARGV[1] is empty, the script reads Redis' clock, which is the same for all
 * gateways. Four values follow for each key in KEYS:
 * 1. the kind
 * 2. the limit of a window, or the capacity of a bucket
 * 3. the length of a window in milliseconds, or the points that a bucket regains per second
 * 4. the points to take
 */
const RULES = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + time[2] / 1000
end

local function exact(number)
  return string.format('%.17g', number)
end

local function argument(i, n)
  return tonumber(ARGV[(i - 1) * 4 + 2 + n])
end

local function takeFromWindow(key, limit, length, points)
  local start = now - math.fmod(now, length)
  local known = redis.call('HMGET', key, 'start', 'taken', 'before')
  local taken, before = 0, 0
  if known[1] and start - known[1] <= length then
    if tonumber(known[1]) == start then
      taken, before = tonumber(known[2]), tonumber(known[3])
    else
      before = tonumber(known[2])
    end
  end
  local reached = taken + before * (1 - (now - start) / length)
  if reached + points > limit then
    local room = limit - points
    local wait
    if room < 0 then
      wait = 'never'
    elseif taken <= room then
      wait = exact(start + length * (1 - (room - taken) / before) - now)
    else
      wait = exact(start + length + length * (1 - room / taken) - now)
    end
    return false, math.max(0, math.floor(limit - reached)), wait
  end
  return { 'start', exact(start), 'taken', exact(taken + points), 'before', exact(before) },
    math.floor(limit - reached - points), length * 2
end

local function takeFromBucket(key, capacity, restored, points)
  local known = redis.call('HMGET', key, 'level', 'at')
  local level = capacity
  if known[1] then
    level = math.min(capacity, known[1] + math.max(0, now - known[2]) / 1000 * restored)
  end
  if points > level then
    local wait = 'never'
    if points <= capacity then
      wait = exact((points - level) / restored * 1000)
    end
    return false, math.floor(level), wait
  end
  local left = level - points
  return { 'level', exact(left), 'at', exact(now) }, math.floor(left), (capacity - left) / restored * 1000
end

local function take(i, key)
  if ARGV[(i - 1) * 4 + 2] == 'WINDOW' then
    return takeFromWindow(key, argument(i, 1), argument(i, 2), argument(i, 3))
  end
  return takeFromBucket(key, argument(i, 1), argument(i, 2), argument(i, 3))
end
`;

/**
 * Takes points from all counters or from none. Returns `{ 0, remaining points of the last counter }` for a success. For a refusal returns
 * `{ index of the first counter without enough points, from 1; remaining points; milliseconds to wait or 'never' }`.
 */
export const TAKE = new RedisScript(`${RULES}
local counts, lives, remaining = {}, {}, 0
for i, key in ipairs(KEYS) do
  local count, left, life = take(i, key)
  if not count then
    return { i, left, life }
  end
  counts[i], lives[i], remaining = count, life, left
end
for i, key in ipairs(KEYS) do
  redis.call('HSET', key, unpack(counts[i]))
  redis.call('PEXPIRE', key, math.ceil(lives[i]) + 1)
end
return { 0, remaining }
`);

/** Gives points back. A missing counter has all its points already, so the script does not create it. */
export const GIVE_BACK = new RedisScript(`${RULES}
for i, key in ipairs(KEYS) do
  local taken, level = unpack(redis.call('HMGET', key, 'taken', 'level'))
  if taken then
    redis.call('HSET', key, 'taken', exact(math.max(0, taken - argument(i, 3))))
  elseif level then
    redis.call('HSET', key, 'level', exact(math.min(argument(i, 1), level + argument(i, 3))))
  end
end
return true
`);
