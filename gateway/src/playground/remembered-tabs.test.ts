import { expect, test } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { rememberedTabsScript } from './remembered-tabs.ts';

const EXAMPLES = [
  { query: '# For shoppers\nquery Lamps { id }', variables: '{"first":1}', headers: '{"x-tenant-id":"</script>"}' },
  { query: 'mutation Ship { id }', headers: '{"authorization":"Bearer fresh"}' },
];

/**
 * The browser's storage after a visit.
 * @param remembered the storage before the visit
 */
function visit(remembered: Readonly<Record<string, unknown>>, examples = EXAMPLES): Readonly<Record<string, unknown>> {
  const items = new Map(Object.entries(remembered).map(([key, value]) => [key, JSON.stringify(value)]));
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  runInNewContext(rememberedTabsScript(examples), { localStorage });
  return Object.fromEntries([...items].map(([key, value]) => [key, JSON.parse(value)]));
}

test('the first visit shows the variables and the headers of the first example', () => {
  expect(visit({})).toMatchObject({
    'graphiql:variables': { first: 1 },
    'graphiql:headers': { 'x-tenant-id': '</script>' },
  });
});

test("later visits show fresh headers by operation name, and the user's tabs unchanged", () => {
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

test("later visits show fresh variables for unchanged examples, and the user's own variables otherwise", () => {
  const ship = (id: string) => [{ query: 'mutation Ship { id }', variables: `{"id":"${id}"}`, headers: '{}' }];
  const untouched = { query: 'mutation Ship { id status }', variables: '{"id":"first"}', headers: null };
  const changed = { ...untouched, variables: '{"id":"mine"}' };
  const open = { query: '{ mine }', variables: '{"id":"first"}', headers: null };
  const before = {
    ...visit({}, ship('first')),
    'graphiql:tabState': { activeTabIndex: 2, tabs: [untouched, changed, open] },
  };
  const { 'graphiql:tabState': after } = visit(before, ship('second'));
  expect(after).toMatchObject({
    tabs: [{ variables: '{"id":"second"}' }, { variables: '{"id":"mine"}' }, { variables: '{"id":"first"}' }],
  });
});

test('the variables of the open tab are fresh too, unless they were changed', () => {
  const ship = (id: string) => [{ query: 'mutation Ship { id }', variables: `{"id":"${id}"}`, headers: '{}' }];
  const tabState = { activeTabIndex: 0, tabs: [{ query: 'mutation Ship { id }', variables: null, headers: null }] };
  const first = { ...visit({}, ship('first')), 'graphiql:tabState': tabState };
  expect(visit(first, ship('second'))['graphiql:variables']).toEqual({ id: 'second' });
  const own = { ...first, 'graphiql:variables': { id: 'mine' } };
  expect(visit(own, ship('second'))['graphiql:variables']).toEqual({ id: 'mine' });
});

test("a script's text cannot end its element", () => {
  expect(rememberedTabsScript(EXAMPLES)).not.toContain('</script>');
});
