// `npm run check` runs every check that does not need a running Souk. A failed check does not stop the others. The exit
// code is 1 when any check failed.
import { spawnSync } from 'node:child_process';

const BIN = new URL('../../../node_modules/.bin/', import.meta.url).pathname;
const ROOT = new URL('../../../', import.meta.url).pathname;

const CHECKS = [
  ['format', 'oxfmt', '--check'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['types of web apps', 'tsc', '-p', 'clients/tsconfig.json'],
  ['import rules', 'node', 'infra/tools/checks/import-rules.mjs'],
  ['unused code', 'knip'],
  ['words', 'node', 'infra/tools/checks/words.mjs'],
  ['one copy of federation-internals', 'node', 'infra/tools/checks/single-copies.mjs'],
  ['OpenAPI document', 'node', 'infra/tools/checks/openapi.mjs'],
  ['AsyncAPI document', 'node', 'infra/tools/checks/asyncapi.mjs'],
  ['containers', 'node', 'infra/tools/checks/containers.mjs'],
  ['generated files', 'node', 'infra/tools/checks/generated.mjs'],
];

const failed = [];
for (const [name, command, ...args] of CHECKS) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(`${BIN}${command}`, args, { cwd: ROOT, encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(name);
  console.log(`${stdout}${stderr}`.trimEnd());
}

if (failed.length > 0) {
  console.log(`\nnot clean: ${failed.join(', ')}`);
  process.exit(1);
}
