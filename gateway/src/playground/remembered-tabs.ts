import type { PlaygroundTab } from './playground.ts';

/**
 * A script that runs before GraphiQL reads the tabs it remembers. GraphiQL never remembers headers, and reads those and the
 * variables of the tab that is open from a place of their own, also at the first visit: this fills in both, by the names of
 * the operations. The open tab's own headers stay empty, or GraphiQL would not know it again and open it twice.
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
    readonly tabs: { query: string | null; headers: string | null }[];
  }
  const nameOf = (query: string | null) => /^(?:query|mutation|subscription)\s+(\w+)/m.exec(query ?? '')?.[1];
  const exampleOf = (query: string | null) => {
    const name = nameOf(query);
    return name === undefined ? undefined : examples.find((example) => nameOf(example.query) === name);
  };
  const stored = storage.getItem('graphiql:tabState');
  const remembered = stored === null ? null : (JSON.parse(stored) as Remembered);
  const open = remembered ? remembered.tabs[remembered.activeTabIndex] : examples[0];
  if (!remembered) storage.setItem('graphiql:variables', examples[0]?.variables ?? '');
  const headers = exampleOf(open?.query ?? null)?.headers;
  if (headers !== undefined) storage.setItem('graphiql:headers', headers);
  if (!remembered) return;
  for (const tab of remembered.tabs) {
    if (tab !== open) tab.headers = tab.headers ?? exampleOf(tab.query)?.headers ?? null;
  }
  storage.setItem('graphiql:tabState', JSON.stringify(remembered));
}
