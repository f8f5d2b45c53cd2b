import { p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The columns that all tables of translations share. Each table also has a column with the id of the translated object. */
export const translationColumns = {
  ...tenantColumn,
  /** The language (BCP 47). */
  locale: p.text().primary(),
  name: p.text().nullable(),
  description: p.text().nullable(),
  seoTitle: p.text().nullable(),
  seoDescription: p.text().nullable(),
};
