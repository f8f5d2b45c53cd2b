import type { OperationManifest } from './manifest.ts';

/** The operations of a manifest, by id and by text. */
export class PersistedOperations {
  readonly #bodies: ReadonlyMap<string, string>;
  readonly #known: ReadonlySet<string>;

  /** @param manifest null when there are no persisted operations */
  constructor(manifest: OperationManifest | null) {
    this.#bodies = new Map(manifest?.operations.map(({ id, body }) => [id, body] as const));
    this.#known = new Set(this.#bodies.values());
  }

  get bodies(): Iterable<string> {
    return this.#known;
  }

  get(id: string): string | null {
    return this.#bodies.get(id) ?? null;
  }

  has(body: string): boolean {
    return this.#known.has(body);
  }
}
