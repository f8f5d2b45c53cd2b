import { createRequire } from 'node:module';
import { join } from 'node:path';

const here = createRequire(import.meta.url);
const root = createRequire(new URL('../../../../package.json', import.meta.url));
const folderOf = (require: NodeJS.Require, name: string) => join(require.resolve(`${name}/package.json`), '..');

/** The compilers of TypeScript that front ends use: the version, and the program that Node runs. */
export const COMPILERS: readonly (readonly [version: string, program: string])[] = [
  ['5.9', join(folderOf(here, 'typescript'), 'bin/tsc')],
  ['6.0', join(folderOf(root, 'typescript'), 'bin/tsc6')],
  ['7.0', join(folderOf(root, '@typescript/native'), 'bin/tsc')],
];
