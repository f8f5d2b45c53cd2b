import { join } from 'node:path';

/** The host and port where a debugger attaches to the server. @default Node's default, `127.0.0.1:9229` */
export const INSPECTOR = process.env['SOUK_INSPECT'] || '127.0.0.1:9229';

/**
 * The environment variables of the server that `npm run dev` starts. Variables of this process override the defaults.
 */
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
    // The cache avoids the compilation of unchanged modules, which would take most of a start.
    NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
    ...process.env,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  };
}
