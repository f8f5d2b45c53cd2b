/** How many answers are known again: more than a server sends twice. */
const REMEMBERED = 256;

/** What an answer says of itself. */
interface Positioned {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: unknown;
}

/** Where a subscription is: after which answer it goes on when its socket breaks. */
export class ResumePoint {
  #position: string | null = null;
  readonly #had = new Set<string>();

  /** What to send in `extensions.resumeAfter`; undefined for nothing. */
  get position(): string | undefined {
    return this.#position ?? undefined;
  }

  /** Takes note of an answer. Gives whether it is to be told: not one that was told before, nor one that only says where it is. */
  isNews({ data, errors, extensions }: Positioned): boolean {
    const position = positionIn(extensions);
    if (position === null) return true;
    this.#position = position;
    if (data === null && errors === undefined) return false;
    if (this.#had.has(position)) return false;
    this.#remember(position);
    return true;
  }

  /** The next begins anew. */
  forget(): void {
    this.#position = null;
  }

  #remember(position: string): void {
    this.#had.add(position);
    if (this.#had.size <= REMEMBERED) return;
    const [oldest] = this.#had;
    if (oldest !== undefined) this.#had.delete(oldest);
  }
}

function positionIn(extensions: unknown): string | null {
  const has = typeof extensions === 'object' && extensions !== null && 'position' in extensions;
  return has && typeof extensions.position === 'string' ? extensions.position : null;
}
