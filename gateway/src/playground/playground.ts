import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { rememberedTabsScript } from './remembered-tabs.ts';
import { escapeHtml } from '../http/escape-html.ts';
import { PAGE_HEADERS } from '../http/security-headers.ts';
import { PLAYGROUND_STYLE, topBar } from './playground-page.ts';
import { isOperator } from './playground-visit.ts';
import { ruruHTML, type RuruClientConfig } from 'ruru/server';
import { getStaticFile } from 'ruru/static';

/** A tab of the playground. GraphiQL shows the operation's name as the tab's title. */
export interface PlaygroundTab {
  readonly query: string;
  /** The variables as JSON text. */
  readonly variables?: string;
  /** The headers as JSON text. The headers of a subscription go into the socket's `connection_init`. */
  readonly headers?: string;
}

/** The playground's content at the first visit. Afterwards the browser remembers the user's tabs. */
export interface PlaygroundOptions {
  readonly tabs: readonly PlaygroundTab[];
  /**
   * The headers of tabs without headers.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * A sentence above the tabs.
   * @default none
   */
  readonly notice?: string;
}

/** Describes who opens the playground page, which determines the content that the page may show. */
export interface PlaygroundVisit {
  /** Whether the operator opened the printed link on this machine. Only the operator may see secrets. */
  readonly isOperator: boolean;
}

/** A playground whose content is created for each visit, because the content may hold a token. */
export interface VisitedPlayground {
  /** A random key. The operator opens the link `/playground?key=` with this key. */
  readonly key: string;
  open(visit: PlaygroundVisit): Promise<PlaygroundOptions>;
}

/** The same playground for all visits, or a playground that is created for each visit. */
export type PlaygroundChoice = PlaygroundOptions | VisitedPlayground;

/** Facts about the server that shows the playground. */
export interface PlaygroundPlace {
  readonly title: string;
  /** Whether the server is behind proxies. No request then counts as local, because the proxy may run on this machine. */
  readonly behindProxies: boolean;
}

const ASSETS = '/playground/assets/';

/** Serves ruru (the GraphiQL page) at `/playground` with all of its files, so the page works without internet. */
export function addPlayground(app: FastifyInstance, choice: PlaygroundChoice, place: PlaygroundPlace): void {
  app.get('/playground', async (request, reply) => {
    const page = playgroundPage(await optionsFor(request, choice, place), place.title);
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

async function optionsFor(
  { raw, query }: FastifyRequest,
  choice: PlaygroundChoice,
  { behindProxies }: PlaygroundPlace,
): Promise<PlaygroundOptions> {
  if (!('open' in choice)) return choice;
  // The cast is safe, because Fastify's query parser returns a record.
  const { key } = query as Readonly<Record<string, unknown>>;
  return choice.open({ isOperator: !behindProxies && isOperator(raw, key, choice.key) });
}

function playgroundPage(options: PlaygroundOptions, title: string): string {
  return ruruHTML({
    staticPath: ASSETS, // without it, ruru loads itself from a CDN
    endpoint: '/graphql',
    subscriptionEndpoint: '/graphql',
    clientConfig: clientConfig(options),
    htmlParts: {
      metaTags: (tags) => `${tags}<meta name="viewport" content="width=device-width, initial-scale=1">`,
      titleTag: `<title>${escapeHtml(title)} playground</title>`,
      styleTags: (tags) => `${tags}<style>${PLAYGROUND_STYLE}</style>`,
      bodyContent: (content) => `${topBar(title, options.notice ?? null)}${content}`,
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
  return config;
}

/**
 * The policy allows only the page's own inline scripts, each by its hash. Inline styles are allowed, because the editor writes styles into
 * the page.
 */
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
