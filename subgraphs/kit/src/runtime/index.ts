export * from './logger.ts';
export * from './recurring-jobs.ts';
export type { RunningWorker } from './running-worker.ts';
export * from './start-subgraph.ts';
export * from './subgraph.ts';
export { RepeatedLines, textOf } from './repeated-lines.ts';
