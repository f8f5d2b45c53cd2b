import { pino, type Logger } from 'pino';

/** A logger, and the lines that it wrote. */
export interface TestLog {
  readonly logger: Logger;
  /** The log lines, as pino wrote them. */
  readonly lines: readonly string[];
}

/** Records log lines of level `info` and above. */
export function testLog(): TestLog {
  const lines: string[] = [];
  return { logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }), lines };
}
