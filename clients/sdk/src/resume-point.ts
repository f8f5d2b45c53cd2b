/**
 * The number of remembered positions. A server repeats fewer messages than this after a reconnection, so each repeated
 * message is recognized.
 */
const REMEMBERED = 256;

/** A message of a subscription, with its position in the extensions. */
interface Positioned {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: unknown;
}

/**
 * Remembers the position of the last message of a subscription. After a broken connection, the subscription resumes
 * after this position.
 */
export class ResumePoint {
  #position: string | null = null;
  readonly #delivered = new Set<string>();

  /** The value to send as `extensions.resumeAfter`. Undefined before the first position. */
  get position(): string | undefined {
    return this.#position ?? undefined;
  }

  /**
   * Records the position of a message.
   * @returns whether to deliver the message. False for a repeated message, and for a checkpoint, which has no data.
   */
  isNew({ data, errors, extensions }: Positioned): boolean {
    const position = positionIn(extensions);
    if (position === null) return true;
    this.#position = position;
    if (data === null && errors === undefined) return false;
    if (this.#delivered.has(position)) return false;
    this.#remember(position);
    return true;
  }

  /** Forgets the position. The next connection then delivers only new events. */
  forget(): void {
    this.#position = null;
  }

  #remember(position: string): void {
    this.#delivered.add(position);
    if (this.#delivered.size <= REMEMBERED) return;
    const [oldest] = this.#delivered;
    if (oldest !== undefined) this.#delivered.delete(oldest);
  }
}

function positionIn(extensions: unknown): string | null {
  const has = typeof extensions === 'object' && extensions !== null && 'position' in extensions;
  return has && typeof extensions.position === 'string' ? extensions.position : null;
}
