import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { parse } from 'libpg-query';

const TEMPLATE = fileURLToPath(new URL('template/', import.meta.url));
const SUFFIX = '.template';
/** The subgraph whose dependencies a new subgraph copies. Both then use the same package versions. */
const MODEL = 'inventory';
const FIRST_PORT = 4001;
/**
 * Names that are already used for something else: processes, members of `Subgraphs`, NATS subjects and a Postgres
 * schema.
 */
const RESERVED = [
  'kit',
  'gateway',
  'migrate',
  'migration',
  'all',
  'workers',
  'events',
  'commands',
  'stop',
  'sample',
  'replays',
  'turns',
  'public',
];

/** Thrown when the new subgraph cannot be created. The message contains the reason and the remedy. */
export class NewSubgraphError extends Error {
  override readonly name = 'NewSubgraphError';
}

/**
 * Creates the folder of a subgraph with a first table, and adds the subgraph to the roster, the deployment's packages
 * and the lockfile.
 * @param root absolute path of the repository
 * @returns the paths of the new and changed files that are not generated, relative to the root
 * @throws NewSubgraphError when the name is invalid or taken.
 */
export async function newSubgraph(root: string, name: string): Promise<readonly string[]> {
  await requireName(root, name);
  const port = await nextPort(root);
  const written = await writeFolder(root, { name, port, dependencies: await dependenciesOf(root, MODEL) });
  await enterRoster(root, name);
  await addDependency(root, name);
  await enterLockfile(root, name);
  await linkPackage(root, name);
  return [...written, ROSTER_FILE, DEPLOYMENT_PACKAGE];
}

const ROSTER_FILE = 'infra/deployment/src/roster/roster.ts';
const DEPLOYMENT_PACKAGE = 'infra/deployment/package.json';

async function requireName(root: string, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9]{1,29}$/.test(name))
    throw new NewSubgraphError(
      `"${name}" cannot be the name of a subgraph: it takes 2 to 30 small letters and digits, a letter first. It becomes a schema of Postgres, a package and a process.`,
    );
  if (RESERVED.includes(name))
    throw new NewSubgraphError(`"${name}" is taken by another part of a deployment: choose another name.`);
  if (existsSync(join(root, 'subgraphs', name)))
    throw new NewSubgraphError(`There is a folder subgraphs/${name} already: choose another name, or remove it.`);
  if (existsSync(join(root, 'node_modules/@souk', name)))
    throw new NewSubgraphError(`There is a package @souk/${name} already: choose another name.`);
  if (!(await isIdentifier(name)))
    throw new NewSubgraphError(`"${name}" is a reserved word of SQL or JavaScript: choose another name.`);
}

/** Whether the name is valid for a Postgres schema and for a TypeScript constant. */
async function isIdentifier(name: string): Promise<boolean> {
  try {
    await parse(`create schema ${name}`);
    return new Script(`'use strict'; const ${name} = 0;`) instanceof Script;
  } catch {
    return false;
  }
}

/** The port after the highest port of a server. The ports of workers do not count. */
async function nextPort(root: string): Promise<number> {
  const subgraphs = await readdir(join(root, 'subgraphs'));
  const manifests = subgraphs.map((name) => join(root, 'subgraphs', name, 'src/manifest.ts')).filter(existsSync);
  const texts = await Promise.all(manifests.map((file) => readFile(file, 'utf8')));
  const taken = texts.flatMap((text) => Array.from(text.matchAll(/\bport: (\d+)/g), ([, port]) => Number(port)));
  let port = FIRST_PORT;
  while (taken.includes(port)) port += 1;
  return port;
}

async function dependenciesOf(root: string, name: string): Promise<Readonly<Record<string, string>>> {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    await readFile(join(root, 'subgraphs', name, 'package.json'), 'utf8'),
  );
  const used = ['@mikro-orm/postgresql', '@souk/kit', 'type-graphql'];
  return Object.fromEntries(Object.entries(dependencies).filter(([each]) => used.includes(each)));
}

