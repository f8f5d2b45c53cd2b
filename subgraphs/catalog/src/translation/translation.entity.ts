import { p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The columns of a table with translations. The table also has a column with the id of the translated object. */
export const translationColumns = {
  ...tenantColumn,
  /** The language (BCP 47). */
  locale: p.text().primary(),
  name: p.text().nullable(),
  description: p.text().nullable(),
};
