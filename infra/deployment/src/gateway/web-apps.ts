import type { WebApp } from '@souk/gateway';
import type { S3ObjectsOptions } from '@souk/platform/s3';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { uploadOriginOf } from './upload-origin.ts';

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

/**
 * The web apps that have been built. The launcher builds all of them. Tests and container images may omit them.
 * @param s3 the bucket to which the apps upload files. @default uploads go to the gateway
 */
export function builtWebApps(s3: S3ObjectsOptions | null = null): readonly WebApp[] {
  const requestOrigins = s3 ? [uploadOriginOf(s3)] : [];
  return WEB_APPS.map((app) => ({ ...app, directory: directoryOf(app.path), requestOrigins })).filter(({ directory }) =>
    existsSync(`${directory}/index.html`),
  );
}

function directoryOf(path: string): string {
  return fileURLToPath(new URL(`../../../../clients${path}dist`, import.meta.url));
}
