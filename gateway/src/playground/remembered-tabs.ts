import type { PlaygroundTab } from './playground.ts';

/**
 * A script that runs before GraphiQL reads the tabs it remembers. GraphiQL never remembers headers, and reads those and the
 * variables of the tab that is open from a place of their own, also at the first visit: this fills in both, by the names of
 * the operations. Variables that are still those of the example are made those of the present one: what they name may be gone by now. The
 * open tab's own headers stay empty, or GraphiQL would not know it again and open it twice.
 */
export function rememberedTabsScript(tabs: readonly PlaygroundTab[]): string {
  // The text of a script element ends at its end tag, also within a string.
  const examples = JSON.stringify(tabs).replaceAll('<', String.raw`\u003c`);
  return `(${fillIn.toString()})(${examples}, localStorage);`;
}

/** Runs in the browser: it may use nothing from around it. */
function fillIn(examples: readonly PlaygroundTab[], storage: Pick<Storage, 'getItem' | 'setItem'>): void {
  interface Remembered {
    readonly activeTabIndex: number;
    readonly tabs: { query: string | null; variables?: string | null; headers: string | null }[];
  }
  const nameOf = (query: string | null) => /^(?:query|mutation|subscription)\s+(\w+)/m.exec(query ?? '')?.[1];
  const exampleOf = (query: string | null) => {
    const name = nameOf(query);
    return name === undefined ? undefined : examples.find((example) => nameOf(example.query) === name);
  };
  // What the examples filled in at the last visit: variables that differ are the user's own.
  const given = JSON.parse(storage.getItem('souk:variables') ?? '{}') as Record<string, string>;
  const present = Object.fromEntries(examples.map(({ query, variables }) => [nameOf(query) ?? '', variables ?? '']));
  storage.setItem('souk:variables', JSON.stringify(present));
  const refreshed = (query: string | null, variables: string | null | undefined) => {
    const name = nameOf(query) ?? '';
    return variables !== undefined && variables === given[name] ? (present[name] ?? variables) : variables;
  };
  const stored = storage.getItem('graphiql:tabState');
  const remembered = stored === null ? null : (JSON.parse(stored) as Remembered);
  const open = remembered ? remembered.tabs[remembered.activeTabIndex] : examples[0];
  if (!remembered) storage.setItem('graphiql:variables', examples[0]?.variables ?? '');
  const headers = exampleOf(open?.query ?? null)?.headers;
  if (headers !== undefined) storage.setItem('graphiql:headers', headers);
  if (!remembered) return;
  const variablesOfOpen = refreshed(open?.query ?? null, storage.getItem('graphiql:variables'));
  if (typeof variablesOfOpen === 'string') storage.setItem('graphiql:variables', variablesOfOpen);
  for (const tab of remembered.tabs) {
    const variables = refreshed(tab.query, tab.variables);
    if (variables !== undefined) tab.variables = variables;
    if (tab !== open) tab.headers = tab.headers ?? exampleOf(tab.query)?.headers ?? null;
  }
  storage.setItem('graphiql:tabState', JSON.stringify(remembered));
}
