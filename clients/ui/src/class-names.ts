import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** Knows the names of the design tokens, so that `text-14 text-ink` keeps both classes. */
const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      'font-size': [{ text: ['12', '14', '16', '18', '22', '28', '36', '48'] }],
    },
  },
});

/** Joins class names. Of two classes for one property, the later one wins. */
export function classNames(...values: readonly ClassValue[]): string {
  return merge(clsx(values));
}
