import { expect, test } from '@jest/globals';
import type { EndedSessions } from './ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** A store of ended sessions under test, with its clock. */
export interface EndedSessionsUnderTest {
  readonly sessions: EndedSessions;
  advance(ms: number): void;
}

const MINUTE_MS = 60_000;

/** The claims of an access token of this session. */
export function tokenOf(sessionId: string | null): TokenClaims {
  const none = { scopes: [], groups: [], customerId: null, company: null };
  return { userId: 'u', tenantId: 't', role: 'OWNER', ...none, sessionId, expiresAt: new Date(0) };
}

/**
 * Tests that every `EndedSessions` must pass.
 * @param start creates an empty store
 */
export function describeEndedSessions(start: () => Promise<EndedSessionsUnderTest>): void {
  test('tokens of an ended session are revoked; tokens of other sessions, and without a session, are not', async () => {
    const { sessions } = await start();
    expect(sessions.isRevoked(tokenOf('left'))).toBe(false);
    await sessions.end(['left', 'gone']);
    expect(['left', 'gone', 'stays', null].map((id) => sessions.isRevoked(tokenOf(id)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('the end of a session applies synchronously, so its open connections can be closed', async () => {
    const { sessions } = await start();
    const ended = sessions.end(['left']);
    expect(sessions.isRevoked(tokenOf('left'))).toBe(true);
    await ended;
  });

  test('a session that ended before the start is recalled for the lifetime of its tokens', async () => {
    const { sessions } = await start();
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);
    sessions.recall([
      ['lately', minutesAgo(1)],
      ['long ago', minutesAgo(21)],
    ]);
    expect(['lately', 'long ago'].map((id) => sessions.isRevoked(tokenOf(id)))).toEqual([true, false]);
  });

  test('an ended session is remembered for the lifetime of an access token, and its end is reported once', async () => {
    const { sessions, advance } = await start();
    await sessions.end(['left']);
    advance(15 * MINUTE_MS);
    expect(sessions.isRevoked(tokenOf('left'))).toBe(true);
    await sessions.end(['left']);
    advance(5 * MINUTE_MS);
    expect(sessions.isRevoked(tokenOf('left'))).toBe(false);
  });
}
