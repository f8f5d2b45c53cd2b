export type { Named } from './contract-declarations.ts';
export * from './manifest.ts';
export type { ProcessKind } from './process-kind.ts';
export * from './secret-files.ts';
export * from './setting-variables.ts';
