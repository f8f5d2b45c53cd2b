import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { COMPILERS } from './testing/compilers.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';
import { OWNER } from './testing/test-shop.ts';

const run = promisify(execFile);
const REPOSITORY = new URL('../../../', import.meta.url).pathname;
const SDK = join(REPOSITORY, 'clients/sdk');
const TSC = join(REPOSITORY, 'node_modules/.bin/tsc');

const readme = readFileSync(join(SDK, 'README.md'), 'utf8');
const EXAMPLES = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
const [REACT_EXAMPLE = ''] = [...readme.matchAll(/```tsx\n([\s\S]*?)```/g)].map(([, code = '']) => code);
const names = EXAMPLES.map((_code, index) => `example-${index + 1}`);

/** The expected output of each example, in the order of the README. */
const OUTPUTS = ['10.00\n', 'created with 1 line\nUNAUTHENTICATED\nnull 1\n', 'owner\n', ''];

/** A web page that uses a single operation. Its bundle shows which code of the SDK a bundler can leave out. */
const ONE_QUERY = `
import { createHttpClient, productList } from '@souk/sdk';
const souk = createHttpClient({ url: '/graphql', queriesByGet: true });
productList(souk, { first: 10 }).then(({ products }) => document.body.append(products.nodes.length));
`;

/** Uses the type of every exported document, so a broken or missing type fails to compile. */
const EVERY_DOCUMENT = `
import * as sdk from '@souk/sdk';
type Documents = Extract<(typeof sdk)[keyof typeof sdk], { readonly body: string }>;
type DataOf<Document> = Document extends sdk.OperationDocument<any, infer Data, any> ? Data : never;
export const some: DataOf<Documents> | null = null;
export const list: DataOf<typeof sdk.ProductListDocument>['products'] = null;
`;

let installation: TestInstallation;
let souk: TestSouk;
/** The folder of an empty project outside the repository, in which the packed SDK is installed. */
let project: string;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'souk-sdk-project-'));
  await installInto(project);
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  await souk.shop.offer({ north: 3, south: 0 });
  EXAMPLES.forEach((code, index) => writeFileSync(join(project, `${names[index]}.ts`), onTestSouk(code)));
  writeFileSync(join(project, 'react-example.tsx'), onTestSouk(REACT_EXAMPLE));
}, 600_000);
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
  rmSync(project, { recursive: true });
});

/** The peer dependencies of the SDK and its hooks, with their own dependencies. */
const PEERS = [
  'graphql-sse',
  'graphql-ws',
  'graphql',
  'react',
  'react-dom',
  'scheduler',
  '@tanstack/react-query',
  '@tanstack/query-core',
  '@types/react',
  '@types/react-dom',
  'csstype',
];

/** Packs the SDK with `npm pack`, and installs the tarball without a network, as a user of the SDK would. */
async function installInto(folder: string): Promise<void> {
  const source = join(folder, 'source');
  cpSync(SDK, source, { recursive: true, filter: (path) => !/\/(dist|node_modules)$/.test(path) });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(source, 'node_modules'));
  const files = [await pack(source, folder)];
  for (const name of PEERS) {
    files.push(await pack(join(REPOSITORY, 'node_modules', name), folder, '--ignore-scripts'));
  }
  rmSync(source, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', ...files], { cwd: folder });
}

/** Packs a package. @returns the path of the tarball */
async function pack(source: string, folder: string, ...options: readonly string[]): Promise<string> {
  const path = `${join(REPOSITORY, 'node_modules/.bin')}:${process.env['PATH']}`;
  const env = { ...process.env, PATH: path };
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder, ...options], {
    cwd: source,
    env,
  });
  const [packed] = JSON.parse(stdout);
  return join(folder, packed.filename);
}

/** Replaces the demo shop and the port of `npm start` by the shop and the port of the test. */
function onTestSouk(code: string): string {
  return code
    .replaceAll('127.0.0.1:4000', souk.url.replace('http://', ''))
    .replace('owner@demo.test', OWNER.email)
    .replace('demo-owner-password', OWNER.password);
}

/** Returns the path of an installed Node with this major version, or null. */
async function nodeOfVersion(major: number): Promise<string | null> {
  for (const folder of ['/usr/local/bin', '/usr/bin', ...(process.env['PATH'] ?? '').split(':')]) {
    const path = join(folder, 'node');
    const version = await run(path, ['--version']).catch(() => null);
    if (version?.stdout.startsWith(`v${major}.`)) return path;
  }
  return null;
}

