import type { RestTable } from './rest-table.ts';

/** Translates a subgraph's message to the terms of REST, for instance names of mutations to routes. */
export type RestWords = (message: string) => string;

const PAGES: Readonly<Record<string, string>> = { first: 'limit', after: 'cursor' };

/**
 * Compiles the translation. The name of a mutation becomes its route (`cartCreate`: `POST /api/v1/carts`). Paging arguments become query
 * parameters. The words "the login mutation" become the login route.
 */
export function restWords({ routes, basePath }: RestTable): RestWords {
  const addresses = new Map<string, string>();
  for (const { answer, method, path } of routes) {
    // A mutation with several routes is translated to the first route. A one-word name such as `login` is an ordinary
    // word, so it is not translated.
    if (!/[A-Z]/.test(answer.root) || method === 'GET' || addresses.has(answer.root)) continue;
    addresses.set(answer.root, `${method} ${basePath}${path}`);
  }
  const login = routes.find(({ answer }) => answer.root === 'login');
  const loginWords = login ? `${login.method} ${basePath}${login.path}` : 'the login mutation';
  return (message) =>
    message
      .replaceAll('the login mutation', loginWords)
      .replaceAll(/`(first|after)`/g, (_all, name: string) => `\`${PAGES[name]}\``)
      .replaceAll(/\b[a-z]+[A-Z]\w*\b/g, (name) => addresses.get(name) ?? name);
}
