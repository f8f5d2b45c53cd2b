// For other programs that a person starts.
export { keepLogsSmall } from '../log-rotation.ts';
export { metricsPlace, metricsVariables } from '../metrics-variables.ts';
export { makePrivateDataFolder } from '../private-files.ts';
export { publicUrlVariable } from '../public-url-variable.ts';
export { reachable } from '../reachable.ts';
export { openTracer } from '../tracing.ts';
export { tracingSettings, tracingVariables, type TracingSettings } from '../tracing-variables.ts';
export type { StartReport } from '../composition.ts';
