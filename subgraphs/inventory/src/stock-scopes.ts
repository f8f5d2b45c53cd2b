/** Directives that the gateway enforces; the services check the same again. */
export const STOCK_READ = '@requiresScopes(scopes: [["stock:read"]])';
export const STOCK_WRITE = '@requiresScopes(scopes: [["stock:write"]])';
