import { VendorRefusal } from './vendor-refusal.ts';

/** The published parameters of a list, with the form of their values. */
export type QueryParameters = Readonly<Record<string, RegExp>>;

/** Any text. */
export const TEXT = /^.+$/;
export const NUMBER = /^\d+$/;
export const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** @throws VendorRefusal with status 400 for the first unknown parameter, or for the first invalid value */
export function checkQuery(query: URLSearchParams, published: QueryParameters): void {
  for (const [name, value] of query) {
    const form = published[name];
    if (!form) throw new VendorRefusal(400, `${name} is not allowed`);
    if (!form.test(value)) throw new VendorRefusal(400, `${name} has the invalid value ${value}`);
  }
}

/** A page of entries. Pages count from 1. */
export function pageOf<Entry>(entries: readonly Entry[], page: number, size: number) {
  const pages = Math.max(1, Math.ceil(entries.length / size));
  return { entries: entries.slice((page - 1) * size, page * size), pages };
}
