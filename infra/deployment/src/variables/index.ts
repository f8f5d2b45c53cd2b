export { manifestSettings, manifestVariables } from './manifest-variables.ts';
export { type EngineSettings, engineSettings, engineVariables } from './engine-variables.ts';
export { metricsPlace, metricsVariables } from './metrics-variables.ts';
export { protectionSettings, protectionVariables } from './protection-variables.ts';
export { objectVariables, s3Settings } from './object-variables.ts';
export { publicUrlVariable } from './public-url-variable.ts';
export { tracingSettings, type TracingSettings, tracingVariables } from './tracing-variables.ts';
export { postgresUrl } from './postgres-url-variable.ts';
