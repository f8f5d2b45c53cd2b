import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { startRemoteWorld, type RemoteWorld } from '../testing/remote-world.ts';

let remote: RemoteWorld;
let children: ChildProcess[];
beforeEach(async () => {
  remote = await startRemoteWorld();
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await remote.close();
});

const MAIN = new URL('main.ts', import.meta.url).pathname;
/** Node options that run TypeScript sources without a build. */
const FROM_SOURCE = [
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  '--conditions=souk-source',
];

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [...FROM_SOURCE, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  const [said, complained]: [string[], string[]] = [[], []];
  child.stdout?.on('data', (text) => said.push(String(text)));
  child.stderr?.on('data', (text) => complained.push(String(text)));
  const ended = once(child, 'close').then(([code]) => code as unknown);
  return { child, ended, said: () => said.join(''), complained: () => complained.join('') };
}

test('the command serves, reads its file again on SIGHUP, and ends on SIGINT', async () => {
  const gateway = run('--supergraph', remote.file, '--port', '0', '--no-watch');
  await until(() => gateway.said().includes('/graphql'));
  await writeFile(remote.file, remote.sdl('extend type Query { added: String }'));
  gateway.child.kill('SIGHUP');
  await until(() => gateway.said().includes('Serves the new'));
  const url = /at (\S+\/graphql)/.exec(gateway.said())?.[1] ?? '';
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: '{"query":"{ added products { name } }"}' });
  expect(await answer.json()).toEqual({ data: { added: null, products: [{ name: 'Lamp 1' }, { name: 'Lamp 2' }] } });
  gateway.child.kill('SIGINT');
  expect(await gateway.ended).toBe(0);
  expect(gateway.complained()).toBe('');
});

test('the command ends when its launcher ends before the gateway serves', async () => {
  const gateway = run('--supergraph', remote.file, '--port', '0', '--no-watch');
  const ended = once(gateway.child, 'exit'); // without the channel the test cannot wait for 'close'
  gateway.child.disconnect();
  expect(await ended).toEqual([0, null]);
  expect(gateway.complained()).toBe('');
});

test('the command ends with code 1 and one line when it cannot start', async () => {
  const gateway = run('--supergraph', `${remote.file}.missing`);
  expect(await gateway.ended).toBe(1);
  expect(gateway.complained()).toBe(`There is no file ${remote.file}.missing: name another with --supergraph\n`);
  expect(gateway.said()).toBe('');
});

test('the command reports faults of its arguments, and names --help', async () => {
  const gateway = run('--prot', '4000');
  expect(await gateway.ended).toBe(1);
  expect(gateway.complained()).toBe("Unknown option '--prot'\nRun it with --help to see what there is.\n");
});
