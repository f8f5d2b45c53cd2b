import type { ExampleValues } from './example-values.ts';
import type { JsonSchemas } from './json-schemas.ts';

/** What the operations of a document are made with. */
export interface OperationParts {
  readonly schemas: JsonSchemas;
  readonly examples: ExampleValues;
  /** The most characters of a text in a path, by its name there. */
  readonly pathLengths: Readonly<Record<string, number>>;
}

/** A description in one line, as JSON wants it. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
