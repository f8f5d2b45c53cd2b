/** How a command fails. DOWN: nothing happens. MUTE: it is carried out, and its answer is lost. */
export type Failing = 'DOWN' | 'MUTE';

/** Makes the commands of a subgraph fail, and counts them. */
export class Interference {
  readonly #failing = new Map<string, Failing>();
  readonly #gates = new Map<string, Promise<void>>();
  /** Names of the commands that arrived, in order. */
  readonly received: string[] = [];

  fail(command: string, how: Failing): void {
    this.#failing.set(command, how);
  }

  /** From now on everything works. */
  recover(): void {
    this.#failing.clear();
  }

  /** The command waits until the gate opens. */
  hold(command: string): { readonly open: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gates.set(command, promise);
    return { open: resolve };
  }

  async around<Reply>(command: string, work: () => Reply): Promise<Reply> {
    this.received.push(command);
    await this.#gates.get(command);
    if (this.#failing.get(command) === 'DOWN') throw new Error(`${command} is down`);
    const reply = work();
    if (this.#failing.get(command) === 'MUTE') throw new Error(`the answer of ${command} is lost`);
    return reply;
  }
}