interface Placeholders {
  readonly name: string;
  readonly port: number;
  readonly dependencies: Readonly<Record<string, string>>;
}

async function writeFolder(root: string, placeholders: Placeholders): Promise<string[]> {
  const entries = await readdir(TEMPLATE, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(SUFFIX))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => {
      const path = filled(relative(TEMPLATE, file).slice(0, -SUFFIX.length), placeholders);
      const target = join('subgraphs', placeholders.name, path);
      await mkdir(dirname(join(root, target)), { recursive: true });
      await writeFile(join(root, target), filled(await readFile(file, 'utf8'), placeholders));
      return target;
    }),
  );
}

function filled(text: string, { name, port, dependencies }: Placeholders): string {
  const lines = Object.entries(dependencies).map(([each, version]) => `    "${each}": "${version}"`);
  return text
    .replaceAll('__name__', name)
    .replaceAll('__Name__', `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`)
    .replaceAll('__port__', String(port))
    .replaceAll('__dependencies__', lines.join(',\n'));
}

async function enterRoster(root: string, name: string): Promise<void> {
  await change(root, ROSTER_FILE, (text) => {
    const imports = [...text.matchAll(/^import \{ \w+Manifest \} from '@souk\/\w+\/manifest';\n/gm)].map(String);
    const all = [...imports, `import { ${name}Manifest } from '@souk/${name}/manifest';\n`].toSorted(byPackage);
    return text
      .replace(imports.join(''), all.join(''))
      .replace(/export const ROSTER = \[([^\]]*?),?\s*\] as const;/, (_whole, listed: string) => {
        const manifests = [...listed.split(',').map((each) => each.trim()), `${name}Manifest`];
        return `export const ROSTER = [\n${manifests.map((each) => `  ${each},\n`).join('')}] as const;`;
      });
  });
}

const byPackage = (one: string, other: string) => (one < other ? -1 : 1);

async function addDependency(root: string, name: string): Promise<void> {
  await changeJson(root, DEPLOYMENT_PACKAGE, (json: PackageJson) => {
    json.dependencies = sorted({ ...json.dependencies, [`@souk/${name}`]: '0.1.0' });
  });
}

interface PackageJson {
  dependencies?: Record<string, string>;
}

/** Adds the lockfile entries that npm would write: the workspace package, and the link to it. */
async function enterLockfile(root: string, name: string): Promise<void> {
  const { dependencies } = JSON.parse(
    await readFile(join(root, 'subgraphs', name, 'package.json'), 'utf8'),
  ) as PackageJson;
  await changeJson(root, 'package-lock.json', (lock: { packages: Record<string, PackageJson | object> }) => {
    const deployment: PackageJson = lock.packages['infra/deployment'] ?? {};
    deployment.dependencies = sorted({ ...deployment.dependencies, [`@souk/${name}`]: '0.1.0' });
    const packages = {
      ...lock.packages,
      [`node_modules/@souk/${name}`]: { resolved: `subgraphs/${name}`, link: true },
      [`subgraphs/${name}`]: { name: `@souk/${name}`, version: '0.1.0', license: 'MIT', dependencies },
    };
    lock.packages = sorted(packages);
  });
}

/** Creates the link in node_modules that `npm install` would create. */
async function linkPackage(root: string, name: string): Promise<void> {
  await mkdir(join(root, 'node_modules/@souk'), { recursive: true });
  await symlink(`../../subgraphs/${name}`, join(root, 'node_modules/@souk', name));
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => one.localeCompare(other, 'en')));
}

async function change(root: string, file: string, edit: (text: string) => string): Promise<void> {
  const text = await readFile(join(root, file), 'utf8');
  const edited = edit(text);
  if (edited === text) throw new NewSubgraphError(`${file} is not as expected: enter the subgraph by hand.`);
  await writeFile(join(root, file), edited);
}

async function changeJson<Json>(root: string, file: string, edit: (json: Json) => void): Promise<void> {
  await change(root, file, (text) => {
    const json: Json = JSON.parse(text);
    edit(json);
    return `${JSON.stringify(json, null, 2)}\n`;
  });
}
