import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ApiError, logIn, type Connection } from './souk-api.ts';

/** The options that every command accepts. */
export interface GlobalOptions {
  readonly url: string;
  readonly token?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

/**
 * Returns the server's URL and a source of access tokens. Without a token, the command asks once for email and password
 * on the terminal.
 */
export function connect({ url, token, tenant }: GlobalOptions, tokenOfEnvironment: string | null): Connection {
  const given = token ?? tokenOfEnvironment;
  const base = url.replace(/\/+$/, '');
  const shop = tenant ?? null;
  let credentials: { email: string; password: string } | null = null;
  let current = given;
  return {
    url: base,
    tenant: shop,
    async token(renew) {
      if (current !== null && !(renew && given === null)) return current;
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
