// Transpiles every package's src/ to dist/ with the compiler options of .swcrc, the same that the tests run on.
// Types are checked by `npm run check`, not here: a start must not wait for them.
import { transformFile } from '@swc/core';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageFolders, sourceFiles, sourcesStamp, stampFile } from './bootstrap/sources.mjs';

/** Builds all packages and gives the number of files. A source that does not parse leaves the previous build as it was. */
export async function build(root) {
  const stamp = sourcesStamp(root);
  const packages = await Promise.all(packageFolders(root).map((folder) => transpilePackage(root, folder)));
  await rm(stampFile(root), { force: true });
  await Promise.all(packages.map(writePackage));
  await writeFile(stampFile(root), stamp);
  return packages.reduce((count, { outputs }) => count + outputs.length, 0);
}

async function transpilePackage(root, folder) {
  const files = sourceFiles(root, folder);
  return {
    dist: join(root, folder, 'dist'),
    outputs: await Promise.all(
      files.map(async (file) => {
        const source = join(root, folder, file);
        const target = join(root, folder, file.replace(/^src/, 'dist'));
        return file.endsWith('.ts') ? transpile(root, source, target) : { source, target };
      }),
    ),
  };
}

async function transpile(root, source, target) {
  const { code, map } = await transformFile(source, { cwd: root, configFile: join(root, '.swcrc'), sourceMaps: true });
  return { target: target.replace(/\.ts$/, '.js'), code, map };
}

async function writePackage({ dist, outputs }) {
  await rm(dist, { recursive: true, force: true });
  const folders = new Set([dist, ...outputs.map(({ target }) => dirname(target))]);
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true })));
  await Promise.all(outputs.map(writeOutput));
}

async function writeOutput({ source, target, code, map }) {
  // Whatever is not TypeScript (SQL, templates) belongs beside the code that reads it.
  if (source) return copyFile(source, target);
  const name = target.split('/').at(-1);
  await Promise.all([
    writeFile(target, `${code}\n//# sourceMappingURL=${name}.map\n`),
    writeFile(`${target}.map`, map ?? ''),
  ]);
}
