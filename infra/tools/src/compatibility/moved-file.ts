import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The places of files in the trees of different commits. The newest place comes first. */
const PLACES = {
  build: ['infra/launcher/build.mjs', 'infra/all-in-one/build.mjs'],
  generatedProducts: ['infra/demo/dist/generated-products/main.js', 'infra/all-in-one/dist/generate-products.js'],
  tour: ['infra/demo/dist/tour/main.js', 'infra/all-in-one/dist/walk/main.js'],
} as const;

/** Returns the path of a file in a tree. @throws Error when the file is in no known place of the tree */
export function movedFile(root: string, file: keyof typeof PLACES): string {
  const found = PLACES[file].map((place) => join(root, place)).find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`${root} has no ${PLACES[file].join(' and no ')}. Add the file's place to PLACES.`);
  return found;
}
