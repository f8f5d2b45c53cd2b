/** Coerced values of an operation's variables: defaults count. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number that may wait for the variables. What does not is worked out when the operation is first seen. */
export type Cost = number | ((variables: Variables) => number);

/** What it is for these variables. */
export function valueOf(cost: Cost, variables: Variables): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

/** All of them together. */
export function sumOf(costs: readonly Cost[]): Cost {
  return combined(costs, 0, (one, other) => one + other);
}

/** The highest of them, and never less than nothing. */
export function highestOf(costs: readonly Cost[]): Cost {
  return combined(costs, 0, Math.max);
}

/** `cost` as often as `size` says. */
export function multiplied(size: Cost, cost: Cost): Cost {
  if (typeof size === 'number' && typeof cost === 'number') return size * cost;
  if (size === 1) return cost;
  if (size === 0 || cost === 0) return 0;
  return (variables) => valueOf(size, variables) * valueOf(cost, variables);
}

/** `cost` where the condition holds, else nothing. */
export function costWhere(condition: (variables: Variables) => boolean, cost: Cost): Cost {
  return cost === 0 ? 0 : (variables) => (condition(variables) ? valueOf(cost, variables) : 0);
}

/** The same cost, for expressions that ask for it in many places: worked out once for each object of variables. */
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

/** Numbers are combined at once; only what waits for variables is left to do per request. */
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
