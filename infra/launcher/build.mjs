// Transpiles every package's src/ to dist/ with the compiler options of .swcrc, which the tests use too. `npm run
// check` checks the types. A type check here would delay each start.
import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { packageFolders, sourceFiles, sourcesStamp, stampFile } from './bootstrap/sources.mjs';

/** Builds all packages, and returns the number of files. After a syntax error, the previous build remains unchanged. */
export async function build(root) {
  const stamp = sourcesStamp(root);
  const packages = await Promise.all(packageFolders(root).map((folder) => transpilePackage(root, folder)));
  await rm(stampFile(root), { force: true });
  await Promise.all(packages.map(writePackage));
  await writeFile(stampFile(root), stamp);
  return packages.reduce((count, { outputs }) => count + outputs.length, 0);
}

/**
 * Builds one file of a package again: `buildFile(root, 'gateway', 'src/gateway.ts')`. Deletes the output when the
 * source does not exist.
 */
export async function buildFile(root, folder, file) {
  if (!existsSync(join(root, folder, file))) return removeOutput(outputOf(root, folder, file));
  const output = await transpileFile(root, folder, file);
  await mkdir(dirname(output.target), { recursive: true });
  await writeOutput(output);
}

async function transpilePackage(root, folder) {
  const files = sourceFiles(root, folder);
  return {
    dist: join(root, folder, 'dist'),
    outputs: await Promise.all(files.map((file) => transpileFile(root, folder, file))),
  };
}

/** The output path of a file, still with the source's extension. */
function outputOf(root, folder, file) {
  return join(root, folder, file.replace(/^src/, 'dist'));
}

async function transpileFile(root, folder, file) {
  const source = join(root, folder, file);
  const target = outputOf(root, folder, file);
  return file.endsWith('.ts') ? transpile(root, source, target) : { source, target };
}

async function transpile(root, source, target) {
  const { code, map } = await transformFile(source, {
    cwd: root,
    configFile: join(root, '.swcrc'),
    // The path is relative, because dist/ may be copied into an image. The source map does not contain the source text.
    sourceFileName: relative(dirname(target), source),
    inlineSourcesContent: false,
  });
  return { target: target.replace(/\.ts$/, '.js'), code, map };
}

async function writePackage({ dist, outputs }) {
  await rm(dist, { recursive: true, force: true });
  const folders = new Set([dist, ...outputs.map(({ target }) => dirname(target))]);
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true })));
  await Promise.all(outputs.map(writeOutput));
}

async function writeOutput({ source, target, code, map }) {
  // Other files, such as SQL and templates, are copied beside the code that reads them.
  if (source) return copyFile(source, target);
  const name = target.split('/').at(-1);
  await Promise.all([
    writeFile(target, `${code}\n//# sourceMappingURL=${name}.map\n`),
    writeFile(`${target}.map`, map ?? ''),
  ]);
}

async function removeOutput(target) {
  const built = target.replace(/\.ts$/, '.js');
  await Promise.all([built, `${built}.map`].map((file) => rm(file, { recursive: true, force: true })));
}
