/**
 * Settings of pg for connections that last: the machine of a database may vanish without closing them. TCP asks an idle one after
 * 10 s (left alone, Linux waits two hours). The timeout is for a connection, and also for a place in a full pool.
 */
export const NOTICES_ABSENCE = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: 5000,
} as const;
