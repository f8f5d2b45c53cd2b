import type { AnswerPath } from './entity-path.ts';

/** The paths of an answer at which a subgraph has explained a null by an error. */
export class ReportedPlaces {
  readonly #paths: AnswerPath[] = [];

  add(path: AnswerPath): void {
    this.#paths.push(path);
  }

  /**
   * Returns a function that tests whether an error is at a path, below the path (when the null propagated upwards), or above the path (when
   * another subgraph returned the object all the same).
   */
  explained(): (place: AnswerPath) => boolean {
    const ends = new Set(this.#paths.map(keyOf));
    const within = new Set(this.#paths.flatMap((path) => beginnings(path).map(keyOf)));
    return (place) => within.has(keyOf(place)) || beginnings(place).some((each) => ends.has(keyOf(each)));
  }
}

/** The empty path and each longer prefix, up to the path itself. */
function beginnings(path: AnswerPath): readonly AnswerPath[] {
  return Array.from({ length: path.length + 1 }, (_, length) => path.slice(0, length));
}

function keyOf(path: AnswerPath): string {
  return JSON.stringify(path);
}
