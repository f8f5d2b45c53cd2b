import { spawnSync } from 'node:child_process';
import { build } from '@souk/launcher/build';
import { ROOT } from '@souk/launcher/bootstrap';
import { newSubgraph, NewSubgraphError } from './new-subgraph.ts';

async function main([what, name, ...rest]: readonly string[]): Promise<void> {
  if (what !== 'subgraph' || name === undefined || rest.length > 0)
    throw new NewSubgraphError('Say which subgraph to make: npm run new -- subgraph NAME');
  const files = await newSubgraph(ROOT, name);
  for (const file of files) console.log(`wrote ${file}`);
  run('node_modules/.bin/oxfmt', 'infra/deployment/src/roster', 'infra/deployment/package.json', `subgraphs/${name}`);
  await build(ROOT);
  run(process.execPath, 'infra/tools/dist/generate.js');
  console.log(`npm test -- subgraphs/${name} proves that its tenants are isolated; npm start serves it with the rest.`);
}

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new NewSubgraphError(`${command} ${args.join(' ')} failed: its output says why.`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof NewSubgraphError ? error.message : error);
}
