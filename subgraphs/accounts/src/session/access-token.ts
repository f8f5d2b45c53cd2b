import { SignJWT } from 'jose';
import type { AccountHolder } from '../customer/account-holder.ts';
import type { Role, RoleScopes } from '../user/role.policy.ts';
import { notAfter } from './session.policy.ts';
import type { SigningKeys } from './signing-keys.ts';

const ISSUER_AND_AUDIENCE = 'souk';
const LIFETIME_MS = 15 * 60_000;

/** The user that a token identifies. */
export interface TokenSubject {
  readonly userId: string;
  readonly tenantId: string;
  readonly role: Role;
  /** The login that issued the token. */
  readonly sessionId: string;
  /** The customer whose account this is, with the ids of the customer's groups. Null for staff. */
  readonly holder: AccountHolder | null;
  /** The time at which the session ends although it is renewed. Null for shoppers. */
  readonly sessionEndsAt: Date | null;
}

/** Issues access tokens. */
export interface TokenIssuer {
  readonly keys: Pick<SigningKeys, 'current'>;
  readonly roleScopes: RoleScopes;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * A JWT (RS256) with the user (`sub`), the tenant (`tid`), the role, the scopes (`scope`, separated by spaces) and the login (`sid`). The token
 * of a customer also holds the customer (`customer`) and the ids of the customer's groups (`groups`; RFC 9068, section 2.2.3.1), and
 * the `id` and the `vatId` of the company for which the customer buys (`company`). The
 * token is valid for 15 minutes, and not after the end of its session. Gateways that consume `SessionEnded` refuse it as soon as the session ends.
 */
export async function issueAccessToken(
  { keys, roleScopes }: TokenIssuer,
  { userId, tenantId, role, sessionId, holder, sessionEndsAt }: TokenSubject,
  now: Date,
): Promise<AccessToken> {
  const expiresAt = notAfter(new Date(now.getTime() + LIFETIME_MS), sessionEndsAt);
  const customer = holder && {
    customer: holder.customerId,
    groups: holder.groupIds,
    ...(holder.company && { company: holder.company }),
  };
  const token = await new SignJWT({
    tid: tenantId,
    role,
    scope: roleScopes[role].join(' '),
    sid: sessionId,
    ...customer,
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.current.kid })
    .setSubject(userId)
    .setIssuer(ISSUER_AND_AUDIENCE)
    .setAudience(ISSUER_AND_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(expiresAt)
    .sign(keys.current.privateKey);
  return { token, expiresAt };
}
