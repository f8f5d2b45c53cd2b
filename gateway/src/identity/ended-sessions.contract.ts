import { expect, test } from '@jest/globals';
import type { EndedSessions } from './ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** What knows of ended sessions, and the time by which it forgets them. */
export interface EndedSessionsUnderTest {
  readonly sessions: EndedSessions;
  /** Lets time pass. */
  advance(ms: number): void;
}

const MINUTE_MS = 60_000;

/** A token of a session. */
export function tokenOf(sessionId: string | null): TokenClaims {
  return { userId: 'u', tenantId: 't', role: 'OWNER', scopes: [], sessionId, expiresAt: new Date(0) };
}

/** What every `EndedSessions` promises. @param start gives one that knows of none. */
export function describeEndedSessions(start: () => Promise<EndedSessionsUnderTest>): void {
  test('the tokens of a session that ended count no more; others do, with those that name no session', async () => {
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

  test('a session that ends is known before anything is waited for, so that what it has open can be ended', async () => {
    const { sessions } = await start();
    const ended = sessions.end(['left']);
    expect(sessions.isRevoked(tokenOf('left'))).toBe(true);
    await ended;
  });

  test('a session that ended before is recalled, for as long as its tokens may live', async () => {
    const { sessions } = await start();
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);
    sessions.recall([
      ['lately', minutesAgo(1)],
      ['long ago', minutesAgo(21)],
    ]);
    expect(['lately', 'long ago'].map((id) => sessions.isRevoked(tokenOf(id)))).toEqual([true, false]);
  });

  test('it is remembered for as long as an access token may live, and ends only once', async () => {
    const { sessions, advance } = await start();
    await sessions.end(['left']);
    advance(15 * MINUTE_MS);
    expect(sessions.isRevoked(tokenOf('left'))).toBe(true);
    await sessions.end(['left']);
    advance(5 * MINUTE_MS);
    expect(sessions.isRevoked(tokenOf('left'))).toBe(false);
  });
}
