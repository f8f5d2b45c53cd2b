import { request, type Dispatcher } from 'undici';

const PATIENCE_MS = 1000;

/**
 * The time of several processes: the median of their clocks, so a single wrong clock has no effect.
 * @param urls the URLs of the processes. The `Date` header of `/health/live` contains their time, in seconds (RFC 9110, section 6.6.1).
 * @returns null when no process answers
 */
export async function timeOfProcesses(urls: readonly string[], dispatcher: Dispatcher): Promise<Date | null> {
  const answers = await Promise.all(urls.map((url) => timeOf(url, dispatcher).catch(() => null)));
  const times = answers.filter((time) => time !== null).toSorted((one, other) => one - other);
  const median = times[Math.floor(times.length / 2)];
  return median === undefined ? null : new Date(median);
}

async function timeOf(url: string, dispatcher: Dispatcher): Promise<number | null> {
  const { headers, body } = await request(new URL('/health/live', url), {
    dispatcher,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  });
  await body.dump();
  const time = Date.parse(String(headers['date']));
  return Number.isNaN(time) ? null : time;
}
