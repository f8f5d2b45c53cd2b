import { join } from 'node:path';

/** The address at which debuggers attach to the server. @default Node's own address, `127.0.0.1:9229` */
export const INSPECTOR = process.env['SOUK_INSPECT'] || '127.0.0.1:9229';

/** The variables of the server that `npm run dev` starts. Variables of this process override the defaults. */
export function devVariables({
  dataDir,
  databaseUrl,
}: {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}): Readonly<Record<string, string | undefined>> {
  return {
    NODE_ENV: 'development',
    SOUK_TERMINAL_LOG: 'info',
    // The cache shortens the start, which consists mostly of compiling modules that have not changed.
    NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
    ...process.env,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  };
}
