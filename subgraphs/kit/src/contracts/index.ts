export * from './command.ts';
export * from './event.ts';
export * from './schemas.ts';
export * from './node-lookup.ts';
