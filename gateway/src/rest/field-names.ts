import type { RestRoute } from './rest-table.ts';

type Path = readonly (string | number)[];

/** What clients of a route call the places that GraphQL speaks of. */
export interface FieldNames {
  /** Of a place in the variables: `["input", "lines", 0, "quantity"]` is `lines.0.quantity`. */
  ofVariable(path: Path): string | null;
  /** Of a place in the mutation's input, as user errors give it. */
  ofInput(path: Path): string | null;
  /** Whether it is a part of the address: what is wrong with it is that nothing is there. */
  isInPath(name: string): boolean;
}

/** Prepares the names of one route. */
export function fieldNames({ parameters, inputs, body }: RestRoute): FieldNames {
  const longestFirst = inputs.toSorted((one, other) => other.field.length - one.field.length);
  const inPath = new Set(parameters.filter((each) => each.in === 'path').map(({ name }) => name));
  const names: FieldNames = {
    ofVariable(path) {
      const parameter = parameters.find(({ target, kind }) => kind !== 'version' && startsWith(path, target));
      if (parameter) return [parameter.name, ...path.slice(parameter.target.length)].join('.');
      const inBody = body?.variable != null && path[0] === body.variable ? path.slice(1) : path;
      return inBody.length === 0 ? null : inBody.join('.');
    },
    ofInput(path) {
      const input = longestFirst.find(({ field }) => startsWith(path, field));
      return input ? names.ofVariable([...input.variable, ...path.slice(input.field.length)]) : path.join('.') || null;
    },
    isInPath: (name) => inPath.has(name),
  };
  return names;
}

function startsWith(path: Path, start: readonly string[]): boolean {
  return start.length <= path.length && start.every((name, index) => String(path[index]) === name);
}
