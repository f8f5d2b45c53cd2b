/** A lifecycle: for each state, the states that may follow the state. A final state has an empty list. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/**
 * Declares a lifecycle and checks it once, when the module is loaded.
 * @throws Error when a state cannot be reached from `initial`.
 */
export function defineTransitions<State extends string>(initial: State, table: Transitions<State>): Transitions<State> {
  const reached = new Set<State>([initial]);
  for (const state of reached) for (const next of table[state]) reached.add(next);
  const unreachable = (Object.keys(table) as State[]).filter((state) => !reached.has(state));
  if (unreachable.length > 0)
    throw new Error(
      `States not reachable from ${initial}: ${unreachable.join(', ')}. Add a transition to each, or remove it`,
    );
  return table;
}

export function canTransition<State extends string>(table: Transitions<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}

/** The lifecycle as a mermaid state diagram, for the README of its subgraph. */
export function stateDiagram<State extends string>(initial: State, table: Transitions<State>): string {
  const arrows = (Object.entries(table) as [State, readonly State[]][]).flatMap(([from, followers]) =>
    followers.length > 0 ? followers.map((to) => `  ${from} --> ${to}`) : [`  ${from} --> [*]`],
  );
  return ['stateDiagram-v2', `  [*] --> ${initial}`, ...arrows].join('\n');
}
