/** The tenants. The gateway reads the directory on every anonymous request, so it must answer from memory. */
export interface TenantDirectory {
  /** The id of the tenant with this host name (lower case, no port), or null for an unknown host. */
  byHost(host: string): Promise<string | null>;
  /** The id of the tenant with this slug (lower case), or null for an unknown slug. */
  bySlug(slug: string): Promise<string | null>;
  /** Whether a tenant with this id (lower case) exists. */
  exists(tenantId: string): Promise<boolean>;
  /**
   * The tenant's plan, which determines its rates.
   * @default no tenant has a plan
   */
  planOf?(tenantId: string): Promise<string | null>;
  /**
   * The tenant of a request from this machine to `localhost`, `127.0.0.1` or `[::1]` that does not specify a tenant. Null when every
   * request must specify a tenant. Any other unknown host is an error, because a mistyped host must not lead to another shop.
   */
  readonly defaultTenantId: string | null;
}
