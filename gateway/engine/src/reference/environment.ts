/**
 * Prevents `@apollo/gateway` from sending metrics to Apollo. The package has no option for this purpose. Instead, it
 * reads `APOLLO_TELEMETRY_DISABLED` when a gateway is created.
 */
export function disableApolloTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}
