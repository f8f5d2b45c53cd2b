import { Narrator } from './narrator.ts';
import { walk } from './walk.ts';
import { WalkFailure } from './walk-failure.ts';

const DEFAULT_URL = 'http://127.0.0.1:4000';

/** The server to walk through: the first argument, without a slash at the end. @throws WalkFailure when it is no http URL. */
function serverOf([url = DEFAULT_URL]: readonly string[]): string {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new WalkFailure(`"${url}" is no address of a server. Use it like this: npm run demo -- ${DEFAULT_URL}`);
  }
  return url.replace(/\/+$/, '');
}

const narrator = new Narrator(process.stdout);
try {
  await walk(serverOf(process.argv.slice(2)), narrator);
} catch (error) {
  process.exitCode = 1;
  if (!(error instanceof WalkFailure)) throw error;
  narrator.fail(error.message);
}
