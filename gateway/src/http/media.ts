import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';

/** Public files. */
export interface MediaOptions {
  /** The directory. It contains public files only. The name of a file changes with its content. */
  readonly directory: string;
}

/** Serves `/media/*`. Pages of other sites may show the files. No file may run a script on this site, not even an SVG. */
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
