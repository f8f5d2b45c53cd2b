import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of the repository. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** A generated file that is committed, so that a review shows its changes. */
export interface GeneratedFile {
  /** The path relative to the repository root: `docs/openapi.json`. */
  readonly path: string;
  readonly text: string;
}

/** Processes a generated file. @returns whether the committed file was up to date */
export type FileWriter = (file: GeneratedFile) => Promise<boolean>;

/** Writes the file if its text has changed. */
export const write: FileWriter = async (file) => {
  if (await check(file)) return true;
  const path = `${ROOT}${file.path}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.text);
  return false;
};

/** Compares the text with the committed file, without writing. */
export const check: FileWriter = async ({ path, text }) => {
  const present = await readFile(`${ROOT}${path}`, 'utf8').catch(() => null);
  return present === text;
};
