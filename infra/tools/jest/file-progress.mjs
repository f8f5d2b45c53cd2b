import { relative } from 'node:path';

/**
 * A reporter for Jest that says which file begins and how many are left: `[ 13/340, 328 left] subgraphs/orders/src/order/order.test.ts`.
 * A terminal shows that anyway; in a log the last lines name what a run hangs on.
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
