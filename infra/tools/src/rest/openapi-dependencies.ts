import type { ExampleValues } from './example-values.ts';
import type { JsonSchemas } from './json-schemas.ts';

/** Objects that the descriptions of all routes share. */
export interface OpenapiDependencies {
  readonly schemas: JsonSchemas;
  readonly examples: ExampleValues;
  /** Maximum length of a text in a path, by its name in the path. */
  readonly pathLengths: Readonly<Record<string, number>>;
}

/** Joins the lines of a description. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
