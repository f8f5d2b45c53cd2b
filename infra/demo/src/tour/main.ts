import { Narrator } from './narrator.ts';
import { tour } from './tour.ts';
import { TourFailure } from './tour-failure.ts';

const DEFAULT_URL = 'http://127.0.0.1:4000';

/**
 * Returns the server's URL from the first argument, without a trailing slash.
 * @throws TourFailure when it is not an HTTP URL
 */
function serverOf([url = DEFAULT_URL]: readonly string[]): string {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new TourFailure(`"${url}" is not an http URL. Example: npm run demo -- ${DEFAULT_URL}`);
  }
  return url.replace(/\/+$/, '');
}

const narrator = new Narrator(process.stdout);
try {
  await tour(serverOf(process.argv.slice(2)), narrator);
} catch (error) {
  process.exitCode = 1;
  if (!(error instanceof TourFailure)) throw error;
  narrator.fail(error.message);
}
