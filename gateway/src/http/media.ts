import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';

/** Files that anybody may read. */
export interface MediaOptions {
  /** Holds public files only, each under a name that changes with its content. */
  readonly directory: string;
}

/** `/media/*`. Other sites may show these files; none of them may run a script here, an SVG neither. */
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
