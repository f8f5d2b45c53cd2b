import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { resolve } from 'node:path';
import type { HomePageLink } from './home-page.ts';
import { routeNotFound, sendProblem } from './problems.ts';
import { PAGE_HEADERS } from './security-headers.ts';

/** A web app: built files with an `index.html`, which the server sends for every page of the app. */
export interface WebApp {
  /** URL path of the app, with a slash at both ends: `/dashboard/`. */
  readonly path: string;
  /** The folder of the built files. The names of files in `assets/` change with their content. */
  readonly directory: string;
  readonly title: string;
  /** A short text about the app, for the home page. */
  readonly description: string;
  /**
   * Other origins from which the app loads scripts and frames, and to which it sends requests. Example: the payment provider's form.
   * @default none
   */
  readonly origins?: readonly string[];
  /**
   * Other origins to which the app sends requests. Example: the object storage of uploaded files.
   * @default none
   */
  readonly requestOrigins?: readonly string[];
}

const ONE_YEAR = 'public, max-age=31536000, immutable';
const HAS_EXTENSION = /\.[a-z0-9]+$/i;

/**
 * Serves the apps. Assets are cached for a year. An asset is sent compressed when the client accepts compression and
 * the folder has the compressed file (`.br`, `.gz`). Every other file is revalidated, because an old `index.html`
 * contains names of assets that no longer exist.
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
  // Without the trailing slash, browsers would resolve the page's relative URLs against the parent path.
  room.get('/', (request, reply) => {
    const [path = '', query] = request.url.split('?');
    if (path.endsWith('/')) return reply.sendFile('index.html');
    return reply.redirect(query === undefined ? `${path}/` : `${path}/?${query}`);
  });
  room.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) =>
    opensPage(request) ? reply.sendFile('index.html') : sendProblem(reply, routeNotFound(request)),
  );
}

/**
 * Whether the request is for a page, which the app's router in the browser shows. A path with a file extension gets a
 * 404, because existing files are sent before this check.
 */
function opensPage({ method, url }: FastifyRequest): boolean {
  const [path = ''] = url.split('?');
  return (method === 'GET' || method === 'HEAD') && !HAS_EXTENSION.test(path);
}

/**
 * Scripts may come only from this server and the given origins. The apps position elements with inline styles. Merchants may host pictures
 * on any server.
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
