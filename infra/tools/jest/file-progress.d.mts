/** Where the lines go: a log, or a terminal. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** A reporter for Jest: see the source. */
export default class FileProgress {
  constructor(globalConfig: { readonly rootDir: string }, options?: { readonly stream?: ProgressStream });
  onRunStart(results: { readonly numTotalTestSuites: number }): void;
  onTestFileStart(test: { readonly path: string }): void;
  onTestFileResult(): void;
}
