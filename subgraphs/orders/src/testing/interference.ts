/** How a command fails. DOWN: the command is not carried out. MUTE: the command is carried out, but its reply is lost. */
export type Failing = 'DOWN' | 'MUTE';

/** Makes selected commands fail or wait, and records the name of each command that arrives. */
export class Interference {
  readonly #failing = new Map<string, Failing>();
  readonly #gates = new Map<string, Promise<void>>();
  /** The names of the commands that arrived, in order. */
  readonly received: string[] = [];

  fail(command: string, how: Failing): void {
    this.#failing.set(command, how);
  }

  recover(): void {
    this.#failing.clear();
  }

  /** Makes the command wait until `open` is called. */
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
