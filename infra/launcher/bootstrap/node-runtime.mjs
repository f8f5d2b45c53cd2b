import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { environment } from './environment.mjs';
import { processEntry } from './process-table.mjs';
import { StartFailure } from './start-failure.mjs';

const OLDEST_NODE = 22;
const PARENT_CHECK_MS = 500;

/** The Node executables to try, in order: the packaged Node 24, then the running Node. */
export function nodeCandidates(packaged, running) {
  const [major] = running.version.split('.');
  return [...(packaged ? [packaged] : []), ...(Number(major) >= OLDEST_NODE ? [running.execPath] : [])];
}

/**
 * Runs a program on Node 24 as if it replaced this process: with the same terminal, forwarded signals and the same exit
 * code. With `linked`, the program gets a `disconnect` event when this process ends. `variables` are defaults of its
 * environment.
 */
export async function runNode(root, args, { linked = false, variables = {} } = {}) {
  const packaged = join(root, 'node_modules/.bin/node');
  const running = { version: process.versions.node, execPath: process.execPath };
  for (const node of nodeCandidates(existsSync(packaged) ? packaged : null, running)) {
    const child = spawn(node, args, {
      stdio: ['inherit', 'inherit', 'inherit', ...(linked ? ['ipc'] : [])],
      env: { ...variables, ...environment.variables },
    });
    // The packaged Node needs glibc. On other systems, the file exists but does not start.
    if (!(await started(child))) continue;
    return follow(child);
  }
  throw new StartFailure(
    `There is no packaged Node 24 for ${process.platform} on ${process.arch}, and Node ${running.version} is too old to run Souk itself. ` +
      `Install Node ${OLDEST_NODE} or newer from https://nodejs.org, then run the same command again.`,
  );
}

/**
 * Runs a program on Node 24 to completion, and collects its output.
 * @returns the exit code and the output
 */
export async function runQuietly(root, args, { cwd }) {
  const packaged = join(root, 'node_modules/.bin/node');
  for (const node of [...(existsSync(packaged) ? [packaged] : []), process.execPath]) {
    const child = spawn(node, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: environment.variables });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(part));
    const closed = new Promise((resolve) => child.once('close', resolve));
    if (!(await started(child))) continue;
    return { code: await closed, output: Buffer.concat(parts).toString() };
  }
  throw new StartFailure('Node could not be started a second time: see whether the machine has memory left.');
}

function started(child) {
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
}

/** Resolves with the exit code of the child process, or with the code for the signal that ended it. */
function follow(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const watch = environment.startedByNpm ? stopWhenOrphaned(child) : undefined;
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/**
 * Stops the child when npm is gone. A killed npm does not forward a signal, and its server would keep the port in use.
 */
function stopWhenOrphaned(child) {
  const ancestors = npmAncestors();
  const watch = setInterval(() => {
    if (npmAncestors().join() === ancestors.join()) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  return watch.unref();
}

/**
 * The process ids from the parent process up to npm. npm may run a script through a shell, so the list may contain the
 * shell.
 */
function npmAncestors() {
  const entry = processEntry(process.ppid);
  const isShell = entry?.command[1] === '-c';
  return isShell ? [process.ppid, entry.parent] : [process.ppid];
}
