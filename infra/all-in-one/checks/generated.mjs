// Generated files are committed, so that a change of a schema is seen in review: generating again must change nothing.
import { execFileSync } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';

const ROOT = new URL('../../../', import.meta.url).pathname;

async function generatedFiles() {
  const names = (await Array.fromAsync(glob('subgraphs/*/schema.graphql', { cwd: ROOT }))).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(`${ROOT}${name}`, 'utf8')])));
}

const before = await generatedFiles();
execFileSync('npm', ['run', '--silent', 'generate'], { cwd: ROOT });
const after = await generatedFiles();

const stale = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
for (const name of stale) console.error(`${name} was not up to date; commit what \`npm run generate\` wrote`);
process.exit(stale.length > 0 ? 1 : 0);
