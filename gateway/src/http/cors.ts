import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { originPatterns, type Origins } from './origins.ts';

/** What a page of another origin may read besides the body. */
const EXPOSED = ['ETag', 'Age', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'X-Request-ID', 'X-Correlation-ID'];

/** How long a browser remembers what it may do, in seconds: the most that Chromium keeps. */
const REMEMBERED_SECONDS = 7200;

/** Lets pages of these origins call the routes of the app. Tokens come in a header that a page sets, so cookies are never asked for. */
export async function addCors(app: FastifyInstance, origins: Origins): Promise<void> {
  await app.register(cors, {
    origin: originPatterns(origins),
    methods: ['GET', 'POST'],
    exposedHeaders: EXPOSED,
    maxAge: REMEMBERED_SECONDS,
    hideOptionsRoute: true,
  });
}
