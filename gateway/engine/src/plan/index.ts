export { copyOf } from './merge.ts';
export type { SubgraphAnswer } from './plan-run.ts';
