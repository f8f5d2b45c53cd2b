import { expect, test } from '@jest/globals';
import { defineRoute, handleRoute } from '@souk/kit/contracts';
import fastify from 'fastify';
import { z } from 'zod';
import { addSubgraphRoutes } from './subgraph-routes.ts';

const reply = z.object({ moment: z.coerce.date() });
const query = z.object({ after: z.coerce.date() });
const open = defineRoute({ path: '/open', callers: 'ANYONE', query, reply });
const forGateways = defineRoute({ path: '/for-gateways', callers: 'GATEWAYS', query, reply });

/** Starts a server with an open route and a route for gateways. A request with the header `signed` counts as signed by a gateway. */
function server() {
  const app = fastify();
  const handlers = [open, forGateways].map((route) => handleRoute(route, async ({ after }) => ({ moment: after })));
  addSubgraphRoutes(app, handlers, { isGateway: async (headers) => 'signed' in headers });
  return app;
}
const MOMENT = '2030-01-01T00:00:00.000Z';

test('a route for gateways refuses every other caller, and an open route does not', async () => {
  const app = server();
  const signed = { headers: { signed: 'yes' } };
  expect((await app.inject(`/open?after=${MOMENT}`)).json()).toEqual({ moment: MOMENT });
  expect((await app.inject(`/for-gateways?after=${MOMENT}`)).statusCode).toBe(401);
  expect((await app.inject({ url: `/for-gateways?after=${MOMENT}`, ...signed })).json()).toEqual({ moment: MOMENT });
});

test('a query that does not match the schema of its route is refused', async () => {
  const refused = await server().inject('/open?after=never');
  expect(refused.statusCode).toBe(400);
});
