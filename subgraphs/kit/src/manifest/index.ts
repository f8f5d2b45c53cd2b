export type { Named } from './contract-parts.ts';
export * from './manifest.ts';
export * from './secret-files.ts';
export * from './setting-variables.ts';
