import { execute, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { fixtureSubgraphs } from './gateway-fixture-schemas.ts';

/** The maximum number of cached responses. All different requests of a run fit. */
const ANSWERS = 50_000;

const bodySchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });

/**
 * Executes each different request once, and caches the response by the request's bytes. Without the cache, the
 * subgraphs would be the bottleneck, because they share one core with the load generator. The benchmark measures the
 * gateway.
 */
function answering(schema: GraphQLSchema): (body: string) => Promise<Buffer> {
  const documents = new Map<string, DocumentNode>();
  const answers = new Map<string, Buffer>();
  const documentOf = (query: string) => {
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    return document;
  };
  return async (body) => {
    const known = answers.get(body);
    if (known) return known;
    const { query, variables } = bodySchema.parse(JSON.parse(body));
    const result = await execute({ schema, document: documentOf(query), variableValues: variables ?? {} });
    const answer = Buffer.from(JSON.stringify(result));
    if (answers.size < ANSWERS) answers.set(body, answer);
    return answer;
  };
}

function serve(schema: GraphQLSchema): Server {
  const answer = answering(schema);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void answer(Buffer.concat(chunks).toString('utf8')).then((bytes) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
        response.end(bytes);
      });
    });
  });
  // The timeout is longer than every pause between rounds, so the gateway's idle connections stay open.
  server.keepAliveTimeout = 600_000;
  return server;
}

/**
 * Serves the four subgraphs in one process, each on its own port. Sends the name, URL and SDL of each to the parent
 * process.
 */
async function main(): Promise<void> {
  const started = fixtureSubgraphs().map(async ({ name, sdl, schema }) => {
    const server = serve(schema);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { name, sdl, url: `http://127.0.0.1:${port}/graphql` };
  });
  process.send?.(await Promise.all(started));
}

await main();
