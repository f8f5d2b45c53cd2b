import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { runQuietly } from './node-runtime.mjs';
import { StartFailure } from './start-failure.mjs';

/**
 * A build deletes this file first, because Vite empties dist/, and writes it last. When it is missing, the build did
 * not finish.
 */
const STAMP = 'dist/.sources';
const COMMON_INPUTS = ['clients/ui', 'clients/sdk/src', 'package-lock.json', 'infra/launcher/bootstrap/web-apps.mjs'];
const NO_INPUT = /(^|\/)(dist|node_modules|browser)\/|\.test\.tsx?$|\.md$/;
const COMPRESSED = /\.(js|css|html|svg|webmanifest)$/;
const TAIL_LINES = 30;

/** The workspace folders of the web apps, relative to the root. */
export function webAppFolders(root) {
  if (!existsSync(join(root, 'clients'))) return [];
  return readdirSync(join(root, 'clients'))
    .map((name) => `clients/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'vite.config.ts')));
}

/** The web apps whose dist/ does not match the current sources. */
export function outdatedWebApps(root) {
  return webAppFolders(root).filter((folder) => builtStamp(root, folder) !== webAppStamp(root, folder));
}

/** A hash of the contents of all files that an app is built from. */
export function webAppStamp(root, folder) {
  const hash = createHash('sha256');
  const files = [...COMMON_INPUTS, folder].flatMap((place) => filesOf(root, place)).toSorted(byName);
  for (const file of files)
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(root, file)))
      .update('\n');
  return hash.digest('hex');
}

/**
 * Builds an app with Vite, and compresses its files for browsers. Throws StartFailure with the last lines of Vite's
 * output.
 */
export async function buildWebApp(root, folder) {
  const stamp = webAppStamp(root, folder);
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'];
  const { code, output } = await runQuietly(root, args, { cwd: join(root, folder) });
  if (code !== 0) {
    const tail = output.trimEnd().split('\n').slice(-TAIL_LINES);
    throw new StartFailure([`Vite could not build ${folder}. Its last lines:`, ...tail].join('\n'));
  }
  for (const file of filesOf(root, `${folder}/dist`, /^$/)) compress(join(root, file));
  writeFileSync(join(root, folder, STAMP), stamp);
}

function byName(one, other) {
  return one < other ? -1 : 1;
}

function builtStamp(root, folder) {
  const file = join(root, folder, STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Lists the files in the folder `place`, or `place` itself when it is a file. Paths are relative to the root. */
function filesOf(root, place, leftOut = NO_INPUT) {
  if (!existsSync(join(root, place))) return [];
  if (statSync(join(root, place)).isFile()) return [place];
  const entries = readdirSync(join(root, place), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .filter((file) => !leftOut.test(file));
}

/** Writes compressed copies beside the file, for clients that accept Brotli or gzip. */
function compress(file) {
  if (!COMPRESSED.test(file)) return;
  const content = readFileSync(file);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
