import type { PlaygroundTab } from './playground.ts';

/**
 * A script that runs before GraphiQL restores its tabs. GraphiQL never stores headers. It reads the headers and
 * variables of the open tab from separate storage keys, even at the first visit. The script fills in both by operation
 * name. It replaces variables that the user did not change with the variables of the present example, because their ids
 * may no longer exist. It leaves the headers in the open tab's record empty, because GraphiQL would otherwise not
 * recognize the tab and open it twice.
 */
export function rememberedTabsScript(tabs: readonly PlaygroundTab[]): string {
  // Even within a string, `</script>` would end the script element.
  const examples = JSON.stringify(tabs).replaceAll('<', String.raw`\u003c`);
  return `(${fillIn.toString()})(${examples}, localStorage);`;
}

/** The body of the script. The function runs in the browser, so it must not use variables of this module. */
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
  // The variables that this script filled in at the last visit. Other variables come from the user.
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
