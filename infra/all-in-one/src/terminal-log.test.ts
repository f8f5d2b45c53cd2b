import { expect, test } from '@jest/globals';
import { createLogger } from '@souk/kit/runtime';
import { terminalLog } from './terminal-log.ts';

test('a warning is one line of text with its time, its subgraph and its error message', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'warn', destination: terminalLog({ write: (text) => lines.push(text) }) });
  logger.child({ subgraph: 'orders' }).error({ error: new Error('connection refused') }, 'relay failed');
  logger.warn('slow');
  expect(lines).toEqual([
    expect.stringMatching(/^! \d\d:\d\d:\d\d orders: relay failed \(connection refused\)\n$/),
    expect.stringMatching(/^! \d\d:\d\d:\d\d slow\n$/),
  ]);
});
