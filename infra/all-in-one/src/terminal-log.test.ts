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

test('control characters from a client are escaped, so that they cannot control the terminal', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'warn', destination: terminalLog({ write: (text) => lines.push(text) }) });
  logger.error({ error: new Error('\u001b[2J\u202e\nforged') }, 'relay failed');
  expect(lines).toEqual([expect.stringMatching(/ relay failed \(\\u\{1b\}\[2J\\u\{202e\}\\u\{a\}forged\)\n$/)]);
});

test('with stacks, the stack follows the error, and a line below warning has another sign', () => {
  const lines: string[] = [];
  const destination = terminalLog({ write: (text) => lines.push(text) }, { stacks: true });
  const logger = createLogger({ level: 'info', destination });
  logger.error({ error: new Error('connection refused') }, 'relay failed');
  logger.info('ready');
  expect(lines).toEqual([
    expect.stringMatching(/\(connection refused\)\n {4}at .*terminal-log\.test\.ts:\d+/),
    expect.stringMatching(/^· \d\d:\d\d:\d\d ready\n$/),
  ]);
});
