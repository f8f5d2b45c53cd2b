import { allOf, type Requirement, type Requirements } from '@souk/gateway/rest';
import { getNamedType } from 'graphql';
import type { SelectedObject } from './selected-data.ts';

/**
 * Returns the scopes that a caller needs to read the data at a path. The fields on the path and their types require
 * these scopes.
 */
export function requirementAlong(
  root: SelectedObject,
  path: readonly string[],
  requirements: Requirements,
): Requirement | null {
  return allOf(coordinatesAlong(root, path).map((coordinate) => requirements.get(coordinate)));
}

function coordinatesAlong({ type, fields }: SelectedObject, [name = '', ...others]: readonly string[]): string[] {
  const field = fields.get(name);
  if (!field) return [];
  const { definition, object } = field;
  const own = [`${type.name}.${definition.name}`, getNamedType(definition.type).name];
  return object ? [...own, ...coordinatesAlong(object, others)] : own;
}
