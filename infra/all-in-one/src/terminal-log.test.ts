import { expect, test } from '@jest/globals';
import { createLogger } from '@souk/kit/runtime';
import { terminalLog } from './terminal-log.ts';

test('what went wrong is a line of text, with its time, its place and its reason', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'warn', destination: terminalLog({ write: (text) => lines.push(text) }) });
  logger.child({ subgraph: 'orders' }).error({ error: new Error('connection refused') }, 'relay failed');
  logger.warn('slow');
  expect(lines).toEqual([
    expect.stringMatching(/^! \d\d:\d\d:\d\d orders: relay failed \(connection refused\)\n$/),
    expect.stringMatching(/^! \d\d:\d\d:\d\d slow\n$/),
  ]);
});

test('what a client sent commands no terminal', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'warn', destination: terminalLog({ write: (text) => lines.push(text) }) });
  logger.error({ error: new Error('\u001b[2J\u202e\nforged') }, 'relay failed');
  expect(lines).toEqual([expect.stringMatching(/ relay failed \(\\u\{1b\}\[2J\\u\{202e\}\\u\{a\}forged\)\n$/)]);
});
