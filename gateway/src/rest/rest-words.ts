import type { RestTable } from './rest-table.ts';

/** Translates a subgraph's message to the terms of REST. */
export type RestWords = (message: string) => string;

const PAGES: Readonly<Record<string, string>> = { first: 'limit', after: 'cursor' };

/**
 * Compiles the translation. Mutations in a remedy become the routes that run them (`cartCreate`: `POST /api/v1/carts`), and the arguments
 * of pages become their parameters. The words "the login mutation" become its route too.
 */
export function restWords({ routes, basePath }: RestTable): RestWords {
  const addresses = new Map<string, string>();
  for (const { answer, method, path } of routes) {
    // The first of a mutation's routes stands for the mutation. Mutations whose names are ordinary words, such as `login`, are not
    // translated.
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
