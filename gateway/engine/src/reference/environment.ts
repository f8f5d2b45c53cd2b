/**
 * Prevents `@apollo/gateway` from sending metrics of its operations to Apollo. The package has no other switch than this environment
 * variable, which it reads when a gateway is created.
 */
export function disableApolloTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}
