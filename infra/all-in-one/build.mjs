// Transpiles every package's src/ to dist/ with the compiler options of .swcrc, the same that the tests run on.
// Types are checked by `npm run check`, not here: a start must not wait for them.
import { transformFile } from '@swc/core';
import { glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const PACKAGES = ['gateway', 'subgraphs/*', 'infra/*'];

export async function build(root) {
  const sources = await Array.fromAsync(
    glob(
      PACKAGES.map((folder) => `${folder}/src/**/*.ts`),
      { cwd: root },
    ),
  );
  const compiled = sources.filter((file) => !file.endsWith('.test.ts'));
  await Promise.all(
    (
      await Array.fromAsync(
        glob(
          PACKAGES.map((folder) => `${folder}/dist`),
          { cwd: root },
        ),
      )
    ).map((folder) => rm(`${root}/${folder}`, { recursive: true })),
  );
  await Promise.all(compiled.map((file) => transpile(root, file)));
  return compiled.length;
}

async function transpile(root, file) {
  const target = `${root}/${file.replace('/src/', '/dist/').replace(/\.ts$/, '.js')}`;
  const { code, map } = await transformFile(`${root}/${file}`, {
    cwd: root,
    configFile: `${root}/.swcrc`,
    sourceMaps: true,
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
  await writeFile(`${target}.map`, map ?? '');
}

if (import.meta.main) console.log(`built ${await build(new URL('../..', import.meta.url).pathname)} files`);
