import type { BaseLogger } from 'pino';

/** Where the engine logs what fails unexpectedly: any pino logger. */
export type EngineLogger = Pick<BaseLogger, 'debug' | 'warn' | 'error'>;
