import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PROCESSES, SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';

const MAIN = join(ROOT, 'infra/processes/dist/main.js');
const QUIET = {
  say: () => undefined,
  step: async <Value>(_label: string, work: () => Value | Promise<Value>) => work(),
};

/** A module that records every loaded module, and writes the list to the file LOADED_FILE at exit. */
const RECORDER = `
import { registerHooks } from 'node:module';
import { writeFileSync } from 'node:fs';
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
process.on('exit', () => writeFileSync(process.env.LOADED_FILE, loaded.join('\\n')));
`;

let folder: string;
beforeAll(async () => {
  await ensureBuilt(QUIET);
  folder = mkdtempSync(join(tmpdir(), 'souk-loaded-'));
  writeFileSync(join(folder, 'recorder.mjs'), RECORDER);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts a process with an empty environment. Returns the modules that it has loaded when it reports the missing variables. */
async function modulesOf(name: string): Promise<readonly string[]> {
  const file = join(folder, name);
  const args = ['--import', join(folder, 'recorder.mjs'), MAIN, name];
  const child = spawn(process.execPath, args, { env: { LOADED_FILE: file }, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => void said.push(String(chunk)));
  await once(child, 'close');
  expect(said.join('')).toContain(`The process "${name}" cannot start with this environment`);
  return readFileSync(file, 'utf8').split('\n');
}

/** The subgraphs whose code was loaded, and not only their manifest and contract. */
function loadedSubgraphs(modules: readonly string[]): readonly string[] {
  const code = modules.flatMap((url) => {
    const [, name, file] = /\/subgraphs\/([^/]+)\/dist\/(.+)$/.exec(url) ?? [];
    return name !== undefined && !['manifest.js', 'contract.js'].includes(file ?? '') ? [name] : [];
  });
  return SUBGRAPH_NAMES.filter((name) => code.includes(name));
}

const HEAVY = /\/node_modules\/(@mikro-orm|kysely|type-graphql|pg)\//;

test.each(PROCESSES.map(({ name, manifest }) => [name, manifest.name]))(
  'the process %s loads only the code of %s',
  async (name, subgraph) => {
    const modules = await modulesOf(name);
    expect(loadedSubgraphs(modules)).toEqual([subgraph]);
    expect(modules.filter((url) => url.endsWith('/dist/manifest.js'))).toHaveLength(SUBGRAPH_NAMES.length);
  },
);

test('the process gateway imports every manifest, and no code of a subgraph', async () => {
  const modules = await modulesOf('gateway');
  expect(modules.filter((url) => url.endsWith('/dist/manifest.js'))).toHaveLength(SUBGRAPH_NAMES.length);
  expect(loadedSubgraphs(modules)).toEqual([]);
});

test('the roster alone loads neither MikroORM nor type-graphql', async () => {
  const file = join(folder, 'roster');
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', join(folder, 'recorder.mjs'), join(ROOT, 'infra/deployment/dist/roster/index.js')],
    { env: { LOADED_FILE: file } },
  );
  expect(stderr).toBe('');
  const modules = readFileSync(file, 'utf8').split('\n');
  expect(modules.filter((url) => url.endsWith('/dist/manifest.js'))).toHaveLength(SUBGRAPH_NAMES.length);
  expect(modules.filter((url) => HEAVY.test(url))).toEqual([]);
});
