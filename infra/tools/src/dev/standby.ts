import inspector from 'node:inspector';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FromServer, ToServer } from './server-messages.ts';

// The child process of the development server. As a standby it loads packages. Loading them takes half of a start, and
// they rarely change. After a save, the child process receives the program to run.

const PACKAGES = '/node_modules/';
const tell = (message: FromServer) => void process.send?.(message);
const endAlone = () => process.exit();

/** Sends the development server each package that the repository's code imports. The next child process loads these packages in advance. */
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

/** Loads packages. Errors are ignored here, because the program's own import reports them with a source position. */
async function load(packages: readonly string[]): Promise<void> {
  for (const url of packages) await import(url).catch(() => undefined);
}

async function run(program: string): Promise<void> {
  process.off('disconnect', endAlone);
  performance.mark('program started');
  // Opens the debugger now and not at the start of the process (`--inspect`), because the previous server used the same
  // port until it ended.
  if (process.execArgv.some((option) => option.startsWith('--inspect-port'))) inspector.open();
  reportPackages();
  await import(pathToFileURL(program).href);
}

process.on('disconnect', endAlone);
let work: Promise<void> = Promise.resolve();
process.on('message', (message: ToServer) => {
  work = work.then(() => ('load' in message ? load(message.load) : run(message.run)));
});
