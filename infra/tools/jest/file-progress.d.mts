/** The output stream: a log or a terminal. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** The declaration of file-progress.mjs, a reporter for Jest. */
export default class FileProgress {
  constructor(globalConfig: { readonly rootDir: string }, options?: { readonly stream?: ProgressStream });
  onRunStart(results: { readonly numTotalTestSuites: number }): void;
  onTestFileStart(test: { readonly path: string }): void;
  onTestFileResult(): void;
}
