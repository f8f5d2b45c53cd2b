import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { ruruHTML, type RuruClientConfig } from 'ruru/server';
import { getStaticFile } from 'ruru/static';

/** One tab that the playground opens with. It takes its title from the operation's name. */
export interface PlaygroundTab {
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
  /** JSON. Those of a subscription go into the socket's `connection_init`. */
  readonly headers?: string;
}

/** What the playground shows to who opens it for the first time; afterwards the browser remembers the user's own tabs. */
export interface PlaygroundOptions {
  readonly tabs: readonly PlaygroundTab[];
}

const ASSETS = '/playground/assets/';

/** `/playground`: ruru, with every file served from here; it works without internet. */
export function addPlayground(app: FastifyInstance, options: PlaygroundOptions): void {
  const page = playgroundPage(options);
  const policy = contentSecurityPolicy(page);
  app.get('/playground', async (_request, reply) =>
    reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page),
  );
  app.get(`${ASSETS}*`, async ({ url, headers }, reply) => {
    const file = await getStaticFile({
      staticPath: ASSETS,
      urlPath: url,
      acceptEncoding: headers['accept-encoding'],
      disallowDevAssets: true,
    });
    if (!file) return reply.callNotFound();
    if (headers['if-none-match'] === file.headers['etag']) return reply.code(304).send();
    return reply.headers(file.headers).header('cache-control', 'no-cache').send(file.content);
  });
}

function playgroundPage({ tabs }: PlaygroundOptions): string {
  return ruruHTML({
    staticPath: ASSETS, // without it, ruru loads itself from a CDN
    endpoint: '/graphql',
    subscriptionEndpoint: '/graphql',
    clientConfig: clientConfig(tabs),
    htmlParts: { titleTag: '<title>Souk playground</title>' },
  });
}

function clientConfig(tabs: readonly PlaygroundTab[]): RuruClientConfig {
  const config = { showPersistHeadersSettings: false, defaultEditorToolsVisibility: 'variables', defaultTabs: tabs };
  // Its types name only a part of what it hands to GraphiQL as it is, and none of that as optional.
  return config as unknown as RuruClientConfig;
}

/** Only the page's own inline scripts run, each named by its hash. The editor writes styles into the page. */
function contentSecurityPolicy(page: string): string {
  const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, body = '']) => body);
  const hashes = scripts.map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
