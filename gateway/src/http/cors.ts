import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { originPatterns, type Origins } from './origins.ts';

/** Response headers that a page of another origin may read. */
const EXPOSED = ['ETag', 'Age', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'X-Request-ID', 'X-Correlation-ID'];

/** How long a browser caches a preflight answer: Chromium's maximum, in seconds. */
const REMEMBERED_SECONDS = 7200;

/**
 * Lets pages of these origins call the app's routes. Cookies are not allowed, because pages send tokens in a header.
 */
export async function addCors(app: FastifyInstance, origins: Origins): Promise<void> {
  await app.register(cors, {
    origin: originPatterns(origins),
    methods: ['GET', 'POST'],
    exposedHeaders: EXPOSED,
    maxAge: REMEMBERED_SECONDS,
    hideOptionsRoute: true,
  });
}
