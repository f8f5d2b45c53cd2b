export { createProcessMetrics, type ProcessMetrics, type RequestTimes } from './process-metrics.ts';
