export { type Engine, loadEngine } from './engine.ts';
export { LiveEngine } from './live-engine.ts';
export type { ReadyOperation } from './operation.ts';
export type { PlanRunner } from './plan-runner.ts';
export type { PreparedOperation } from './prepared-operation.ts';
