import { SignJWT } from 'jose';
import { ROLE_SCOPES, type Role } from '../user/role.policy.ts';
import type { SigningKeys } from './signing-keys.ts';

const ISSUER_AND_AUDIENCE = 'souk';
const LIFETIME_MS = 15 * 60_000;

/** Whom a token speaks for. */
export interface TokenSubject {
  readonly userId: string;
  readonly tenantId: string;
  readonly role: Role;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * A JWT (RS256) that says who, of which tenant (`tid`), in which role and with which scopes (`scope`, separated by spaces).
 * It is valid for 15 minutes and cannot be revoked.
 */
export async function issueAccessToken(
  { current }: Pick<SigningKeys, 'current'>,
  { userId, tenantId, role }: TokenSubject,
  now: Date,
): Promise<AccessToken> {
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  const token = await new SignJWT({ tid: tenantId, role, scope: ROLE_SCOPES[role].join(' ') })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: current.kid })
    .setSubject(userId)
    .setIssuer(ISSUER_AND_AUDIENCE)
    .setAudience(ISSUER_AND_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(expiresAt)
    .sign(current.privateKey);
  return { token, expiresAt };
}
