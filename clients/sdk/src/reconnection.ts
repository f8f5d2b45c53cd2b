const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before an attempt to connect again, 0 being the first: anything up to a bound that doubles, so that the clients of
 * a gateway that stopped do not all come to another at the same moment. `random` is 0 to 1.
 */
export function pauseMs(attempt: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));
}

/** Waits, or until the signal comes: a timer would keep a program from ending. */
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
 * Codes with which a socket ends that another may replace: the gateway stops, the connection broke, a proxy restarts, the gateway
 * cannot go on with this one (RFC 6455, section 7.4, and its registry); 4408 and 4504: whoever was slow to say hello.
 */
const PASSING = new Set([1001, 1005, 1006, 1012, 1013, 1014, 4408, 4504]);

/**
 * Whether to connect again after a socket ended with this. What has no close code is an error of the network: it comes instead of the
 * code where a connection breaks, or cannot be made.
 */
export function isWorthATry(problem: unknown): boolean {
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null;
  return typeof code !== 'number' || PASSING.has(code) || (code === FORBIDDEN && saysExpired(problem));
}

/** The code of two refusals: another connection has a newer token, but never another tenant. */
const FORBIDDEN = 4403;

function saysExpired(problem: unknown): boolean {
  const reason = typeof problem === 'object' && problem !== null && 'reason' in problem ? problem.reason : null;
  return typeof reason === 'string' && reason.startsWith('TOKEN_EXPIRED');
}
