export { BoundedCache } from './bounded-cache.ts';
export { DocumentCache } from './document-cache.ts';
export { type OperationContext, documentOf, operationContext } from './operation-context.ts';
export { DEFAULT_OPERATION_LIMITS, type OperationLimits, measure } from './operation-limits.ts';
