import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** A file that is made from other ones and committed, so that a change is seen in review. */
export interface GeneratedFile {
  /** From the root of the repository: `docs/openapi.json`. */
  readonly path: string;
  readonly text: string;
}

/** What becomes of generated files: whether the file was up to date. */
export type FileWriter = (file: GeneratedFile) => Promise<boolean>;

/** Writes a file where it differs from what is there. */
export const write: FileWriter = async (file) => {
  if (await check(file)) return true;
  const path = `${ROOT}${file.path}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.text);
  return false;
};

/** Leaves everything as it is. */
export const check: FileWriter = async ({ path, text }) => {
  const present = await readFile(`${ROOT}${path}`, 'utf8').catch(() => null);
  return present === text;
};
