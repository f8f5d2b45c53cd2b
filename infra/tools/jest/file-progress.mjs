import { relative } from 'node:path';

/**
 * A Jest reporter that prints each test file as it starts: `[ 13/340, 328 left]
 * subgraphs/orders/src/order/order.test.ts`. The last lines of a log then show which file hangs. On a terminal it
 * prints nothing, because Jest shows running files there.
 */
export default class FileProgress {
  #root;
  #stream;
  #total = 0;
  #begun = 0;
  #finished = 0;

  constructor({ rootDir }, { stream = process.stderr } = {}) {
    this.#root = rootDir;
    this.#stream = stream;
  }

  onRunStart({ numTotalTestSuites }) {
    this.#total = numTotalTestSuites;
  }

  onTestFileStart({ path }) {
    this.#begun += 1;
    if (this.#stream.isTTY || this.#total === 1) return;
    const number = String(this.#begun).padStart(String(this.#total).length);
    const left = this.#total - this.#finished;
    this.#stream.write(`[${number}/${this.#total}, ${left} left] ${relative(this.#root, path)}\n`);
  }

  onTestFileResult() {
    this.#finished += 1;
  }
}
