/**
 * pg settings for long-lived connections. A database machine may vanish without closing its connections. With these settings TCP probes an
 * idle connection after 10 s. By default Linux would wait two hours.
 */
export const NOTICES_ABSENCE = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;
