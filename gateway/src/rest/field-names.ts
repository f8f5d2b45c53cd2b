import type { RestRoute } from './rest-table.ts';

type Path = readonly (string | number)[];

/** Translates paths in GraphQL to the names that the route's clients use. */
export interface FieldNames {
  /** The name for a path in the variables: `["input", "lines", 0, "quantity"]` is `lines.0.quantity`. */
  ofVariable(path: Path): string | null;
  /** The name for the path of an argument of the subgraph's query: `["filter", "ids"]`. */
  ofArgument(path: Path): string | null;
  /** The name for a path in the mutation's input. User errors contain such paths. */
  ofInput(path: Path): string | null;
  /** Whether the name is a path parameter. A wrong value in the URL path means that the resource does not exist. */
  isInPath(name: string): boolean;
}

/**
 * Compiles the names of one route.
 * @param ifMatch whether the version was sent in `If-Match` instead of the body
 */
export function fieldNames({ parameters, inputs, body }: RestRoute, ifMatch = false): FieldNames {
  const longestFirst = inputs.toSorted((one, other) => other.field.length - one.field.length);
  const inPath = new Set(parameters.filter((each) => each.in === 'path').map(({ name }) => name));
  const [onlyInPath = null, ...more] = inPath;
  const names: FieldNames = {
    ofVariable(path) {
      const parameter = parameters.find(
        ({ target, kind }) => (ifMatch || kind !== 'version') && startsWith(path, target),
      );
      // A value within a parameter has the parameter's name, because REST clients do not see list indexes or the fields
      // of a sort.
      if (parameter) return parameter.name;
      const inBody = body?.variable != null && path[0] === body.variable ? path.slice(1) : path;
      return inBody.length === 0 ? null : inBody.join('.');
    },
    ofArgument(path) {
      const isOwnId = path.length === 1 && path[0] === 'id' && more.length === 0; // `order(id: $orderId)`
      const known = names.ofVariable(path);
      return isOwnId && onlyInPath !== null && known === 'id' ? onlyInPath : known;
    },
    ofInput(path) {
      const input = longestFirst.find(({ field }) => startsWith(path, field));
      if (input) return names.ofVariable([...input.variable, ...path.slice(input.field.length)]);
      const [within, ...others] =
        path.length === 0 ? [] : inputs.filter(({ field }) => startsWith(field, path.map(String)));
      // The route wraps a variable in a list of one item: `lineIds: [$lineId]`.
      return within && others.length === 0 ? names.ofVariable(within.variable) : path.join('.') || null;
    },
    isInPath: (name) => inPath.has(name),
  };
  return names;
}

function startsWith(path: Path, start: readonly string[]): boolean {
  return start.length <= path.length && start.every((name, index) => String(path[index]) === name);
}
