/**
 * pg settings for long-lived connections. A database machine may vanish without closing its connections. TCP probes an idle connection
 * after 10 s. Linux would wait two hours by default.
 */
export const NOTICES_ABSENCE = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;
