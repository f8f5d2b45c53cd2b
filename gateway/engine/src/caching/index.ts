export { readCacheHints } from './cache-hints.ts';
export { type CachePolicy, cachePolicy } from './cache-policy.ts';
