import { expect, test } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { rememberedTabsScript } from './remembered-tabs.ts';

const EXAMPLES = [
  { query: '# For shoppers\nquery Lamps { id }', variables: '{"first":1}', headers: '{"x-tenant-id":"</script>"}' },
  { query: 'mutation Ship { id }', headers: '{"authorization":"Bearer fresh"}' },
];

/** What a browser remembers after a visit. @param remembered from the visit before. */
function visit(remembered: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const items = new Map(Object.entries(remembered).map(([key, value]) => [key, JSON.stringify(value)]));
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  runInNewContext(rememberedTabsScript(EXAMPLES), { localStorage });
  return Object.fromEntries([...items].map(([key, value]) => [key, JSON.parse(value)]));
}

test('the first visit finds the variables and the headers of the first example', () => {
  expect(visit({})).toEqual({
    'graphiql:variables': { first: 1 },
    'graphiql:headers': { 'x-tenant-id': '</script>' },
  });
});

test('later visits find fresh headers by the names of operations, and their own tabs as they left them', () => {
  const own = { query: '{ mine }', headers: null };
  const edited = { query: 'mutation Ship { id status }', headers: null };
  const open = { query: 'query Lamps { id name }', headers: null };
  const after = visit({ 'graphiql:tabState': { activeTabIndex: 2, tabs: [own, edited, open] } });
  expect(after['graphiql:tabState']).toEqual({
    activeTabIndex: 2,
    tabs: [own, { ...edited, headers: EXAMPLES[1]?.headers }, open],
  });
  expect(after['graphiql:headers']).toEqual({ 'x-tenant-id': '</script>' });
});

test('a script ends where it should', () => {
  expect(rememberedTabsScript(EXAMPLES)).not.toContain('</script>');
});
