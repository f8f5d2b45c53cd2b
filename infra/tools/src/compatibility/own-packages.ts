import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Lockfile {
  /** Installed packages by path, such as `gateway/node_modules/yaml`. */
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/**
 * Finds packages that workspaces have in their own node_modules, such as `gateway/node_modules/yaml`. For each such
 * path in the earlier commit, returns the folder in `root` to link there. A folder with the same package version is
 * preferred, then the folder at the same path.
 */
export function ownPackages(root: string, earlier: string): ReadonlyMap<string, string> {
  const installed = Object.entries(packagesOf(root)).filter(([path]) => existsSync(join(root, path)));
  const found = new Map<string, string>();
  for (const [path, { version }] of Object.entries(packagesOf(earlier))) {
    const [workspace, name, ...deeper] = path.split('/node_modules/');
    if (!workspace || !name || deeper.length > 0 || path.startsWith('node_modules/')) continue;
    const same = installed
      .filter(([other, entry]) => entry.version === version && `/${other}`.endsWith(`/node_modules/${name}`))
      .map(([other]) => other);
    const place = same.find((other) => other === path) ?? same[0] ?? path;
    if (existsSync(join(root, place))) found.set(path, join(root, place));
  }
  return found;
}

function packagesOf(folder: string): Lockfile['packages'] {
  return (JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lockfile).packages;
}
