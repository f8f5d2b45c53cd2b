export * from './access-denied.ts';
export * from './database-unavailable.ts';
export * from './log-ids.ts';
export * from './request-context.ts';
export { defineScope, Scope, type ScopeDeclaration, type ScopeName } from './scope.ts';
export * from './succeeded-fields.ts';
export * from './trace-context.ts';
