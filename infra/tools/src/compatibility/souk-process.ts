import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { movedFile } from './moved-file.ts';

/** A running Souk of one commit, started with the program of `npm start`. */
export interface SoukProcess {
  readonly url: string;
  /** Sends SIGTERM, and waits for the end. @throws Error with the output when the exit code is not 0 */
  stop(): Promise<void>;
}

/**
 * Starts Souk, and waits until it serves requests.
 * @param path PATH of the process
 * @throws Error with the output when Souk ends first
 */
export async function startSoukOf(root: string, dataDir: string, path: string): Promise<SoukProcess> {
  const child = spawn(process.execPath, [`${root}/infra/all-in-one/dist/main.js`], {
    cwd: root,
    env: { PATH: path, NODE_ENV: 'production', PORT: '0', SOUK_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // Souk stops when the channel to this process closes.
  });
  const ended = once(child, 'exit');
  let output = '';
  const url = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      output += part;
      const [, served] = /Souk serves on (http:\S+)/.exec(output) ?? [];
      if (served) url.resolve(served);
    });
  }
  void ended.then(() => url.reject(new Error(`Souk of ${root} ended before it served. Its output:\n${output}`)));
  return {
    url: await url.promise,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`Souk of ${root} ended with exit code ${code}. Its output:\n${output}`);
    },
  };
}

/**
 * Runs a commit's version of the demo tour (`npm run demo`) against a server. @throws Error with the output when the
 * tour fails
 */
export async function tourOf(root: string, url: string): Promise<void> {
  const tour = spawn(process.execPath, [movedFile(root, 'tour'), url], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = Promise.all([text(tour.stdout), text(tour.stderr)]);
  const [code] = await once(tour, 'exit');
  if (code !== 0)
    throw new Error(`The tour of ${root} failed with exit code ${code}. Its output:\n${(await output).join('')}`);
}
