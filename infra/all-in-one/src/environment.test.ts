import { expect, test } from '@jest/globals';
import { readEnvironment } from './environment.ts';

test('without any variable Souk serves on 127.0.0.1:4000 and keeps its data in .data', () => {
  expect(readEnvironment({}, '/clone')).toEqual({
    http: { host: '127.0.0.1', port: 4000 },
    dataDir: '/clone/.data',
    log: { file: '/clone/.data/logs/souk.log', level: 'info', terminalLevel: 'warn' },
    acceptOperations: 'any',
    databaseUrl: null,
  });
});

test('a variable that is set to nothing counts as not set', () => {
  expect(readEnvironment({ PORT: '', DATABASE_URL: '' }, '/clone')).toEqual(readEnvironment({}, '/clone'));
});

test('each variable is taken', () => {
  const variables = {
    PORT: '0',
    HOST: '0.0.0.0',
    SOUK_DATA_DIR: '/data',
    LOG_LEVEL: 'silent',
    SOUK_OPERATIONS: 'persisted',
    DATABASE_URL: 'postgres://a@b/c',
  };
  expect(readEnvironment(variables, '/clone')).toEqual({
    http: { host: '0.0.0.0', port: 0 },
    dataDir: '/data',
    log: { file: '/data/logs/souk.log', level: 'silent', terminalLevel: 'silent' },
    acceptOperations: 'persisted',
    databaseUrl: 'postgres://a@b/c',
  });
});

test('every problem is told at once, and no password with it', () => {
  const variables = { PORT: '70000', HOST: 'http://x', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://root:secret@db/souk' };
  const read = () => readEnvironment(variables, '/clone');
  for (const name of ['PORT="70000"', 'HOST="http://x"', 'LOG_LEVEL="loud"', 'DATABASE_URL'])
    expect(read).toThrow(name);
  expect(read).not.toThrow('secret');
});

test.each(['abc', '4000.5', '-1'])('PORT=%s is refused', (PORT) => {
  expect(() => readEnvironment({ PORT }, '/clone')).toThrow(`PORT="${PORT}" must be`);
});
