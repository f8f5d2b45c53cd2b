import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** A pino level, `trace` to `fatal`, or `silent`. */
  readonly level: string;
  /** The destination of the lines. @default standard output */
  readonly destination?: DestinationStream;
}

/** Creates a logger of JSON lines with ISO times. Tokens and passwords are redacted down to the third level of the logged object. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    // JSON.stringify omits the message and the stack of an Error, so pino needs these serializers.
    serializers: { error: shortError, err: shortError },
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

/**
 * Maximum length of a text in a logged error, in characters. The limit is needed because the errors of databases contain statements with
 * values of clients, which may be long.
 */
const MOST_CHARACTERS = 8192;

function shortError(error: Error): unknown {
  const shown: unknown = pino.stdSerializers.err(error);
  if (typeof shown !== 'object' || shown === null) return typeof shown === 'string' ? shortened(shown) : shown;
  const entries = Object.entries(shown);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? shortened(value) : value]),
  );
}

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)} ... (${text.length} characters)`;
}
