import { spawn, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { movedFile } from './moved-file.ts';
import { ownPackages } from './own-packages.ts';

/** The built code of another commit, in its own folder. */
export interface EarlierTree {
  readonly root: string;
  remove(): void;
}

/** The folder's prefix is in the system's temporary folder, because programs of other users may not enter a folder of root. */
const PREFIX = join(tmpdir(), 'souk-earlier-');

/**
 * Extracts the sources of a commit from the history of `root`, and builds them. The tree uses the packages that are installed in `root`,
 * and its own versions of Souk's packages.
 * @throws Error with the output of a failed build.
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
  if (code !== 0) throw new Error(`git archive ${commit} failed in ${root}. Its output above says why.`);
}

/** Links each package separately. A link to the whole folder would make `@souk/kit` the package of `root`. */
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

/** Runs the commit's own build, and checks that the tree finds its own packages. */
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
  if (status !== 0) throw new Error(`The build of the earlier commit in ${folder} failed:\n${stderr}`);
}

interface Manifest {
  readonly name?: string;
  readonly workspaces?: readonly string[];
}

/** The folders of the workspaces. `package.json` may name them by patterns. */
const workspacesOf = (folder: string): readonly string[] =>
  globSync(
    (manifestOf(folder).workspaces ?? []).map((pattern) => `${pattern}/package.json`),
    { cwd: folder },
  ).map(dirname);

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
