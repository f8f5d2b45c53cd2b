import type { DataObject } from './data.ts';

/** Fields that objects lack because a subgraph failed. The answer already has errors for these fields. */
export class LostFields {
  readonly #namesOf = new Map<DataObject, Set<string>>();

  /** @param names the response names of the fields */
  add(object: DataObject, names: Iterable<string>): void {
    const known = this.#namesOf.get(object) ?? new Set();
    this.#namesOf.set(object, known);
    for (const each of names) known.add(each);
  }

  has(object: DataObject, name: string): boolean {
    return this.#namesOf.get(object)?.has(name) ?? false;
  }

  /** Whether the object lacks any fields because of a failure. */
  hasSome(object: DataObject): boolean {
    return this.#namesOf.has(object);
  }
}
