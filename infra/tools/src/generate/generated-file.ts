import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** A file that is generated from other files and committed, so that a review shows changes. */
export interface GeneratedFile {
  /** Path from the root of the repository: `docs/openapi.json`. */
  readonly path: string;
  readonly text: string;
}

/** Handles a generated file. @returns whether the committed file was up to date */
export type FileWriter = (file: GeneratedFile) => Promise<boolean>;

/** Writes a file when its text differs from the committed file. */
export const write: FileWriter = async (file) => {
  if (await check(file)) return true;
  const path = `${ROOT}${file.path}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.text);
  return false;
};

/** Compares a generated file with the committed file, and writes nothing. */
export const check: FileWriter = async ({ path, text }) => {
  const present = await readFile(`${ROOT}${path}`, 'utf8').catch(() => null);
  return present === text;
};
