/** The number of remembered positions. After a reconnection a server repeats fewer messages than this. */
const REMEMBERED = 256;

/** A message of a subscription, with its position in the extensions. */
interface Positioned {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: unknown;
}

/** The position after which a subscription resumes when its socket breaks. */
export class ResumePoint {
  #position: string | null = null;
  readonly #delivered = new Set<string>();

  /** The value of `extensions.resumeAfter`. Undefined before the first position. */
  get position(): string | undefined {
    return this.#position ?? undefined;
  }

  /**
   * Records the position of a message.
   * @returns whether to deliver the message. False when it was delivered before, and when it has only a position and no data.
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

  /** Forgets the position. The subscription then begins with the present events. */
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
