import { join } from 'node:path';

/** Where debuggers attach to the server. @default Node's own, `127.0.0.1:9229` */
export const INSPECTOR = process.env['SOUK_INSPECT'] || '127.0.0.1:9229';

/** The variables of the server that `npm run dev` starts: defaults, which the variables of this process override. */
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
    // Most of a start is compiling modules that have not changed.
    NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
    ...process.env,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  };
}
