import { setTimeout as sleep } from 'node:timers/promises';
import { painter, type StepStream } from '@souk/launcher/steps';
import type { Money, StatusChange } from './answers.ts';

/** The pause between steps on a terminal, so a person can read them. Piped output has no pauses. */
const PAUSE_MS = 700;
const ROLE_WIDTH = 7;

/** Prints the steps of the tour to the standard output. */
export class Narrator {
  readonly #stream: StepStream;
  readonly #startedAt = performance.now();

  constructor(stream: StepStream) {
    this.#stream = stream;
  }

  title(text: string): void {
    this.#print(this.#paint.bold(text));
  }

  async buyer(text: string): Promise<void> {
    await this.#say(this.#paint.blue('buyer'.padEnd(ROLE_WIDTH)), text);
  }

  async clerk(text: string): Promise<void> {
    await this.#say(this.#paint.yellow('clerk'.padEnd(ROLE_WIDTH)), text);
  }

  detail(text: string): void {
    this.#print(`${' '.repeat(ROLE_WIDTH)}   ${this.#paint.dim(text)}`);
  }

  live({ type, order }: StatusChange): void {
    const now = this.#paint.dim(
      `order ${order.status}, payment ${order.paymentStatus}, goods ${order.fulfillmentStatus}`,
    );
    this.#print(`${' '.repeat(ROLE_WIDTH)} ${this.#paint.green(`◂ live  ${type.padEnd(20)}`)} ${now}`);
  }

  end(text: string): void {
    this.#print(
      `\n${this.#paint.green('✓')} ${text} ${this.#paint.dim(`(${((performance.now() - this.#startedAt) / 1000).toFixed(1)} s)`)}`,
    );
  }

  fail(text: string): void {
    this.#print(`\n${this.#paint.red('✗')} ${text}`);
  }

  get #paint() {
    return painter(this.#stream);
  }

  async #say(role: string, text: string): Promise<void> {
    this.#print(`${role}   ${text}`);
    if (this.#stream.isTTY) await sleep(PAUSE_MS);
  }

  #print(line: string): void {
    this.#stream.write(`${line}\n`);
  }
}

/** Formats an amount with its currency, as in `18.00 EUR`. */
export function readableMoney({ amount, currencyCode }: Money): string {
  return `${amount} ${currencyCode}`;
}
