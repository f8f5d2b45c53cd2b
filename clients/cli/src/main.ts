#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXPORT_FORMATS, exportProducts, importFile, saveErrors, type ImportOptions, type Output } from './commands.ts';
import { environment } from './environment.ts';
import { connect, type GlobalOptions } from './login.ts';
import { ApiError, SoukApi } from './souk-api.ts';

/**
 * Exit codes: 0 success, 1 some products failed, 2 wrong command line, 3 the server refused the request or did not
 * respond.
 */
const USAGE = 2;
const REFUSED = 3;

const program = new Command('souk')
  .description('Imports, exports and the search index of a running Souk.')
  .option('--url <address>', 'address of the server', 'http://127.0.0.1:4000')
  .option('--token <token>', 'access token (default: SOUK_TOKEN, else the command asks for a login)')
  .option('--tenant <slug>', 'slug of the shop, for the login')
  .option('--json', 'write the result as JSON')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Examples:
  souk import shopify products.csv --tenant demo --dry-run
  souk import souk products.csv
  souk errors 0b6a2f0e-4c1d-4d0a-9a57-6f1f5f0c1a41 > mend.csv
  souk export shopify products.csv
  souk search status --json

Exit codes: 0 done, 1 some products failed, 2 wrong command line, 3 the server refuses or does not answer`,
  );

function api(): SoukApi {
  return new SoukApi(connect(program.opts<GlobalOptions>(), environment.token));
}

function output(): Output {
  const { json = false } = program.opts<GlobalOptions>();
  return {
    json,
    isTerminal: process.stderr.isTTY && !json,
    write: (text) => void process.stdout.write(text),
    note: (text) => void (json || process.stderr.write(text)),
  };
}

const imports = program.command('import').description('import a file');
for (const [name, kind, what] of [
  ['souk', 'SOUK_PRODUCTS', 'Souk CSV: products, or prices by SKU'],
  ['shopify', 'SHOPIFY_PRODUCTS', 'the product CSV of Shopify'],
] as const)
  imports
    .command(`${name} <file>`)
    .description(what)
    .option('--dry-run', 'only report what the import would do')
    .option('--no-wait', 'do not wait for the end of the import')
    .option('--encoding <name>', 'utf-8, windows-1252, cp850, ... (default: by the file)')
    .option('--delimiter <name>', 'comma, semicolon, tab or pipe (default: by the file)')
    .option('--decimal-mark <name>', 'point or comma (default: by the file)')
    .option('--currency <code>', 'currency of prices whose column names none (default: of the shop)')
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await importFile(api(), kind, file, options, output());
    });

program
  .command('errors <import> [file]')
  .description('write the failed rows of an import, to mend and import again')
  .action((id: string, file?: string) => saveErrors(api(), id, file));

program
  .command('export')
  .description('write all products')
  .argument('<format>', `one of ${EXPORT_FORMATS.join(', ')}`, formatOf)
  .argument('[file]', 'default: the standard output')
  .action((format: (typeof EXPORT_FORMATS)[number], file?: string) => exportProducts(api(), format, file));

const search = program.command('search').description('the search index');
search
  .command('status')
  .description('how many products wait for the index')
  .action(async () => output().write(`${JSON.stringify(await api().get('/search/index'), null, 2)}\n`));
search
  .command('rebuild')
  .description('build the index anew')
  .action(async () => output().write(`${JSON.stringify(await api().post('/search/rebuild', {}), null, 2)}\n`));

function formatOf(text: string): (typeof EXPORT_FORMATS)[number] {
  const found = EXPORT_FORMATS.find((format) => format === text);
  if (!found)
    throw new CommanderError(
      USAGE,
      'souk.format',
      `error: unknown format "${text}": use one of ${EXPORT_FORMATS.join(', ')}`,
    );
  return found;
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.code === 'souk.format') process.stderr.write(`${error.message}\n`);
    return error.exitCode === 0 ? 0 : USAGE;
  }
  if (error instanceof ApiError || (error instanceof Error && 'code' in error)) {
    process.stderr.write(`${error.message}\n`);
    return error instanceof ApiError ? REFUSED : USAGE;
  }
  throw error;
}
