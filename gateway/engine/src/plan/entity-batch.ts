import type { DataObject } from './data.ts';
import { copyOf, mergeInto } from './merge.ts';
import type { RepresentationBuilder } from './representation.ts';

/** The entities that one fetch completes. Equal entities are sent to the subgraph once. */
export class EntityBatch {
  readonly representations: DataObject[] = [];
  /** For each representation, the indexes of its entities in the batch. */
  readonly #positions: number[][] = [];
  readonly entities: readonly DataObject[];
  /** Entities that lack a key field, so the subgraph cannot find them. They are not sent. */
  readonly left: DataObject[] = [];

  constructor(entities: readonly DataObject[], represent: RepresentationBuilder) {
    this.entities = entities;
    const known = new Map<string, number[]>();
    for (let position = 0; position < entities.length; position += 1) {
      const entity = entities[position];
      const representation = entity && represent(entity);
      if (!representation) {
        if (entity) this.left.push(entity);
        continue;
      }
      const key = keyOf(representation);
      const positions = known.get(key);
      if (positions) positions.push(position);
      else known.set(key, this.#add(representation, position));
    }
  }

  /** Merges the received fields of a representation into its entities. */
  complete(index: number, received: DataObject): void {
    const positions = this.#positions[index] ?? [];
    for (let nth = positions.length - 1; nth >= 0; nth -= 1) {
      const entity = this.entities[positions[nth] ?? -1];
      // `mergeInto` may write into its source later. The first entity gets the source itself, and every further entity a copy.
      if (entity) mergeInto(entity, nth === 0 ? received : copyOf(received));
    }
  }

  /** The indexes of a representation's entities in the batch. */
  positionsOf(index: number): readonly number[] {
    return this.#positions[index] ?? [];
  }

  entitiesOf(index: number): readonly DataObject[] {
    return this.positionsOf(index).flatMap((position) => this.entities.slice(position, position + 1));
  }

  /** The `__typename` that the gateway's data has for the entities of a representation. */
  typenameOf(index: number): unknown {
    const [first] = this.#positions[index] ?? [];
    return first === undefined ? undefined : this.entities[first]?.['__typename'];
  }

  #add(representation: DataObject, position: number): number[] {
    const positions = [position];
    this.representations.push(representation);
    this.#positions.push(positions);
    return positions;
  }
}

/** A key that is equal for equal representations. JSON is built only for representations with more than a type and one key field. */
function keyOf(representation: DataObject): string {
  let name = '';
  for (const key in representation) {
    if (key === '__typename') continue;
    if (name !== '') return JSON.stringify(representation);
    name = key;
  }
  const value = representation[name];
  if (typeof value !== 'string') return JSON.stringify(representation);
  return `${String(representation['__typename'])} ${name} ${value}`;
}
