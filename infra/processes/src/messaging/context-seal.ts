import type { Clock } from '@souk/kit/domain';
import { commandContext, commandContextOf, type ContextSeal } from '@souk/platform/nats';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

const sealed = z.object({ context: commandContext });

/** The lifetime of a token, in seconds. It is longer than a command may take. */
const LIFETIME_SECONDS = 60;
const ISSUER_AND_AUDIENCE = 'souk-commands';

/**
 * Creates and verifies the tokens of earlier versions of Souk without sealed commands. A token is a JWT of 60 s under a secret that all
 * subgraphs share. Tokens are accepted only during an update, because the shared secret does not prove which subgraph sent the command.
 */
export function sharedSecretSeal(secret: string, clock: Clock): ContextSeal {
  const key = Buffer.from(secret);
  return {
    seal(context) {
      const nowSeconds = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT({ context: commandContextOf(context) })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER_AND_AUDIENCE)
        .setAudience(ISSUER_AND_AUDIENCE)
        .setExpirationTime(nowSeconds + LIFETIME_SECONDS)
        .sign(key);
    },
    async open(token) {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer: ISSUER_AND_AUDIENCE,
        audience: ISSUER_AND_AUDIENCE,
        currentDate: clock.now(),
      });
      return sealed.parse(payload).context;
    },
  };
}
