import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { resolve } from 'node:path';
import type { HomePageLink } from './home-page.ts';
import { routeNotFound, sendProblem } from './problems.ts';
import { PAGE_HEADERS } from './security-headers.ts';

/** A web app: built files, with an `index.html` that every address of the app opens. */
export interface WebApp {
  /** URL path of the app, with a slash at both ends: `/dashboard/`. */
  readonly path: string;
  /** Folder of the built files. Those in `assets/` have names that change with their content. */
  readonly directory: string;
  /** The app's name on the home page. */
  readonly title: string;
  /** The app's purpose, on the home page. */
  readonly description: string;
  /**
   * Other origins that the app loads scripts and frames from, and sends requests to: a payment form.
   * @default none
   */
  readonly origins?: readonly string[];
  /**
   * Other origins that the app sends requests to: the store of uploaded files.
   * @default none
   */
  readonly requestOrigins?: readonly string[];
}

const ONE_YEAR = 'public, max-age=31536000, immutable';
const HAS_EXTENSION = /\.[a-z0-9]+$/i;

/**
 * Serves the apps. Assets are cached for a year, in the encoding that the client accepts, if the folder has it (`.br`, `.gz`).
 * Everything else is revalidated: a browser must not open an old `index.html`, which names assets that no longer exist.
 */
export function addWebApps(app: FastifyInstance, webApps: readonly WebApp[]): void {
  for (const webApp of webApps) void app.register(async (room) => addWebApp(room, webApp), { prefix: webApp.path });
}

/** The links of the apps on the home page. */
export function webAppLinks(webApps: readonly WebApp[]): readonly HomePageLink[] {
  return webApps.map(({ path, title, description }) => ({ href: path, label: title, description }));
}

function addWebApp(room: FastifyInstance, { directory, origins = [], requestOrigins = [] }: WebApp): void {
  const headers = { ...PAGE_HEADERS, 'content-security-policy': contentSecurityPolicy(origins, requestOrigins) };
  const root = resolve(directory);
  void room.register(serveStatic, {
    root,
    index: 'index.html',
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isAsset = path.startsWith(`${root}/assets/`);
      void reply.headers(headers).header('cache-control', isAsset ? ONE_YEAR : 'no-cache');
    },
  });
  // Without the slash, relative addresses of the page would lead elsewhere.
  room.get('/', (request, reply) => {
    const [path = '', query] = request.url.split('?');
    if (path.endsWith('/')) return reply.sendFile('index.html');
    return reply.redirect(query === undefined ? `${path}/` : `${path}/?${query}`);
  });
  room.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) =>
    opensPage(request) ? reply.sendFile('index.html') : sendProblem(reply, routeNotFound(request)),
  );
}

/** Whether the request is for a page of the app, which the app's own router shows. A missing file stays missing. */
function opensPage({ method, url }: FastifyRequest): boolean {
  const [path = ''] = url.split('?');
  return (method === 'GET' || method === 'HEAD') && !HAS_EXTENSION.test(path);
}

/**
 * Scripts come from this server and the named origins only. Positioned elements of the apps need inline styles. Merchants keep
 * pictures wherever they like.
 */
function contentSecurityPolicy(origins: readonly string[], requestOrigins: readonly string[]): string {
  const others = origins.map((origin) => ` ${origin}`).join('');
  return [
    "default-src 'none'",
    `script-src 'self'${others}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' http: https: data: blob:",
    `connect-src 'self'${others}${requestOrigins.map((origin) => ` ${origin}`).join('')}`,
    `frame-src${others || " 'none'"}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
