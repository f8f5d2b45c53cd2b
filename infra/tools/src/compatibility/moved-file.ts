import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The paths of files that have moved between commits, newest path first. */
const PLACES = {
  build: ['infra/launcher/build.mjs', 'infra/all-in-one/build.mjs'],
  generatedProducts: ['infra/demo/dist/generated-products/main.js', 'infra/all-in-one/dist/generate-products.js'],
  tour: ['infra/demo/dist/tour/main.js', 'infra/all-in-one/dist/walk/main.js'],
} as const;

/** Returns the path of a file in the tree of a commit. @throws Error when none of the known paths exists */
export function movedFile(root: string, file: keyof typeof PLACES): string {
  const found = PLACES[file].map((place) => join(root, place)).find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`${root} has no ${PLACES[file].join(' and no ')}. Add the file's place to PLACES.`);
  return found;
}
