import { X509Certificate } from 'node:crypto';
import type { RedisServer } from '@souk/gateway';
import type { z } from 'zod';
import { optional, secretFile, serverUrl } from '../variables.ts';

const EXAMPLE =
  'redis://127.0.0.1:6379, or rediss:// with TLS; leave it out to keep the state in the memory of each gateway';

const url = serverUrl(/^rediss?$/, EXAMPLE).refine(
  (text) => !URL.canParse(text) || new URL(text).password === '',
  'must have no password: put it into the file that REDIS_PASSWORD_FILE names',
);

/** The environment variables with the address and the login of Redis. */
export const redisVariables = {
  REDIS_URL: optional(url),
  REDIS_CACHE_URL: optional(url),
  REDIS_PASSWORD_FILE: optional(secretFile('the password of Redis')),
  REDIS_CA_FILE: optional(
    secretFile('the certificate authorities (PEM) of Redis', (text) => new X509Certificate(text)),
  ),
};

/**
 * The connection settings of the two Redis servers: one for shared state, one for cached responses. The servers share a password and a CA.
 */
export function redisServers(read: z.infer<z.ZodObject<typeof redisVariables>>) {
  const { REDIS_URL, REDIS_CACHE_URL, REDIS_PASSWORD_FILE, REDIS_CA_FILE } = read;
  const server = (url: string | null): RedisServer | null =>
    url === null ? null : { url, password: REDIS_PASSWORD_FILE, ca: REDIS_CA_FILE };
  return { redis: server(REDIS_URL), redisCache: server(REDIS_CACHE_URL) };
}
