import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { movedFile } from './moved-file.ts';
import { ownPackages } from './own-packages.ts';

/** The code of another commit, built, in a folder of its own. */
export interface EarlierTree {
  readonly root: string;
  remove(): void;
}

/** Programs of the system may not enter a folder of root's otherwise. */
const PREFIX = join(tmpdir(), 'souk-earlier-');

/**
 * Takes the sources of a commit out of the history of `root` and builds them. Packages are those that are installed in `root`, and
 * those of Souk itself the commit's own. @throws Error with what the build said when it fails.
 */
export async function checkOut(root: string, commit: string): Promise<EarlierTree> {
  const folder = mkdtempSync(PREFIX);
  const tree = { root: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
  try {
    await extract(root, commit, folder);
    linkPackages(root, folder);
    build(folder);
    return tree;
  } catch (error) {
    tree.remove();
    throw error;
  }
}

async function extract(root: string, commit: string, folder: string): Promise<void> {
  const archive = spawn('git', ['-C', root, 'archive', commit], { stdio: ['ignore', 'pipe', 'inherit'] });
  const tar = spawn('tar', ['-x', '-C', folder], { stdio: [archive.stdout, 'inherit', 'inherit'] });
  const [code] = await once(tar, 'exit');
  if (code !== 0) throw new Error(`${commit} cannot be taken out of the history`);
}

/** One link for each package: where the whole folder is one, `@souk/kit` is that of `root`. */
function linkPackages(root: string, folder: string): void {
  const installed = readdirSync(join(root, 'node_modules')).filter((name) => name !== '@souk');
  for (const name of installed) link(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  for (const workspace of workspacesOf(folder)) {
    const { name } = manifestOf(join(folder, workspace));
    if (name) link(join(folder, workspace), join(folder, 'node_modules', name));
  }
  for (const [path, installed] of ownPackages(root, folder)) link(installed, join(folder, path));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** With the commit's own build, and a proof that it finds its own packages. */
function build(folder: string): void {
  const script = `
    const { build } = await import('${movedFile(folder, 'build')}');
    await build('${folder}');
    const kit = import.meta.resolve('@souk/kit/domain');
    if (!kit.includes('${folder}/')) throw new Error('@souk/kit is ' + kit);`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(folder, 'infra/all-in-one'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The code of an earlier commit cannot be built:\n${stderr}`);
}

interface Manifest {
  readonly name?: string;
  readonly workspaces?: readonly string[];
}

const workspacesOf = (folder: string): readonly string[] => manifestOf(folder).workspaces ?? [];

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
