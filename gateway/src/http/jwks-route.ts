import type { FastifyInstance } from 'fastify';
import { publicKeys } from '../identity/jwks.ts';
import type { IdentityProvider } from '../identity/token-verifier.ts';

/** Publishes the keys that verify Souk's tokens at `/.well-known/jwks.json` (RFC 7517). */
export function addJwksRoute(app: FastifyInstance, identity: IdentityProvider): void {
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(publicKeys(await identity.keys())),
  );
}
