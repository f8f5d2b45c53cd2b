export { defineScope, Scope, type ScopeName } from '../context/index.ts';
export * from './command.ts';
export * from './event.ts';
export * from './route.ts';
export * from './schemas.ts';
export * from './node-lookup.ts';
