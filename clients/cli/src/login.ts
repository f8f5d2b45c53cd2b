import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ApiError, logIn, type Connection } from './souk-api.ts';

/** Options that every command has. */
export interface GlobalOptions {
  readonly url: string;
  readonly token?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

/** The server and the caller. Without a token the command asks for a login once, on a terminal. */
export function connect(
  { url, token, tenant }: GlobalOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Connection {
  const given = token ?? environment['SOUK_TOKEN'];
  const base = url.replace(/\/+$/, '');
  const shop = tenant ?? null;
  let credentials: { email: string; password: string } | null = null;
  let current: string | null = given ?? null;
  return {
    url: base,
    tenant: shop,
    async token(renew) {
      if (current !== null && !(renew && given === undefined)) return current;
      credentials ??= await ask();
      current = await logIn(base, shop, credentials);
      return current;
    },
  };
}

async function ask(): Promise<{ email: string; password: string }> {
  if (!process.stdin.isTTY)
    throw new ApiError('No token. Set SOUK_TOKEN or --token, or run the command on a terminal to log in', 401);
  let isMuted = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isMuted) process.stderr.write(chunk);
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const email = await terminal.question('E-mail: ');
    const password = terminal.question('Password: ');
    isMuted = true;
    return { email, password: await password };
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
