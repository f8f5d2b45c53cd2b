import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { checkedTargets, graphqlData, type Compared } from './gateway-answers.ts';
import type { LoadRequest } from './gateway-load.ts';
import { startPinned, whenReady, type PinnedProcess } from './gateway-process.ts';
import { reportTable } from './gateway-report.ts';
import { compareInTurns, type Pace } from './gateway-rounds.ts';

const ALL_IN_ONE = new URL('../../all-in-one/dist/main.js', import.meta.url).pathname;
const MANIFEST = new URL('../../../clients/operations/manifest.json', import.meta.url);
const OPERATION = 'ProductBySlug';

const manifestSchema = z.object({ operations: z.array(z.object({ id: z.string(), name: z.string() })) });
const loginSchema = z.object({ login: z.object({ accessToken: z.string() }) });
const slugsSchema = z.object({ products: z.object({ nodes: z.array(z.object({ slug: z.string() })) }) });
const productSchema = z.object({ product: z.looseObject({ variants: z.object({ nodes: z.unknown() }) }) });

/** The cores, port and data folder of the all-in-one, and the pace of the measurement. */
export interface RestBench {
  readonly cores: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pace: Pace;
}

/**
 * Compares REST and GraphQL on one server, and prints the result. Both read a product by its slug, with the same
 * persisted operation, in turns.
 */
export async function measureRest({ cores, port, dataDir, pace }: RestBench): Promise<void> {
  const origin = `http://127.0.0.1:${port}`;
  const environment = { SOUK_DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error', SOUK_RATE_LIMITS: 'off' };
  const server = startPinned({ cores, args: [ALL_IN_ONE], environment });
  try {
    await whenReady('the all-in-one', server, `${origin}/health/ready`);
    const slugs = await readSlugs(origin);
    const id = await operationId();
    const bearer = { authorization: `Bearer ${await logIn(origin)}` };
    await compare('REST and GraphQL by a caller with a token', { origin, id, slugs, headers: bearer }, server, pace);
    await compare('REST and GraphQL by an anonymous caller', { origin, id, slugs, headers: {} }, server, pace);
  } finally {
    await server.stop();
  }
}

interface ProductLookup {
  readonly origin: string;
  readonly id: string;
  readonly slugs: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

async function compare(title: string, lookup: ProductLookup, server: PinnedProcess, pace: Pace): Promise<void> {
  const compared = [graphqlSide(lookup), restSide(lookup)];
  const targets = await checkedTargets(compared);
  const results = await compareInTurns(
    targets.map((target) => ({ target, server })),
    null,
    pace,
  );
  const rows = results.map((result, index) => ({ name: compared[index]?.name ?? '', result }));
  console.log(`### ${title}\n\n${reportTable(rows, ['GraphQL by id'])}\n`);
}

function graphqlSide({ origin, id, slugs, headers }: ProductLookup): Compared {
  const preflighted = { ...headers, accept: 'application/json', 'apollo-require-preflight': 'true' };
  return {
    name: 'GraphQL by id',
    origin,
    requests: slugs.map((slug) => {
      const search = new URLSearchParams({ documentId: id, variables: JSON.stringify({ slug }) });
      return get(`/graphql?${search.toString()}`, preflighted);
    }),
    meaningOf: (body) => {
      const { product } = productSchema.parse(graphqlData(body));
      return { ...product, variants: product.variants.nodes }; // REST returns a list in place of a connection.
    },
  };
}

function restSide({ origin, slugs, headers }: ProductLookup): Compared {
  return {
    name: 'REST',
    origin,
    requests: slugs.map((slug) => get(`/api/v1/products/${slug}`, { ...headers, accept: 'application/json' })),
    meaningOf: (body) => JSON.parse(body.toString('utf8')).data,
  };
}

function get(path: string, headers: Readonly<Record<string, string>>): LoadRequest {
  return { method: 'GET', path, headers, body: null, isAnsweredBy: () => true };
}

async function operationId(): Promise<string> {
  const { operations } = manifestSchema.parse(JSON.parse(await readFile(MANIFEST, 'utf8')));
  const found = operations.find(({ name }) => name === OPERATION);
  if (!found) throw new Error(`${MANIFEST.pathname} has no operation "${OPERATION}". Run \`npm run generate\`.`);
  return found.id;
}

async function readSlugs(origin: string): Promise<readonly string[]> {
  const { products } = slugsSchema.parse(await ask(origin, '{ products(first: 40) { nodes { slug } } }'));
  return products.nodes.map(({ slug }) => slug);
}

/** Logs in with the demo shop's credentials, read from the server's welcome page. */
async function logIn(origin: string): Promise<string> {
  const input = '{ email: "owner@demo.test", password: "demo-owner-password" }';
  return loginSchema.parse(await ask(origin, `mutation { login(input: ${input}) { accessToken } }`)).login.accessToken;
}

async function ask(origin: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return graphqlData(Buffer.from(await response.arrayBuffer()));
}
