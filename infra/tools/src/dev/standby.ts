import inspector from 'node:inspector';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FromServer, ToServer } from './server-messages.ts';

// The process of a development server. It first waits as a standby: it loads packages, which take half of a start and change rarely. After a
// save the development loop sends the program to run.

const PACKAGES = '/node_modules/';
const tell = (message: FromServer) => void process.send?.(message);
const endAlone = () => process.exit();

/** Reports each package that the repository's code imports, so that the next standby loads the same packages. */
function reportPackages(): void {
  const reported = new Set<string>();
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const isImported = found.url.includes(PACKAGES) && context.parentURL?.includes(PACKAGES) === false;
      if (isImported && found.format !== 'json' && !reported.has(found.url)) {
        reported.add(found.url);
        tell({ imported: found.url });
      }
      return found;
    },
  });
}

/** A package that does not load is left to the program, whose import reports the error with its place. */
async function load(packages: readonly string[]): Promise<void> {
  for (const url of packages) await import(url).catch(() => undefined);
}

async function run(program: string): Promise<void> {
  process.off('disconnect', endAlone);
  performance.mark('program started');
  // Not --inspect: the address is free when the previous server has ended.
  if (process.execArgv.some((option) => option.startsWith('--inspect-port'))) inspector.open();
  reportPackages();
  await import(pathToFileURL(program).href);
}

process.on('disconnect', endAlone);
let work: Promise<void> = Promise.resolve();
process.on('message', (message: ToServer) => {
  work = work.then(() => ('load' in message ? load(message.load) : run(message.run)));
});
