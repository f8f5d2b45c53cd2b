import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const LAUNCHER = fileURLToPath(new URL('../../souk.cjs', import.meta.url));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, stdout, stderr };
}

/** The commands in the scripts of package.json. */
const COMMANDS = [
  ...new Set(
    [...readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8').matchAll(/souk\.cjs (\w+)/g)].map(
      ([, name = '']) => name,
    ),
  ),
];

test.each([['--help'], ['-h'], ['help'], []])('souk.cjs %s lists every command', (...args) => {
  const { status, stdout } = run(...args);
  expect(status).toBe(0);
  expect(COMMANDS.length).toBeGreaterThan(5);
  for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
});

test.each(COMMANDS)('%s --help prints its usage and starts nothing', (name) => {
  const { status, stdout } = run(name, '--help');
  expect(status).toBe(0);
  expect(stdout).toMatch(new RegExp(`npm (run )?${name}`));
});

test('an unknown command is an error that names --help', () => {
  expect(run('strat')).toMatchObject({ status: 1, stderr: expect.stringMatching(/no command "strat".*--help/) });
});

test.each(['start', 'cluster', 'build'])('%s refuses arguments, because they would have no effect', (name) => {
  const refused = { status: 1, stderr: expect.stringMatching(/takes no arguments: leave out "--port 5"/) };
  expect(run(name, '--port', '5')).toMatchObject(refused);
});
