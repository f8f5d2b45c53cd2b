import { expect, test } from '@jest/globals';
import type { Caller } from '../../identity/caller.ts';
import { CallerValidity, VALIDITY_PROBLEMS } from './caller-validity.ts';

const NOW = new Date('2030-01-01T00:00:00Z');
const callerWith = (role: string, sessionId: string, expiresAt = new Date(NOW.getTime() + 1)) =>
  ({ token: { role, sessionId, expiresAt } }) as unknown as Caller;

test('the reason for a disconnection names the API key or the token of the caller', () => {
  const isRevoked = ({ sessionId }: { readonly sessionId: string | null }) => sessionId === 'revoked';
  const validity = new CallerValidity({ now: () => NOW }, { isRevoked });
  const problems = ['API_KEY', 'OWNER'].map((role) => [
    validity.problemOf(callerWith(role, 'valid')),
    validity.problemOf(callerWith(role, 'revoked')),
    validity.problemOf(callerWith(role, 'valid', NOW)),
  ]);
  expect(problems).toEqual([
    [null, 'API_KEY_REVOKED', 'API_KEY_EXPIRED'],
    [null, 'TOKEN_REVOKED', 'TOKEN_EXPIRED'],
  ]);
  expect(VALIDITY_PROBLEMS.API_KEY_REVOKED).not.toContain('session');
});
