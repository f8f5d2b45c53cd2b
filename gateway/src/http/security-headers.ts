/**
 * Headers of every response (OWASP's secure headers for APIs). They are constant, so adding them costs less than a plugin would. Pages that
 * run scripts replace the content security policy.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Additional headers of HTML pages. They have no effect on JSON. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'x-dns-prefetch-control': 'off',
};

/** Additional headers over TLS. Browsers ignore them over plain HTTP (RFC 6797, 7.2). */
export const TRANSPORT_SECURITY: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};
