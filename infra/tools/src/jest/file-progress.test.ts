import { expect, test } from '@jest/globals';
import FileProgress from '../../jest/file-progress.mjs';

function runOf(files: readonly string[], isTTY = false): string {
  let text = '';
  const stream = { write: (line: string) => (text += line), isTTY };
  const reporter = new FileProgress({ rootDir: '/souk' }, { stream });
  reporter.onRunStart({ numTotalTestSuites: files.length });
  for (const file of files) {
    reporter.onTestFileStart({ path: `/souk/${file}` });
    reporter.onTestFileResult();
  }
  return text;
}

test('each file is a line that says how many are left, itself included', () => {
  expect(runOf(['gateway/src/a.test.ts', 'infra/demo/src/b.test.ts'])).toBe(
    '[1/2, 2 left] gateway/src/a.test.ts\n[2/2, 1 left] infra/demo/src/b.test.ts\n',
  );
});

test('a terminal, which shows that by itself, and a run of one file get no lines', () => {
  expect(runOf(['gateway/src/a.test.ts', 'infra/demo/src/b.test.ts'], true)).toBe('');
  expect(runOf(['gateway/src/a.test.ts'])).toBe('');
});
