import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REPOSITORY = new URL('../../../../', import.meta.url).pathname;

/** A project of a front end with the files of docs/clients.md and the packages of the repository. */
export interface ClientProject {
  /** Runs the compiled file of this name. @returns its output */
  run(name: string): Promise<string>;
  /** Checks one of the files with a compiler. @returns the compiler's output, which is empty when the file compiles */
  check(name: string, compiler: string): Promise<string>;
  readonly files: ReadonlyMap<string, string>;
  remove(): void;
}

/** The error of a program that failed, with its output. */
interface Failure {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Writes the files of docs/clients.md, runs the generators of Relay, gql.tada and graphql-codegen, and compiles all files with the
 * `tsconfig.json` of docs/clients.md.
 * @param adapt receives the text of a file, and returns the text to write instead.
 * @throws Error with the output of a tool that failed.
 */
export async function createClientProject(adapt: (code: string) => string): Promise<ClientProject> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-clients-'));
  const files = filesOfPage();
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  copyFileSync(join(REPOSITORY, 'clients/sdk/schema.graphql'), join(folder, 'schema.graphql'));
  write(folder, 'package.json', '{ "type": "module" }');
  for (const [name, code] of files) write(folder, name, adapt(code));
  const tool = async (name: string, ...args: readonly string[]) => {
    const path = join(REPOSITORY, 'node_modules/.bin', name);
    await run(path, [...args], { cwd: folder }).catch(({ stdout, stderr }: Failure) => {
      throw new Error(`${name} failed:\n${stdout}${stderr}`);
    });
  };
  await tool('relay-compiler');
  nameRelayArtifactsInFull(join(folder, 'relay/__generated__'));
  await tool('gql.tada', 'generate-output');
  await tool('graphql-codegen', '--config', 'codegen.ts');
  await tool('tsc', '-p', 'tsconfig.json');
  return {
    files,
    check: (name, compiler) => check(folder, name, compiler),
    run: async (name) => (await run(process.execPath, [`${name}.js`], { cwd: folder })).stdout,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Adds extensions to the imports of Relay's artifacts. Bundlers find files without an extension, but Node does not find them. */
function nameRelayArtifactsInFull(folder: string): void {
  for (const name of readdirSync(folder)) {
    const code = readFileSync(join(folder, name), 'utf8');
    write(folder, name, code.replaceAll(/(from '\.\/\w+\.graphql)(?=')/g, '$1.js'));
  }
}

function filesOfPage(): ReadonlyMap<string, string> {
  const page = readFileSync(join(REPOSITORY, 'docs/clients.md'), 'utf8');
  const blocks = page.matchAll(/```(?:ts|json) title="([^"]+)"\n([\s\S]*?)```/g);
  return new Map(Array.from(blocks, ([, name = '', code = '']) => [name, code]));
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

async function check(folder: string, name: string, compiler: string): Promise<string> {
  const options = { extends: './tsconfig.json', compilerOptions: { noEmit: true }, files: [`${name}.ts`] };
  write(folder, 'tsconfig.check.json', JSON.stringify(options));
  return run(process.execPath, [compiler, '-p', 'tsconfig.check.json'], { cwd: folder }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: Failure) => `${stdout}${stderr}`,
  );
}
