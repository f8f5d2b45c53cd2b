const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Returns the pause before another attempt to connect, in milliseconds: exponential backoff with full jitter. Without
 * the jitter, all clients of a stopped gateway would connect to another gateway at the same moment.
 * @param attempt the number of failed attempts so far.
 * @param random a number from 0 to 1.
 */
export function pauseMs(attempt: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));
}

/**
 * Resolves after `ms` milliseconds, or when the signal aborts. An abort clears the timer, because a running timer keeps
 * a Node process alive.
 */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, signal.aborted ? 0 : ms);
    signal.addEventListener('abort', done);
  });
}

/**
 * Close codes after which a new WebSocket may succeed (RFC 6455, section 7.4, and the IANA registry). They mean that
 * the gateway stopped or failed, that the connection broke, or that a proxy restarted. 4408 and 4504 mean that the
 * handshake took too long.
 */
const RETRYABLE = new Set([1001, 1005, 1006, 1012, 1013, 1014, 4408, 4504]);

/**
 * Returns whether to connect again after a WebSocket ended. A problem without a close code is a network error, which is
 * worth another attempt.
 */
export function isRetryable(problem: unknown): boolean {
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null;
  return typeof code !== 'number' || RETRYABLE.has(code) || (code === FORBIDDEN && isExpiredToken(problem));
}

/**
 * The close code for an expired token and for a wrong tenant. A new connection fixes an expired token, but not a wrong
 * tenant.
 */
const FORBIDDEN = 4403;

function isExpiredToken(problem: unknown): boolean {
  const reason = typeof problem === 'object' && problem !== null && 'reason' in problem ? problem.reason : null;
  return typeof reason === 'string' && reason.startsWith('TOKEN_EXPIRED');
}
