import { markSucceeded, type RequestContext } from '@souk/kit/context';
import type { Result } from '@souk/kit/domain';
import type { GraphQLResolveInfo } from 'graphql';
import type { ChallengedLogin, SignedIn } from './session.service.ts';

/** Marks a successful attempt for the gateway. The gateway counts every other attempt as a failure. */
export async function reported<Value, Refusal>(
  attempt: Promise<Result<Value, Refusal>>,
  ctx: RequestContext,
  { path }: GraphQLResolveInfo,
): Promise<Result<Value, Refusal>> {
  const result = await attempt;
  if (result.ok) markSucceeded(ctx, path.key);
  return result;
}

/** The fields of the payload of a login: tokens, or a challenge for a user with an authenticator app. */
export function presentTokens(login: SignedIn | ChallengedLogin) {
  if ('challenge' in login) return login;
  const { user, accessToken, refreshToken, expiresAt } = login;
  return { user, accessToken, refreshToken, expiresAt };
}
