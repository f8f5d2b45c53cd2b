import { X509Certificate } from 'node:crypto';
import type { RedisServer } from '@souk/gateway';
import type { z } from 'zod';
import { optional, secretFile, serverUrl } from '../variables.ts';

const EXAMPLE =
  'redis://127.0.0.1:6379, or rediss:// for one with TLS; leave it out, and each gateway keeps everything by itself';

const url = serverUrl(/^rediss?$/, EXAMPLE).refine(
  (text) => !URL.canParse(text) || new URL(text).password === '',
  'must have no password in it: it stands in the file that REDIS_PASSWORD_FILE names',
);

/** Where Redis is and how to get in. */
export const redisVariables = {
  REDIS_URL: optional(url),
  REDIS_CACHE_URL: optional(url),
  REDIS_PASSWORD_FILE: optional(secretFile('the password of Redis')),
  REDIS_CA_FILE: optional(
    secretFile('the certificates (PEM) of who signed that of Redis', (text) => new X509Certificate(text)),
  ),
};

/** The servers that the variables name. Both use the same password and the same CA. */
export function redisServers(read: z.infer<z.ZodObject<typeof redisVariables>>) {
  const { REDIS_URL, REDIS_CACHE_URL, REDIS_PASSWORD_FILE, REDIS_CA_FILE } = read;
  const server = (url: string | null): RedisServer | null =>
    url === null ? null : { url, password: REDIS_PASSWORD_FILE, ca: REDIS_CA_FILE };
  return { redis: server(REDIS_URL), redisCache: server(REDIS_CACHE_URL) };
}
