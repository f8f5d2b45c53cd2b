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

/** The longest text in a logged error, in characters: a database's error repeats statements with values that a client chose. */
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
