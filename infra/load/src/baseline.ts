// The baseline of `npm run bench`: the same subgraphs on the same database behind a plain Apollo gateway, built as the
// documentation of @apollo/gateway shows. It does not have tokens, limits, error masking or subscriptions.
import { randomUUID } from 'node:crypto';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import { composeSupergraph, readSupergraphFile } from '@souk/gateway';
import type { RequestContext } from '@souk/kit/context';
import { createLogger } from '@souk/kit/runtime';
import fastify from 'fastify';
import { createSteps } from '@souk/launcher/steps';
import { openDatabase, readEnvironment } from '@souk/deployment/one-process';
import { DEMO_TENANT } from '@souk/demo/shops';
import { readSecrets, startSubgraphs } from '@souk/deployment/subgraphs';
import { SUPERGRAPH_FILE } from '@souk/deployment/gateway';

const environment = readEnvironment();
const secrets = readSecrets(environment.dataDir);
const database = await openDatabase(environment, secrets, createSteps());
const logger = createLogger({ level: 'error' });
const subgraphs = await startSubgraphs({ databaseUrl: database.url, secrets, logger });
const schemas = new Map(subgraphs.all.map(({ name, schema }) => [name, schema]));

const gateway = new ApolloGateway({
  // ApolloGateway refuses a supergraph with authorization directives, because it does not enforce them.
  supergraphSdl: composeSupergraph(await readSupergraphFile(SUPERGRAPH_FILE)).replaceAll(', for: SECURITY', ''),
  buildService({ name }) {
    const schema = schemas.get(name);
    if (!schema) throw new Error(`The supergraph names the subgraph "${name}", which was not started.`);
    return new LocalGraphQLDataSource(schema);
  },
});
const server = new ApolloServer<RequestContext>({ gateway, plugins: [ApolloServerPluginLandingPageDisabled()] });
await server.start();

const app = fastify();
await app.register(fastifyApollo(server), {
  context: async (): Promise<RequestContext> => {
    const requestId = randomUUID();
    return {
      tenantId: DEMO_TENANT.id,
      actor: { kind: 'anonymous' },
      requestId,
      correlationId: requestId,
      locale: 'en',
    };
  },
});
app.get('/health/ready', async () => ({ status: 'ready' }));
await app.listen({ host: environment.http.host, port: environment.http.port });

process.once('SIGTERM', () => {
  void app.close().then(() => process.exit());
});
