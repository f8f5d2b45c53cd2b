import { ROOT, ensureBuilt, ensureInstalled, ensureWebAppsBuilt, rebuild } from './bootstrap.mjs';
import { asksForHelp, helpOf } from './help.mjs';
import { runNode } from './node-runtime.mjs';
import { StartFailure } from './start-failure.mjs';
import { createSteps } from './steps.mjs';

const JEST = 'node_modules/jest/bin/jest.js';

const COMMANDS = {
  async start(steps, args) {
    await ensureInstalled(steps);
    await ensureBuilt(steps);
    await ensureWebAppsBuilt(steps);
    // Without NODE_ENV=production, graphql-js checks the type of each value twice, which takes a fifth of the time of a
    // list query.
    return runNode(ROOT, ['--enable-source-maps', `${ROOT}/infra/all-in-one/dist/main.js`, ...args], {
      linked: true,
      variables: { NODE_ENV: 'production' },
    });
  },
  async dev(steps, args) {
    await ensureInstalled(steps);
    await ensureBuilt(steps);
    await ensureWebAppsBuilt(steps);
    return runNode(ROOT, ['--enable-source-maps', `${ROOT}/infra/tools/dist/dev/main.js`, ...args], { linked: true });
  },
  async demo(steps, args) {
    await ensureInstalled(steps);
    await ensureBuilt(steps);
    return runNode(ROOT, [`${ROOT}/infra/demo/dist/tour/main.js`, ...args]);
  },
  async gateway(steps, args) {
    await ensureInstalled(steps);
    await ensureBuilt(steps);
    return runNode(ROOT, ['--enable-source-maps', `${ROOT}/gateway/dist/command/main.js`, ...args], {
      linked: true,
      variables: { NODE_ENV: 'production' },
    });
  },
  async serve(steps, args) {
    await ensureInstalled(steps);
    await ensureBuilt(steps);
    if (args[0] === 'gateway') await ensureWebAppsBuilt(steps);
    return runNode(ROOT, ['--enable-source-maps', `${ROOT}/infra/processes/dist/main.js`, ...args], {
      linked: true,
      variables: { NODE_ENV: 'production' },
    });
  },
  async cluster(steps, args) {
    await ensureInstalled(steps);
    await ensureBuilt(steps);
    await ensureWebAppsBuilt(steps);
    return runNode(ROOT, ['--enable-source-maps', `${ROOT}/infra/processes/dist/cluster/main.js`, ...args], {
      linked: true,
      variables: { NODE_ENV: 'production' },
    });
  },
  async test(steps, args) {
    await ensureInstalled(steps);
    // Test suites start many processes of the same code, which share this compile cache.
    return runNode(ROOT, [JEST, ...args], {
      variables: { NODE_COMPILE_CACHE: `${ROOT}/node_modules/.cache/souk-tests` },
    });
  },
  async build(steps) {
    await ensureInstalled(steps);
    await rebuild(steps);
    return 0;
  },
  // Web apps are built by a separate command. The code generator needs the built packages, and a web app may need the
  // generated code.
  async 'build-web'(steps) {
    await ensureInstalled(steps);
    await ensureWebAppsBuilt(steps);
    return 0;
  },
};

/** Runs a command after the installation and the build that it needs. Sets the exit code. */
export async function main([name, ...args]) {
  const steps = createSteps();
  try {
    process.chdir(ROOT);
    const help = helpWanted(name, args);
    if (help !== null) return void process.stdout.write(help);
    const command = commandOf(name);
    refuseArguments(name, args);
    process.exitCode = await command(steps, args);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Whether to print help. Help does not need packages or a build, so it works in a fresh clone. */
function helpWanted(name, args) {
  if (name === undefined || name === 'help' || asksForHelp([name])) return helpOf(undefined);
  return Object.hasOwn(COMMANDS, name) && asksForHelp(args) ? helpOf(name) : null;
}

/**
 * Commands that accept only environment variables. An argument is an error, because it would otherwise be ignored
 * silently.
 */
const WITHOUT_ARGUMENTS = new Set(['start', 'dev', 'cluster', 'build', 'build-web']);

function refuseArguments(name, args) {
  if (args.length === 0 || !WITHOUT_ARGUMENTS.has(name)) return;
  throw new StartFailure(
    `${name} takes no arguments: leave out "${args.join(' ')}". ${name} --help lists the environment variables.`,
  );
}

function commandOf(name) {
  if (Object.hasOwn(COMMANDS, name ?? '')) return COMMANDS[name];
  throw new StartFailure(
    `There is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}; --help shows their purposes.`,
  );
}
