// Checks that the packages in `SINGLE` are installed only once. Two copies in one process fail with errors that do not
// name the cause.
import { readFileSync } from 'node:fs';

const SINGLE = ['graphql', '@apollo/federation-internals', '@apollo/query-planner', 'type-graphql', '@mikro-orm/core'];

const { packages } = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'));
const copies = (name) =>
  Object.keys(packages).filter((path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`));
const doubled = SINGLE.map((name) => ({ name, found: copies(name) })).filter(({ found }) => found.length !== 1);

for (const { name, found } of doubled)
  console.error(
    `${name} is installed ${found.length} times: ${found.join(', ')}. Pin one version in the package.json files.`,
  );
process.exit(doubled.length > 0 ? 1 : 0);
