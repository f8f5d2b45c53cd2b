import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { rememberedTabsScript } from './remembered-tabs.ts';
import { isLocal } from '../http/local-request.ts';
import { PAGE_HEADERS } from '../http/security-headers.ts';
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
  /** Of tabs that have none of their own. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who opens the playground. */
export interface PlaygroundVisit {
  /** From this machine, and forwarded by nobody: a proxy here speaks for the internet. Secrets are for these alone. */
  readonly isLocal: boolean;
}

/** The same each time, or made anew for each visit: a token in it must not be an old one. */
export type PlaygroundChoice = PlaygroundOptions | ((visit: PlaygroundVisit) => Promise<PlaygroundOptions>);

const ASSETS = '/playground/assets/';

/** `/playground`: ruru, with every file served from here; it works without internet. */
export function addPlayground(app: FastifyInstance, choice: PlaygroundChoice): void {
  app.get('/playground', async (request, reply) => {
    const visit = { isLocal: isLocal(request.raw) };
    const page = playgroundPage(typeof choice === 'function' ? await choice(visit) : choice);
    return reply
      .headers({ ...PAGE_HEADERS, 'content-security-policy': contentSecurityPolicy(page), 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(page);
  });
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

function playgroundPage(options: PlaygroundOptions): string {
  return ruruHTML({
    staticPath: ASSETS, // without it, ruru loads itself from a CDN
    endpoint: '/graphql',
    subscriptionEndpoint: '/graphql',
    clientConfig: clientConfig(options),
    htmlParts: {
      titleTag: '<title>Souk playground</title>',
      headerScripts: (scripts) => `${scripts}<script>${rememberedTabsScript(options.tabs)}</script>`,
    },
  });
}

function clientConfig({ tabs, headers }: PlaygroundOptions): RuruClientConfig {
  const config = {
    showPersistHeadersSettings: false,
    defaultEditorToolsVisibility: 'variables',
    defaultTabs: tabs,
    ...(headers && { defaultHeaders: JSON.stringify(headers, null, 2) }),
  };
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
