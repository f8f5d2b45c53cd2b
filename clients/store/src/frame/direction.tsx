import { Direction } from 'radix-ui';
import type { ReactNode } from 'react';
import { directionOf } from '../i18n/locales.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** Sets the text direction of menus and dialogs, which do not read it from the document. */
export function DirectionProvider({ children }: { readonly children: ReactNode }) {
  const { language } = useI18n();
  return <Direction.Provider dir={directionOf(language)}>{children}</Direction.Provider>;
}
