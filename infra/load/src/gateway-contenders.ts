import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

/** A gateway in the comparison. */
export interface Contender {
  readonly name: string;
  /** The version and the settings, for the heading of the report. */
  readonly description: string;
  /** Returns Node's arguments: the file, then the file's own arguments. */
  command(supergraphFile: string, port: number): readonly string[];
}

const COMPETITORS = new URL('../competitors/', import.meta.url).pathname;
const SOUK_GATEWAY = new URL('../../../gateway/dist/command/main.js', import.meta.url).pathname;
const HIVE = `${COMPETITORS}node_modules/@graphql-hive/gateway/dist/bin.js`;

/**
 * Installs the other gateways when their lockfile is newer than the installation. They are not workspaces, because `npm
 * ci` of the product would then install their 1,000 packages.
 */
export function installCompetitors(): void {
  const [wanted, installed] = [`${COMPETITORS}package-lock.json`, `${COMPETITORS}node_modules/.package-lock.json`];
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  console.log(
    'Installing the other gateways into infra/load/competitors. This happens once and takes about a minute ...',
  );
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['ci', '--prefix', COMPETITORS, ...flags], { stdio: 'inherit', cwd: COMPETITORS });
}

/** Lists the four gateways, Souk first. Each gateway runs in one process with its default settings. */
export function contenders(): readonly Contender[] {
  const [apolloGateway, apolloServer] = [versionOf('@apollo/gateway'), versionOf('@apollo/server')];
  const [hive, runtime] = [versionOf('@graphql-hive/gateway'), versionOf('@graphql-hive/router-runtime')];
  return [
    {
      name: 'souk',
      description: 'npm run gateway, its defaults',
      command: (file, port) => [SOUK_GATEWAY, '--supergraph', file, '--port', String(port)],
    },
    {
      name: 'apollo',
      description: `@apollo/gateway ${apolloGateway} behind @apollo/server ${apolloServer} standalone, as documented`,
      command: (file, port) => [`${COMPETITORS}plain-apollo.mjs`, file, String(port)],
    },
    {
      name: 'hive',
      description: `@graphql-hive/gateway ${hive}, its defaults (equal requests to subgraphs share a flight)`,
      command: (file, port) => hiveCommand(file, port),
    },
    {
      name: 'hive-rust',
      description: `the same with --hive-router-runtime (@graphql-hive/router-runtime ${runtime})`,
      command: (file, port) => hiveCommand(file, port, '--hive-router-runtime'),
    },
  ];
}

function hiveCommand(file: string, port: number, ...more: readonly string[]): readonly string[] {
  return [HIVE, 'supergraph', file, '--host', '127.0.0.1', '--port', String(port), '--fork', '1', ...more];
}

const packageSchema = z.object({ version: z.string() });

function versionOf(name: string): string {
  const file = `${COMPETITORS}node_modules/${name}/package.json`;
  return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
