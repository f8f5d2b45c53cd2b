/** Coerced values of an operation's variables, with their defaults. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number, or a function of the variables. A number is calculated once, when the operation is first seen. */
export type Cost = number | ((variables: Variables) => number);

/** The cost for these variables, as a number of points. */
export function valueOf(cost: Cost, variables: Variables): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

/** The sum of the costs. A number when no cost depends on variables. */
export function sumOf(costs: readonly Cost[]): Cost {
  return combined(costs, 0, (one, other) => one + other);
}

/** The highest cost, at least 0. */
export function highestOf(costs: readonly Cost[]): Cost {
  return combined(costs, 0, Math.max);
}

/** `cost` times `size`. */
export function multiplied(size: Cost, cost: Cost): Cost {
  if (typeof size === 'number' && typeof cost === 'number') return size * cost;
  if (size === 1) return cost;
  if (size === 0 || cost === 0) return 0;
  return (variables) => valueOf(size, variables) * valueOf(cost, variables);
}

/** `cost` where the condition holds, otherwise 0. */
export function costWhere(condition: (variables: Variables) => boolean, cost: Cost): Cost {
  return cost === 0 ? 0 : (variables) => (condition(variables) ? valueOf(cost, variables) : 0);
}

/** The same cost, calculated once per variables object. Use it for an expression that occurs in many places. */
export function oncePerRequest(cost: Cost): Cost {
  if (typeof cost === 'number') return cost;
  const values = new WeakMap<Variables, number>();
  return (variables) => {
    const known = values.get(variables);
    if (known !== undefined) return known;
    const value = cost(variables);
    values.set(variables, value);
    return value;
  };
}

/** Combines the constant numbers in advance, so that a request evaluates only the parts that depend on variables. */
function combined(costs: readonly Cost[], none: number, combine: (one: number, other: number) => number): Cost {
  let known = none;
  const waiting: ((variables: Variables) => number)[] = [];
  for (const cost of costs) {
    if (typeof cost === 'number') known = combine(known, cost);
    else waiting.push(cost);
  }
  if (waiting.length === 0) return known;
  return (variables) => {
    let total = known;
    for (const cost of waiting) total = combine(total, cost(variables));
    return total;
  };
}
