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
  /** The session of the login. It is the claim `sid`. */
  readonly sessionId: string;
  /** The customer to whom the account belongs. Null for staff. */
  readonly holder: AccountHolder | null;
  /** The latest time to which renewals can extend the session. Null for shoppers, whose sessions have no such limit. */
  readonly sessionEndsAt: Date | null;
}

/** The signing keys and the scopes of roles that a token needs. */
export interface TokenIssuer {
  readonly keys: Pick<SigningKeys, 'current'>;
  readonly roleScopes: RoleScopes;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Signs a JWT (RS256) with these claims: the user (`sub`), the tenant (`tid`), the session (`sid`), `role`, and the scopes (`scope`,
 * separated by spaces).
 * The token of a customer also has the claims `customer` and `groups` (ids; RFC 9068, section 2.2.3.1), and `company` with the id and
 * the VAT id of the company for which the customer buys.
 * The token is valid for 15 minutes, but never longer than its session. Gateways refuse it as soon as they receive `SessionEnded`.
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
