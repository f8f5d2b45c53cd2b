import createClient from 'openapi-fetch';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Data } from '../../testing/graphql-client.ts';
import { OPENAPI_FILE } from '@souk/deployment/gateway';

/** A generated client for the first steps of an order. Its methods return the bodies of responses. */
export interface GeneratedClient {
  productList(query: Data): Promise<Data>;
  cartCreate(body: Data, key: string): Promise<Data>;
  cartAddressSet(cartId: string, body: Data): Promise<Data>;
  cartLineRemove(cartId: string, lineId: string): Promise<Data>;
}

/** Generates a client from the committed document. @param url the URL of the server. @param folder the folder for the generated files */
export type ClientGenerator = (url: string, folder: string) => Promise<GeneratedClient>;

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs the command of an installed package with the Node of this process, because the Node in PATH may be too old. */
async function command(name: string, ...args: readonly string[]): Promise<void> {
  const path = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
  const env = { PATH: path, HOME: tmpdir(), SCARF_ANALYTICS: 'false' };
  await run('npx', ['--no-install', name, ...args], { cwd: PACKAGE, env });
}

/** A client of openapi-fetch with types from `openapi-typescript`. openapi-fetch needs no generated code at run time. */
export async function openapiFetch(url: string, folder: string): Promise<GeneratedClient> {
  await command('openapi-typescript', OPENAPI_FILE, '-o', join(folder, 'schema.ts'));
  const client = createClient<Record<string, Data>>({ baseUrl: `${url}/api/v1` }) as unknown as Record<
    'GET' | 'POST' | 'PUT' | 'DELETE',
    (path: string, init: Data) => Promise<Data>
  >;
  const body = async (answered: Promise<Data>) => (await answered)['data'];
  return {
    productList: (query) => body(client.GET('/products', { params: { query } })),
    cartCreate: (cart, key) =>
      body(client.POST('/carts', { params: { header: { 'Idempotency-Key': key } }, body: cart })),
    cartAddressSet: (cartId, address) =>
      body(client.PUT('/carts/{cartId}/address', { params: { path: { cartId } }, body: address })),
    cartLineRemove: (cartId, lineId) =>
      body(client.DELETE('/carts/{cartId}/lines/{lineId}', { params: { path: { cartId, lineId } } })),
  };
}

export async function heyApi(url: string, folder: string): Promise<GeneratedClient> {
  const { createClient: generateClient } = await import('@hey-api/openapi-ts');
  // Node runs the generated TypeScript without a bundler, so imports need the extension `.ts`.
  const output = { path: folder, tsConfigPath: null, module: { extension: '.ts' } };
  await generateClient({ input: OPENAPI_FILE, output, plugins: ['@hey-api/sdk', '@hey-api/client-fetch'] });
  const { client } = (await import(join(folder, 'client.gen.ts'))) as Data;
  const sdk = (await import(join(folder, 'sdk.gen.ts'))) as Data;
  client.setConfig({ baseUrl: `${url}/api/v1` });
  const call = async (name: string, options: Data) => (await sdk[name](options)).data as Data;
  return {
    productList: (query) => call('productList', { query }),
    cartCreate: (body, key) => call('cartCreate', { body, headers: { 'Idempotency-Key': key } }),
    cartAddressSet: (cartId, body) => call('cartAddressSet', { path: { cartId }, body }),
    cartLineRemove: (cartId, lineId) => call('cartLineRemove', { path: { cartId, lineId } }),
  };
}

export async function orval(url: string, folder: string): Promise<GeneratedClient> {
  const { generate } = await import('orval');
  const target = join(folder, 'index.ts');
  await generate({ input: OPENAPI_FILE, output: { target, client: 'fetch', baseUrl: `${url}/api/v1` } });
  const api = (await import(target)) as Data;
  const call = async (name: string, ...args: readonly unknown[]) => (await api[name](...args)).data as Data;
  return {
    productList: (query) => call('productList', query),
    cartCreate: (body, key) => call('cartCreate', body, { headers: { 'Idempotency-Key': key } }),
    cartAddressSet: (cartId, body) => call('cartAddressSet', cartId, body),
    cartLineRemove: (cartId, lineId) => call('cartLineRemove', cartId, lineId),
  };
}

export async function swaggerTypescriptApi(url: string, folder: string): Promise<GeneratedClient> {
  await command('swagger-typescript-api', 'generate', '-p', OPENAPI_FILE, '-o', folder, '-n', 'api.ts');
  const { Api } = (await import(join(folder, 'api.ts'))) as Data;
  const { products, carts } = new Api({ baseUrl: `${url}/api/v1` });
  const body = async (answered: Promise<Data>) => (await answered)['data'];
  return {
    productList: (query) => body(products.productList(query)),
    cartCreate: (cart, key) => body(carts.cartCreate(cart, { headers: { 'Idempotency-Key': key } })),
    cartAddressSet: (cartId, address) => body(carts.cartAddressSet(cartId, address)),
    cartLineRemove: (cartId, lineId) => body(carts.cartLineRemove(cartId, lineId)),
  };
}
