export { type CollectedField, collectFields } from './collect-fields.ts';
export { type CostDefaults, type DearList, type OperationCost, dearestLists, operationCost } from './operation-cost.ts';
