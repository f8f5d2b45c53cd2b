import { randomUUID } from 'node:crypto';
import { nkeys } from 'nats';

type KeyPair = ReturnType<typeof nkeys.createUser>;

/** A NATS operator (JWT authentication), which creates users. */
export interface Operator {
  /** Configuration of a nats-server that trusts this operator. */
  readonly configuration: string;
  /** The text of a new user's credentials file, in the format of `nsc`. */
  credentials(lifetime: { readonly seconds: number }): string;
}

/**
 * Creates an operator with one account. The JWTs follow
 * https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt, claims of version 2 as in
 * https://github.com/nats-io/jwt.
 */
export function operatorConfiguration(): Operator {
  const [operator, system, account] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount()];
  const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const accounts = [system, account].map((each) => {
    const claims = { type: 'account', version: 2, limits: unlimited };
    return `${each.getPublicKey()}: ${jwt(operator, each.getPublicKey(), claims)}`;
  });
  return {
    configuration: `
      operator: ${jwt(operator, operator.getPublicKey(), { type: 'operator', version: 2 })}
      system_account: ${system.getPublicKey()}
      resolver: MEMORY
      resolver_preload: { ${accounts.join('\n')} }`,
    credentials({ seconds }) {
      const user = nkeys.createUser();
      const claims = { type: 'user', version: 2, pub: {}, sub: {}, subs: -1, data: -1, payload: -1 };
      const userJwt = jwt(account, user.getPublicKey(), claims, seconds);
      const seed = new TextDecoder().decode(user.getSeed());
      return [
        `-----BEGIN NATS USER JWT-----\n${userJwt}\n------END NATS USER JWT------\n`,
        `-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
      ].join('\n');
    },
  };
}

function jwt(issuer: KeyPair, subject: string, nats: object, seconds?: number): string {
  const issuedAt = Math.floor(Date.now() / 1000);
  const claims = {
    jti: randomUUID(),
    iat: issuedAt,
    ...(seconds !== undefined && { exp: issuedAt + seconds }),
    iss: issuer.getPublicKey(),
    sub: subject,
    nats,
  };
  const parts = [{ typ: 'JWT', alg: 'ed25519-nkey' }, claims].map((part) => base64url(JSON.stringify(part)));
  return [...parts, base64url(issuer.sign(new TextEncoder().encode(parts.join('.'))))].join('.');
}

const base64url = (value: string | Uint8Array) => Buffer.from(value).toString('base64url');
