/**
 * Keeps `@apollo/gateway` from sending metrics of its operations to Apollo. It has no other switch than this variable, which it
 * reads when a gateway is made.
 */
export function disableApolloTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}
