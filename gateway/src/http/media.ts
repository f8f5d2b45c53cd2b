import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';

/** Files that `/media` serves to every client. */
export interface MediaOptions {
  /** The directory of the files. Every file in it is public. A changed file gets a new name, because responses are cached. */
  readonly directory: string;
}

/**
 * Serves `/media/*`. Pages of other sites may embed the files. A content security policy prevents every file, including SVG, from running
 * scripts.
 */
export function addMedia(app: FastifyInstance, { directory }: MediaOptions): void {
  void app.register(serveStatic, {
    root: resolve(directory),
    prefix: '/media/',
    decorateReply: false,
    index: false,
    dotfiles: 'deny',
    immutable: true,
    maxAge: '365d',
    setHeaders: (reply) => {
      void reply.headers({
        'cross-origin-resource-policy': 'cross-origin',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      });
    },
  });
}
