import type { RoutePage } from './answer-data.ts';
import type { ShownLinks } from './links.ts';

/**
 * The links to the first and the next page of a list.
 * @param url the URL of this page, with its query
 */
export function pageLinks(url: string, { cursor }: RoutePage): ShownLinks {
  const [path = '', query = ''] = url.split('?');
  const parts = query.split('&').filter((part) => part !== '' && !/^cursor(=|$)/.test(part));
  const pageAt = (more: readonly string[]) => {
    const search = [...parts, ...more].join('&');
    return { href: search === '' ? path : `${path}?${search}` };
  };
  return {
    first: pageAt([]),
    ...(cursor !== null && { next: pageAt([`cursor=${encodeURIComponent(cursor)}`]) }),
  };
}
