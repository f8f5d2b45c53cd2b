/** The tenants, as far as the gateway asks. It asks on every anonymous request: answer from memory. */
export interface TenantDirectory {
  /** The tenant that a host name (lower case, no port) belongs to; null when it is nobody's. */
  byHost(host: string): Promise<string | null>;
  /** The tenant of a slug (lower case); null when there is none. */
  bySlug(slug: string): Promise<string | null>;
  /** Whether there is a tenant of this id (lower case). */
  exists(tenantId: string): Promise<boolean>;
  /** What the tenant has subscribed to, by which its rates follow. Default: no tenant has a plan. */
  planOf?(tenantId: string): Promise<string | null>;
  /**
   * The tenant of a caller on this machine (`localhost`, `127.0.0.1`, `[::1]`) who names none; null when everybody has to name one.
   * A host name that is no tenant's is an error everywhere else: it must not lead to another shop.
   */
  readonly defaultTenantId: string | null;
}
