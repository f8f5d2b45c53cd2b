export type { Named } from './contract-declarations.ts';
export * from './manifest.ts';
export * from './secret-files.ts';
export * from './setting-variables.ts';
