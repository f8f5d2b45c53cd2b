import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { build } from '@souk/launcher/build';
import { until } from '@souk/kit/testing';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDevLoop, type DevLoop } from './dev-loop.ts';

// The tests use a small repository that is built like this repository. Its server writes a line to a file at each
// start, and then waits.

const REPOSITORY = new URL('../../../../', import.meta.url).pathname;
const SERVER = `import { appendFileSync } from 'node:fs';
import { greeting } from './greeting.ts';
import { name } from 'large-package';
const place: string = new URL('../../starts.txt', import.meta.url).pathname;
appendFileSync(place, greeting() + '\\n');
appendFileSync(new URL('../../served-by.txt', import.meta.url).pathname, name + '\\n');
process.send?.({ serving: 'here' });
setInterval(() => undefined, 1000);
`;
/** The source of a package. It writes a line when it is loaded, and exports the process id. */
const PACKAGE = `import { appendFileSync } from 'node:fs';
export const name = 'process ' + process.pid;
appendFileSync(new URL('../../loaded-by.txt', import.meta.url).pathname, name + '\\n');
`;
const GREETING = `export const greeting = (): string => 'first';\n`;

let root: string;
let loop: DevLoop;
let said: string[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'souk-dev-'));
  cpSync(join(REPOSITORY, '.swcrc'), join(root, '.swcrc'));
  write('package.json', '{ "type": "module" }');
  write('infra/launcher/build.mjs', '');
  write('infra/all-in-one/src/main.ts', ''); // its dist/ has the stamp of the build
  write('gateway/src/server.ts', SERVER);
  write('node_modules/large-package/package.json', '{ "name": "large-package", "type": "module", "main": "main.js" }');
  write('node_modules/large-package/main.js', PACKAGE);
  write('gateway/src/greeting.ts', GREETING);
  await build(root);
  said = [];
  loop = await startDevLoop({
    root,
    program: {
      options: ['--enable-source-maps'],
      program: join(root, 'gateway/dist/server.js'),
      variables: {},
    },
    say: (text) => said.push(text),
  });
  await until(() => starts().length === 1);
});
afterEach(async () => {
  await loop.stop();
  rmSync(root, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function linesOf(name: string): readonly string[] {
  const file = join(root, name);
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
}
const starts = () => linesOf('starts.txt');

const built = (name: string) => readFileSync(join(root, `gateway/dist/${name}`), 'utf8');

test('a saved file is compiled, and the server starts again with it', async () => {
  const before = built('server.js');
  writeFileSync(join(root, 'gateway/dist/server.js'), `${before}\n// as built`);
  write('gateway/src/greeting.ts', GREETING.replace('first', 'second'));
  await until(() => starts().length === 2);
  expect(starts()).toEqual(['first', 'second']);
  expect(said).toEqual(['Restarting: gateway/src/greeting.ts changed.']);
  expect(built('server.js')).toMatch(/as built$/); // no other file was compiled
});

test('a saved file is served by a process that had already loaded the packages', async () => {
  for (const generation of [2, 3]) {
    await until(() => linesOf('loaded-by.txt').length === generation); // one loader more than servers: the standby
    expect(starts()).toHaveLength(generation - 1);
    write('gateway/src/greeting.ts', GREETING.replace('first', `generation ${generation}`));
    await until(() => linesOf('served-by.txt').length === generation);
  }
  expect(linesOf('served-by.txt')).toEqual(linesOf('loaded-by.txt').slice(0, 3));
});

test('a syntax error is shown with its place, and the next save that compiles starts the server again', async () => {
  write('gateway/src/greeting.ts', 'export const greeting = (;\n');
  await until(() => said.length === 1);
  expect(said[0]).toMatch(/^gateway\/src\/greeting\.ts does not compile:\n[\s\S]*greeting\.ts:1:\d+\]/);
  expect(said[0]).not.toContain('backtrace');
  write('gateway/src/other.ts', 'export const other = 1;\n'); // compiles, but the first one still does not
  await until(() => said.length === 2);
  expect(starts()).toEqual(['first']);
  write('gateway/src/greeting.ts', GREETING.replace('first', 'mended'));
  await until(() => starts().length === 2);
  expect(starts()).toEqual(['first', 'mended']);
});

test('a server that ends by itself is started again by the next save, and its stack names the TypeScript line', async () => {
  write(
    'gateway/src/greeting.ts',
    `import { writeFileSync } from 'node:fs';
interface Gone {
  readonly fromTheBuild: true;
}
export const greeting = (): string => {
  writeFileSync('${join(root, 'stack.txt')}', String(new Error().stack));
  process.exit(3);
};
`,
  );
  await until(() => said.some((text) => text.includes('exit code 3')));
  expect(readFileSync(join(root, 'stack.txt'), 'utf8')).toMatch(/gateway\/src\/greeting\.ts:6:\d+/);
  write('gateway/src/greeting.ts', GREETING.replace('first', 'mended'));
  await until(() => starts().length === 2);
});

test('a removed file is removed from the build', async () => {
  write('gateway/src/other.ts', 'export const other = 1;\n');
  await until(() => starts().length === 2);
  expect(existsSync(join(root, 'gateway/dist/other.js'))).toBe(true);
  rmSync(join(root, 'gateway/src/other.ts'));
  await until(() => starts().length === 3);
  expect(existsSync(join(root, 'gateway/dist/other.js'))).toBe(false);
});