const node = (...args: readonly string[]) => run(process.execPath, [...args], { cwd: project });

describe('in a project outside the repository', () => {
  test("the README's examples compile with --strict, and run", async () => {
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom', '--types', ''];
    await run(TSC, [...options, ...names.map((name) => `${name}.ts`)], { cwd: project }).catch(
      (failure: { readonly stdout: string }) => expect(failure.stdout).toBe(''),
    );
    const outputs = await Promise.all(names.map((name) => node(`${name}.js`)));
    expect(outputs.map(({ stdout }) => stdout)).toEqual(OUTPUTS);
    const oldest = await nodeOfVersion(20);
    if (!oldest) return;
    const again = await Promise.all(names.map((name) => run(oldest, [`${name}.js`], { cwd: project })));
    expect(again.map(({ stdout }) => stdout)).toEqual(OUTPUTS);
  });

  test('the package has what its exports name, and source maps that lead to its sources', () => {
    const installed = join(project, 'node_modules/@souk/sdk');
    const { exports: entries } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const files = Object.values(entries as Record<string, Record<string, string>>).flatMap((entry) =>
      Object.values(entry),
    );
    expect(files.filter((file) => !existsSync(join(installed, file)))).toEqual([]);
    for (const file of files.filter((path) => path.startsWith('./dist/'))) {
      const map = JSON.parse(readFileSync(join(installed, `${file}.map`), 'utf8'));
      const sources: readonly string[] = map.sources.map((source: string) => join(installed, file, '..', source));
      expect([map.sources.length, sources.filter((source) => !existsSync(source))]).toEqual([1, []]);
    }
  });

  test('a page with one query has less than 15 kB of compressed JavaScript', async () => {
    writeFileSync(join(project, 'page.js'), ONE_QUERY);
    const config = { logLevel: 'silent', build: { lib: { entry: 'page.js', formats: ['es'], fileName: 'page' } } };
    writeFileSync(join(project, 'vite.config.js'), `export default ${JSON.stringify(config)};`);
    await node(join(REPOSITORY, 'node_modules/vite/bin/vite.js'), 'build', '--minify', 'oxc');
    const [file = '', ...others] = readdirSync(join(project, 'dist'));
    expect(others).toEqual([]);
    const code = readFileSync(join(project, 'dist', file));
    expect(code.includes('query ProductList(')).toBe(true);

    expect(gzipSync(code).length).toBeLessThan(15_000);
  });

  test.each(COMPILERS)(
    "all its declarations and the README's React example compile under TypeScript %s, and so do its sources",
    async (version, compiler) => {
      const { stdout } = await node(compiler, '--version');
      expect(stdout).toContain(`Version ${version}.`);
      writeFileSync(join(project, 'every-document.ts'), EVERY_DOCUMENT);
      const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
      const check = (...args: readonly string[]) =>
        node(compiler, ...args).catch((failure: { readonly stdout: string }) => failure);
      const react = ['--jsx', 'react-jsx', '--types', 'react', 'react-example.tsx'];
      expect(await check(...options, 'every-document.ts', ...react)).toMatchObject({ stdout: '' });
      expect(await check('-p', join(SDK, 'tsconfig.build.json'), '--noEmit')).toMatchObject({ stdout: '' });
    },
  );

  test('a wrong variable of an operation does not compile', async () => {
    writeFileSync(
      join(project, 'wrong.ts'),
      `import { createHttpClient, ProductListDocument } from '@souk/sdk';
       await createHttpClient({ url: '' }).run(ProductListDocument, { first: 'ten' });`,
    );
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
    await expect(run(TSC, [...options, 'wrong.ts'], { cwd: project })).rejects.toMatchObject({
      stdout: expect.stringContaining("Type 'string' is not assignable to type 'number'"),
    });
  });

  test('without a global WebSocket the error names the option of the SDK', async () => {
    const script = `const { createSocketClient } = await import('@souk/sdk'); createSocketClient({ url: 'ws://souk.test' });`;
    await expect(node('--no-experimental-websocket', '--input-type=module', '-e', script)).rejects.toMatchObject({
      stderr: expect.stringContaining('option `webSocket` of createSocketClient'),
    });
  });
});
