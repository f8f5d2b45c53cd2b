import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A build deletes this file first and writes it last. When it is missing, the build did not finish. */
const STAMP = 'infra/all-in-one/dist/.sources';
const BUILD_INPUTS = ['.swcrc', 'infra/launcher/build.mjs'];

/** The workspace folders whose sources run on Node, relative to the root. Vite builds the web apps instead. */
export function packageFolders(root) {
  const inside = (parent) =>
    existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`) : [];
  return ['gateway', 'gateway/engine', 'clients/sdk', ...['subgraphs', 'infra'].flatMap(inside)].filter((folder) =>
    existsSync(join(root, folder, 'src')),
  );
}

/** Every file in a package's src/ except tests, relative to the package. */
export function sourceFiles(root, folder) {
  return readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file}`)
    .filter((file) => !file.endsWith('.test.ts') && statSync(join(root, folder, file)).isFile())
    .toSorted();
}

/**
 * A hash of the paths, modification times and sizes of all sources. Hashing the contents of 1,000 files would delay
 * each start.
 */
export function sourcesStamp(root) {
  const hash = createHash('sha256');
  const files = packageFolders(root).flatMap((folder) => sourceFiles(root, folder).map((file) => `${folder}/${file}`));
  for (const file of [...BUILD_INPUTS, ...files]) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file}:${mtimeMs}:${size}\n`);
  }
  return hash.digest('hex');
}

/** The stamp of the last finished build. Null when no build has finished. */
export function builtStamp(root) {
  const complete = packageFolders(root).every((folder) => existsSync(join(root, folder, 'dist')));
  return complete && existsSync(join(root, STAMP)) ? readFileSync(join(root, STAMP), 'utf8') : null;
}

export const stampFile = (root) => join(root, STAMP);
