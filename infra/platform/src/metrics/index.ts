export { createProcessMetrics, type ProcessMetrics, type RequestTimes } from './process-metrics.ts';
export { addSubgraphMetrics, type MeasuredSubgraph } from './subgraph-metrics.ts';
