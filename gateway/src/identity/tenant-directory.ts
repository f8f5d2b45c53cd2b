/** The tenants. The gateway reads the directory on every anonymous request, so it must answer from memory. */
export interface TenantDirectory {
  /** The tenant of a host name (lower case, no port), or null when the name belongs to no tenant. */
  byHost(host: string): Promise<string | null>;
  /** The tenant with a slug (lower case), or null when there is none. */
  bySlug(slug: string): Promise<string | null>;
  /** Whether a tenant with this id (lower case) exists. */
  exists(tenantId: string): Promise<boolean>;
  /**
   * The tenant's plan, which determines its rates.
   * @default no tenant has a plan
   */
  planOf?(tenantId: string): Promise<string | null>;
  /**
   * The tenant of a caller who names none and calls from this machine by `localhost`, `127.0.0.1` or `[::1]`. Null when every caller has to
   * name a tenant. Any other host name without a tenant is an error, so that a wrong name never leads to another shop.
   */
  readonly defaultTenantId: string | null;
}
