import type { AnswerPath } from './entity-path.ts';

/** The paths of an answer at which a subgraph has reported the error behind a null. */
export class ReportedPlaces {
  readonly #paths: AnswerPath[] = [];

  add(path: AnswerPath): void {
    this.#paths.push(path);
  }

  /**
   * Returns a function that tests whether a reported error explains a null at a path. The error may be at the path, below it (the null has
   * propagated upwards), or above it (another subgraph returned the parent object).
   */
  explained(): (place: AnswerPath) => boolean {
    const ends = new Set(this.#paths.map(keyOf));
    const within = new Set(this.#paths.flatMap((path) => beginnings(path).map(keyOf)));
    return (place) => within.has(keyOf(place)) || beginnings(place).some((each) => ends.has(keyOf(each)));
  }
}

/** Every prefix of the path, from the empty path to the path itself. */
function beginnings(path: AnswerPath): readonly AnswerPath[] {
  return Array.from({ length: path.length + 1 }, (_, length) => path.slice(0, length));
}

function keyOf(path: AnswerPath): string {
  return JSON.stringify(path);
}
