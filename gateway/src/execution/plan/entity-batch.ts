import type { DataObject } from './data.ts';
import { copyOf, mergeInto } from './merge.ts';
import type { RepresentationBuilder } from './representation.ts';

/** The entities that one fetch completes. Equal representations are sent once. */
export class EntityBatch {
  readonly representations: DataObject[] = [];
  /** For each representation, the positions of its entities. */
  readonly #positions: number[][] = [];
  readonly #entities: readonly DataObject[];

  constructor(entities: readonly DataObject[], represent: RepresentationBuilder) {
    this.#entities = entities;
    const known = new Map<string, number[]>();
    for (const [position, entity] of entities.entries()) {
      const representation = represent(entity);
      if (!representation) continue;
      const key = JSON.stringify(representation);
      const positions = known.get(key);
      if (positions) positions.push(position);
      else known.set(key, this.#add(representation, position));
    }
  }

  /** Merges what came for a representation into its entities. */
  complete(index: number, received: DataObject): void {
    const [first, ...others] = this.#positions[index] ?? [];
    // Copies first: merging may go on in what was merged.
    const copies = others.map((position) => [position, copyOf(received)] as const);
    if (first !== undefined) this.#merge(first, received);
    for (const [position, copy] of copies) this.#merge(position, copy);
  }

  /** Where the entities of a representation stand among those that the batch was made of. */
  positionsOf(index: number): readonly number[] {
    return this.#positions[index] ?? [];
  }

  /** The type that the gateway knows an answer's entity by. */
  typenameOf(index: number): unknown {
    const [first] = this.#positions[index] ?? [];
    return first === undefined ? undefined : this.#entities[first]?.['__typename'];
  }

  #add(representation: DataObject, position: number): number[] {
    const positions = [position];
    this.representations.push(representation);
    this.#positions.push(positions);
    return positions;
  }

  #merge(position: number, received: DataObject): void {
    const entity = this.#entities[position];
    if (entity) mergeInto(entity, received);
  }
}
