export { type Engine, loadEngine } from './engine.ts';
export { LiveEngine } from './live-engine.ts';
export type { ReadyOperation } from './operation.ts';
export type { OperationExecutor, ReferenceChoice, ReferenceExecutor, ReferenceFactory } from './operation-executor.ts';
export type { PlanRunner } from './plan-runner.ts';
export type { PreparedOperation } from './prepared-operation.ts';
