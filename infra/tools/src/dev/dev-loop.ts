import { changeOf } from './change.ts';
import { ServerProcess, type ServerProgram } from './server-process.ts';
import { SourceBuild } from './source-build.ts';
import { watchFiles } from './watch-files.ts';

export interface DevLoopOptions {
  /** The absolute path of the repository. */
  readonly root: string;
  readonly program: Omit<ServerProgram, 'onEnded'>;
  readonly say: (text: string) => void;
}

export interface DevLoop {
  stop(): Promise<void>;
}

/**
 * Starts a server. After each save, compiles the saved files and restarts the server. A file that does not compile is
 * reported instead.
 */
export async function startDevLoop({ root, program, say }: DevLoopOptions): Promise<DevLoop> {
  const server = new ServerProcess({
    ...program,
    onEnded: (how) => say(`${how}. It starts again when a file is saved.`),
  });
  const build = new SourceBuild(root);
  let work: Promise<void> = Promise.resolve();
  const apply = async (paths: readonly string[]) => {
    const saved = paths.filter((path) => changeOf(path) !== null);
    if (saved.length === 0) return;
    const problems = await build.compile(saved);
    if (problems.length > 0) return say(`${problems.join('\n')}\nThe server goes on with the code from before.`);
    say(`Restarting: ${nameOf(saved)} changed.`);
    await server.restart();
  };
  const watch = await watchFiles(root, (paths) => {
    work = work.then(() => apply(paths));
  });
  server.start();
  return {
    async stop() {
      await watch.close();
      await work;
      await server.stop();
    },
  };
}

function nameOf([first, ...others]: readonly string[]): string {
  return others.length === 0 ? `${first}` : `${first} and ${others.length} more`;
}
