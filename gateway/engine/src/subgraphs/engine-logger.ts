import type { BaseLogger } from 'pino';

/** The log for unexpected failures: any pino logger. */
export type EngineLogger = Pick<BaseLogger, 'debug' | 'warn' | 'error'>;
