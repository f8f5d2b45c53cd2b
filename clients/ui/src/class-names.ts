import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** Merges classes of Tailwind and of the design tokens. Without the names of the tokens, `text-14 text-ink` would lose a class. */
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
