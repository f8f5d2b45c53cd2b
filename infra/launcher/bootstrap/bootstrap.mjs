import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, installState } from './install.mjs';
import { waitForLock } from './process-lock.mjs';
import { builtStamp, sourcesStamp } from './sources.mjs';
import { buildWebApp, outdatedWebApps } from './web-apps.mjs';
import { StartFailure } from './start-failure.mjs';

/** The root folder of the repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** Installs the packages of package-lock.json when they are missing or outdated. Throws StartFailure. */
export async function ensureInstalled(steps) {
  if (installState(ROOT) === 'current') return;
  await alone(steps, async () => {
    const state = installState(ROOT);
    if (state === 'current') return;
    const label =
      state === 'missing'
        ? 'Installing packages (first time only, about a minute)'
        : 'Updating packages to package-lock.json';
    await steps.step(label, () => install(ROOT, state));
  });
}

/** Builds dist/ when it is missing or outdated. */
export async function ensureBuilt(steps) {
  if (builtStamp(ROOT) === sourcesStamp(ROOT)) return;
  await alone(steps, async () => {
    if (builtStamp(ROOT) === sourcesStamp(ROOT)) return;
    await steps.step('Building', buildAll);
  });
}

/** Builds the web apps whose sources have changed since their last build. */
export async function ensureWebAppsBuilt(steps) {
  if (outdatedWebApps(ROOT).length === 0) return;
  await alone(steps, async () => {
    const outdated = outdatedWebApps(ROOT);
    if (outdated.length === 0) return;
    const names = outdated.map((folder) => folder.replace('clients/', '')).join(' and ');
    await steps.step(`Building the ${names} for browsers`, () =>
      Promise.all(outdated.map((folder) => buildWebApp(ROOT, folder))),
    );
  });
}

/** Builds dist/ even when it is up to date. */
export async function rebuild(steps) {
  await alone(steps, () => steps.step('Building', buildAll));
}

async function buildAll() {
  // A static import would fail before the first installation, because the compiler is an npm package.
  const { build } = await import('../build.mjs');
  await build(ROOT);
}

/**
 * Runs `work` while no other start in this clone does the same. Concurrent installs or builds would corrupt
 * node_modules and dist.
 */
async function alone(steps, work) {
  requireWritable();
  const lock = await waitForLock(join(ROOT, '.data/bootstrap.lock'), {}, ({ pid }) =>
    steps.say(`· Waiting for another start in this clone (process ${pid}) ...`),
  );
  try {
    await work();
  } finally {
    lock.release();
  }
}

function requireWritable() {
  try {
    accessSync(ROOT, constants.W_OK);
  } catch (error) {
    throw new StartFailure(
      `Packages are installed and built inside ${ROOT}, which is not writable (${error.code}). Change its owner (chown), or clone Souk elsewhere.`,
    );
  }
}
