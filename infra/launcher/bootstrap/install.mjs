import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from './environment.mjs';
import { StartFailure } from './start-failure.mjs';

const TAIL_LINES = 15;
// The build needs development packages. A start needs platform binaries and Postgres' install script. The flags
// override npm settings that would leave out these packages and scripts.
const NPM_FLAGS = ['--include=dev', '--include=optional', '--ignore-scripts=false', '--no-audit', '--no-fund'];

const WANTED = 'package-lock.json';
const INSTALLED = 'node_modules/.package-lock.json';
const ACCEPTED = 'node_modules/.souk-installed';

/** Compares the installed packages with package-lock.json. Returns `current`, `outdated` or `missing`. */
export function installState(root) {
  if (!existsSync(join(root, INSTALLED))) return 'missing';
  const wanted = readFileSync(join(root, WANTED), 'utf8');
  const installed = readFileSync(join(root, INSTALLED), 'utf8');
  const state = compareLocks(JSON.parse(wanted), JSON.parse(installed));
  return state === 'outdated' && acceptedStamp(root) === stampOf(wanted, installed) ? 'current' : state;
}

/**
 * Compares package-lock.json with npm's record of the installed packages. Optional packages of other platforms may be
 * missing.
 */
export function compareLocks(wanted, installed) {
  const current = Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    if (!found) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity && found.link === entry.link;
  });
  return current ? 'current' : 'outdated';
}

/**
 * Without node_modules, `npm ci` installs exactly the lockfile. Otherwise `npm install` changes only the differences,
 * so a failure leaves the installation usable.
 */
export function npmArguments(state) {
  return [...(state === 'missing' ? ['ci'] : ['install', '--no-save']), ...NPM_FLAGS];
}

/** Installs packages with npm. Throws StartFailure with the last lines of npm's output and the remedy. */
export async function install(root, state) {
  let output = await runNpm(root, npmArguments(state));
  if (isRefusedLockfile(output.text)) output = await runNpm(root, npmArguments('outdated'));
  if (output.code === 0) return accept(root);
  const log = join(root, '.data/logs/npm.log');
  mkdirSync(join(root, '.data/logs'), { recursive: true });
  writeFileSync(log, output.text);
  const tail = output.text.trimEnd().split('\n').slice(-TAIL_LINES);
  throw new StartFailure(
    [
      'npm could not install the packages. Its last lines:',
      ...tail.map((line) => `    ${line}`),
      npmRemedy(output.text),
      `All of npm's output: ${log}`,
    ].join('\n'),
  );
}

/**
 * Whether `npm ci` failed because the registry lacks optional binaries, mostly of other platforms. `npm install` then
 * installs the same versions without them.
 */
export function isRefusedLockfile(output) {
  return /Missing: .* from lock file/.test(output);
}

/** The remedy for an npm failure, chosen by its output. */
export function npmRemedy(output) {
  const known = [
    [/ENOSPC/, 'The disk is full: Souk needs about 1.5 GB. Free some space, then run the same command again.'],
    [
      /EACCES|EPERM|EROFS/,
      'npm may not write to this folder or to its cache: change the owner of both (chown), then run the same command again.',
    ],
    [/EINTEGRITY/, 'A download is damaged: run "npm cache clean --force", then the same command again.'],
    [/can only install packages when/, 'package.json and package-lock.json differ: run "npm install" once.'],
    [
      /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|E50\d|network/,
      'The package registry could not be reached: check the connection or the proxy ("npm config get registry"), then run the same command again.',
    ],
  ];
  const [, remedy] = known.find(([pattern]) => pattern.test(output)) ?? [];
  return remedy ?? 'Run "npm ci" to see the full output, then run the same command again.';
}

function runNpm(root, args) {
  const [command, ...rest] = environment.npmScript?.endsWith('.js')
    ? [process.execPath, environment.npmScript, ...args]
    : ['npm', ...args];
  return new Promise((resolve) => {
    const parts = [];
    const npm = spawn(command, rest, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    npm.stdout.on('data', (part) => parts.push(part));
    npm.stderr.on('data', (part) => parts.push(part));
    npm.on('error', (error) => resolve({ code: 1, text: `npm did not start: ${error.message}` }));
    npm.on('close', (code) => resolve({ code, text: Buffer.concat(parts).toString() }));
  });
}

/**
 * Records that npm accepted this lockfile. npm's own record may differ from the lockfile even after a success, and each
 * start would otherwise run npm again.
 */
function accept(root) {
  const [wanted, installed] = [WANTED, INSTALLED].map((file) => readFileSync(join(root, file), 'utf8'));
  writeFileSync(join(root, ACCEPTED), stampOf(wanted, installed));
}

function acceptedStamp(root) {
  const file = join(root, ACCEPTED);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function stampOf(...texts) {
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}
