import { pino, type Logger } from 'pino';

/** A log of a test's own. */
export interface TestLog {
  readonly logger: Logger;
  /** Each as pino wrote it. */
  readonly lines: readonly string[];
}

/** Everything from `info` on. */
export function testLog(): TestLog {
  const lines: string[] = [];
  return { logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }), lines };
}
