/**
 * Settings of pg for connections that last: the machine of a database may vanish without closing them. TCP asks an idle one after
 * 10 s (left alone, Linux waits two hours).
 */
export const NOTICES_ABSENCE = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;
