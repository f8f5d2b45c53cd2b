import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Files that commits keep in different places, newest place first. */
const PLACES = {
  build: ['infra/launcher/build.mjs', 'infra/all-in-one/build.mjs'],
  tour: ['infra/demo/dist/tour/main.js', 'infra/all-in-one/dist/walk/main.js'],
} as const;

/** The path of such a file in a tree of sources. @throws Error when the tree has none. */
export function movedFile(root: string, file: keyof typeof PLACES): string {
  const found = PLACES[file].map((place) => join(root, place)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${root} has none of ${PLACES[file].join(', ')}`);
  return found;
}
