import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { movedFile } from './moved-file.ts';

/** What `npm start` runs, of any tree of sources that is built. */
export interface SoukProcess {
  readonly url: string;
  /** Asks it to end. @throws Error with what it said when it does not end well. */
  stop(): Promise<void>;
}

/** Resolves when it serves. @param path where programs are found. @throws Error with what it said when it ends first. */
export async function startSoukOf(root: string, dataDir: string, path: string): Promise<SoukProcess> {
  const child = spawn(process.execPath, [`${root}/infra/all-in-one/dist/main.js`], {
    cwd: root,
    env: { PATH: path, NODE_ENV: 'production', PORT: '0', SOUK_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // it ends when this process does
  });
  const ended = once(child, 'exit');
  let said = '';
  const url = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      const [, served] = /Souk serves on (http:\S+)/.exec(said) ?? [];
      if (served) url.resolve(served);
    });
  }
  void ended.then(() => url.reject(new Error(`Souk of ${root} ended:\n${said}`)));
  return {
    url: await url.promise,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`Souk of ${root} ended with ${code}:\n${said}`);
    },
  };
}

/** The tour of an order, as this tree knows it. @throws Error with what it said when it fails. */
export async function tourOf(root: string, url: string): Promise<void> {
  const tour = spawn(process.execPath, [movedFile(root, 'tour'), url], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(tour.stdout), text(tour.stderr)]);
  const [code] = await once(tour, 'exit');
  if (code !== 0) throw new Error(`The tour of ${root} failed:\n${(await said).join('')}`);
}
