import type { ExampleValues } from './example-values.ts';
import type { JsonSchemas } from './json-schemas.ts';

/** The objects that all parts of the OpenAPI generator share. */
export interface OpenapiDependencies {
  readonly schemas: JsonSchemas;
  readonly examples: ExampleValues;
  /** The maximum length of path parameters, by name. */
  readonly pathLengths: Readonly<Record<string, number>>;
}

/** Joins the lines of a description with spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
