import { createInterface, type Interface } from 'node:readline/promises';
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
 * on the terminal. An account with an authenticator app needs a code too, for each login.
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
      credentials ??= await askCredentials();
      current = await logIn(base, shop, credentials, askCode);
      return current;
    },
  };
}

function askCredentials(): Promise<{ email: string; password: string }> {
  return onTerminal(async (terminal, mute) => {
    const email = await terminal.question('E-mail: ');
    const password = terminal.question('Password: ');
    mute();
    return { email, password: await password };
  });
}

function askCode(): Promise<string> {
  return onTerminal(async (terminal) => (await terminal.question('Code of the authenticator app: ')).trim());
}

/** Asks questions on the terminal. After `mute`, the terminal does not show what the user types. */
async function onTerminal<Answer>(ask: (terminal: Interface, mute: () => void) => Promise<Answer>): Promise<Answer> {
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
    return await ask(terminal, () => (isMuted = true));
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
