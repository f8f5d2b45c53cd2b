import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';

/** A sales channel. The columns are explained in `migrations/0018_channels.sql`. */
export const ChannelEntity = defineEntity({
  name: 'Channel',
  tableName: 'channel',
  properties: {
    ...baseColumns,
    code: p.text(),
    name: p.text(),
    active: p.boolean(),
    isDefault: p.boolean(),
  },
  filters: notDeleted,
});
export type ChannelEntity = InferEntity<typeof ChannelEntity>;
