/** The sales channels of the tenants. The gateway reads the directory on every request, so it must answer from memory. */
export interface ChannelDirectory {
  /**
   * The id of the active channel with this code. Null when the tenant has no such channel.
   * @param code in lower case. With null the tenant's default channel is found.
   */
  channelOf(tenantId: string, code: string | null): Promise<string | null>;
}
