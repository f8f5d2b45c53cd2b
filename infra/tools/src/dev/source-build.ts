import { buildFile } from '@souk/launcher/build';
import { changeOf } from './change.ts';

/** Compiles saved files. Remembers the errors of files until they compile. */
export class SourceBuild {
  readonly #root: string;
  readonly #problems = new Map<string, string>();

  /** @param root absolute path of the repository */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Compiles files.
   * @param paths relative to the repository root
   * @returns an error for each file that does not compile, including files of earlier calls
   */
  async compile(paths: readonly string[]): Promise<readonly string[]> {
    for (const path of paths) {
      const change = changeOf(path);
      this.#problems.delete(path);
      if (change?.kind !== 'SOURCE') continue;
      await buildFile(this.#root, change.folder, change.file).catch((error: unknown) => {
        this.#problems.set(path, `${path} does not compile:\n${placeIn(error)}`);
      });
    }
    return [...this.#problems.values()];
  }
}

/** The compiler's message with the source lines around the error, without the compiler's stack trace. */
function placeIn(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\n+Caused by:[\s\S]*$/, '').trimEnd();
}
