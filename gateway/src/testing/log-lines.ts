import { pino, type Logger } from 'pino';

/** A logger of one test. */
export interface TestLog {
  readonly logger: Logger;
  /** The log lines, as pino wrote them. */
  readonly lines: readonly string[];
}

/** Records lines from level `info` on. */
export function testLog(): TestLog {
  const lines: string[] = [];
  return { logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }), lines };
}
