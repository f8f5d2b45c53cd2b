import type { WebApp } from '@souk/gateway';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The origins that Stripe.js needs (docs.stripe.com/security/guide, content security policy). */
const STRIPE_ORIGINS = ['https://js.stripe.com', 'https://api.stripe.com', 'https://hooks.stripe.com'];

/** The apps in `clients/`, in the order in which the terminal and the home page name them. */
const WEB_APPS: readonly Omit<WebApp, 'directory'>[] = [
  {
    path: '/store/',
    title: 'Store',
    description: 'For buyers: products, the cart, the checkout, and orders as they arrive',
    origins: STRIPE_ORIGINS,
  },
  { path: '/dashboard/', title: 'Dashboard', description: 'For staff: orders as they arrive, products and stock' },
];

/** The web apps that are built. The launcher builds all of them; tests and images may do without. */
export function builtWebApps(): readonly WebApp[] {
  return WEB_APPS.map((app) => ({ ...app, directory: directoryOf(app.path) })).filter(({ directory }) =>
    existsSync(`${directory}/index.html`),
  );
}

function directoryOf(path: string): string {
  return fileURLToPath(new URL(`../../../../clients${path}dist`, import.meta.url));
}
