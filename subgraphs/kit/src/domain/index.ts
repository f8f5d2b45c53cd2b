export * from './chunks.ts';
export * from './clock.ts';
export * from './decimal.ts';
export * from './failure.ts';
export * from './money.ts';
export * from './result.ts';
export * from './transitions.ts';
export * from './uuid.ts';
