import type { BuyingCompany } from '@souk/kit/context';
import { isUuid } from '@souk/kit/domain';
import type { JWTPayload } from 'jose';

/** The maximum number of groups in a token. The accounts subgraph puts a customer into at most 20 groups. */
const MOST_GROUPS = 20;

/** The claims of an access token that the gateway uses. */
export interface TokenClaims {
  readonly userId: string;
  readonly tenantId: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly groups: readonly string[];
  /** The id of the user's customer record. Null for staff. */
  readonly customerId: string | null;
  /** The company for which the customer buys. Null when the customer does not buy for a company. */
  readonly company: BuyingCompany | null;
  /** The id of the login that issued the token. Null when the token does not contain a session. */
  readonly sessionId: string | null;
  readonly expiresAt: Date;
}

/**
 * Reads the claims `sub`, `tid`, `role`, `scope` (separated by spaces), `exp` and, optionally, `sid`, `groups` (RFC 9068, section
 * 2.2.3.1), `customer` and `company`.
 * @returns null when a claim is missing or malformed
 */
export function tokenClaims({ sub, exp, ...claims }: JWTPayload): TokenClaims | null {
  const { tid, role, scope = '', sid, groups = [], customer = null, company = null } = claims;
  if (!sub || exp === undefined || typeof role !== 'string' || typeof scope !== 'string') return null;
  if (typeof tid !== 'string' || !isUuid(tid)) return null;
  if (!isUuidList(groups) || (customer !== null && !isUuidText(customer))) return null;
  if (company !== null && !isCompany(company)) return null;
  const scopes = scope.split(' ').filter((each) => each !== '');
  const sessionId = typeof sid === 'string' ? sid : null;
  const expiresAt = new Date(exp * 1000);
  const buyer = { groups, customerId: customer, company };
  return { userId: sub, tenantId: tid.toLowerCase(), role, scopes, ...buyer, sessionId, expiresAt };
}

function isCompany(value: unknown): value is BuyingCompany {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('vatId' in value)) return false;
  return isUuidText(value.id) && (value.vatId === null || typeof value.vatId === 'string');
}

function isUuidText(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value);
}

function isUuidList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= MOST_GROUPS && value.every(isUuidText);
}
