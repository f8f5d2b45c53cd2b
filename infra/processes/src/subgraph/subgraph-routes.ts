import type { RouteHandler } from '@souk/kit/contracts';
import type { ContextVerifier } from '@souk/platform/http';
import type { FastifyInstance } from 'fastify';

/**
 * Serves the routes of a subgraph. On a route for gateways, a request without a gateway's signature gets 401. A query that does not match
 * the schema gets 400.
 */
export function addSubgraphRoutes(
  app: FastifyInstance,
  handlers: readonly RouteHandler[],
  verifier: Pick<ContextVerifier, 'isGateway'>,
): void {
  for (const { route, handle } of handlers)
    app.get(route.path, async (request, reply) => {
      if (route.callers === 'GATEWAYS' && !(await verifier.isGateway(request.headers))) return reply.code(401).send();
      const query = route.query.safeParse(request.query);
      return query.success ? handle(query.data) : reply.code(400).send();
    });
}
