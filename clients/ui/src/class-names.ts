import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/**
 * Merges Tailwind classes. The font sizes of the design tokens are listed, because `text-14 text-ink` would otherwise
 * lose `text-14`.
 */
const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      'font-size': [{ text: ['12', '14', '16', '18', '22', '28', '36', '48'] }],
    },
  },
});

/** Joins class names. When two classes set the same CSS property, the later class wins. */
export function classNames(...values: readonly ClassValue[]): string {
  return merge(clsx(values));
}
