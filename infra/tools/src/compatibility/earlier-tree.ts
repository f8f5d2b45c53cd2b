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

/**
 * Path prefix of the folders. They are in the system's temporary folder, because Postgres runs as another user, who may
 * not enter root's folders.
 */
const PREFIX = join(tmpdir(), 'souk-earlier-');

/**
 * Extracts the sources of a commit from the history of `root`, and builds them. Third-party packages are linked from
 * `root`. Souk's own packages come from the commit.
 * @throws Error with the output when the build fails.
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

/**
 * Links each package separately. If node_modules were one link, `@souk/kit` would be the package of `root` instead of
 * the commit's.
 */
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

/** Runs the commit's own build, and checks that its Souk packages resolve to the commit. */
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

/** The workspace folders. The entries in `package.json` may be glob patterns. */
const workspacesOf = (folder: string): readonly string[] =>
  globSync(
    (manifestOf(folder).workspaces ?? []).map((pattern) => `${pattern}/package.json`),
    { cwd: folder },
  ).map(dirname);

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
