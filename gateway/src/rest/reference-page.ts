import { documentBar } from './document-page.ts';
import { html, Html } from './reference-html.ts';
import { REFERENCE_STYLE } from './reference-style.ts';

/** The paths of the page's scripts. The settings script needs the reference script. */
export const SCRIPTS = { settings: '/docs/settings.js', reference: '/docs/reference.js' } as const;

/** The page of the API reference. Scalar's script renders the reference in it. */
export function referencePage(): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>REST API</title>
        <link rel="icon" href="/favicon.ico" />
        ${new Html(`<style>${REFERENCE_STYLE}</style>`)}
      </head>
      <body>
        ${documentBar('/docs')}
        <div id="reference"></div>
        <noscript><p>The reference needs scripts. Without them, read the OpenAPI document.</p></noscript>
        <script src="${SCRIPTS.reference}"></script>
        <script src="${SCRIPTS.settings}"></script>
      </body>
    </html> `.text;
}

/**
 * A script that starts Scalar with the OpenAPI document. Fonts, telemetry, the assistant and the hosted client are off, because they send
 * requests to other hosts.
 */
export function referenceSettings(openapiUrl: string): string {
  const settings = {
    url: openapiUrl,
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    showDeveloperTools: 'never',
    documentDownloadType: 'json',
    defaultOpenFirstTag: false,
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    // A guest sends the shop's id. A logged-in user also sends the token.
    authentication: { preferredSecurityScheme: [['shop', 'accessToken']] },
    persistAuth: true,
  };
  return `Scalar.createApiReference('#reference', { ...${JSON.stringify(settings)}, onRequestBuilt: ${leaveOutEmptyCredentials.toString()} });\n`;
}

/**
 * Removes the headers that Scalar sends for empty credentials. The function runs in the browser, so it must not use
 * variables of this module.
 */
function leaveOutEmptyCredentials({ request: { headers } }: { readonly request: Request }): void {
  if (headers.get('x-tenant-id')?.trim() === '') headers.delete('x-tenant-id');
  if (headers.get('authorization')?.trim() === 'Bearer') headers.delete('authorization');
}
