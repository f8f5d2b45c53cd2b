import type { RestTable } from './rest-table.ts';

/** What the subgraphs call things, as clients of REST know them. */
export type RestWords = (message: string) => string;

const PAGES: Readonly<Record<string, string>> = { first: 'limit', after: 'cursor' };

/**
 * Translates messages: mutations that a remedy names are the routes that run them (`cartCreate`: `POST /api/v1/carts`), and
 * the arguments of pages are their parameters. The login is named by its address, too.
 */
export function restWords({ routes, basePath }: RestTable): RestWords {
  const addresses = new Map<string, string>();
  for (const { answer, method, path } of routes) {
    // Of a mutation with several routes the first, the plain one. Words that people use are left alone: `login`.
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
