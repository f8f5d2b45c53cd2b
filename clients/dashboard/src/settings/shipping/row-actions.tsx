import { IconButton } from '@souk/ui';
import { Pencil, Trash2 } from 'lucide-react';
import { useI18n } from '../../i18n/use-i18n.ts';

export interface RowActionsProps {
  readonly name: string;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

/** The buttons that edit and delete a shipping method or a zone. */
export function RowActions({ name, onEdit, onDelete }: RowActionsProps) {
  const { t } = useI18n();
  return (
    <div className="flex shrink-0">
      <IconButton size="small" label={t('shipping.edit', { name })} onClick={onEdit}>
        <Pencil aria-hidden className="size-4" strokeWidth={1.75} />
      </IconButton>
      <IconButton size="small" label={t('shipping.delete', { name })} onClick={onDelete}>
        <Trash2 aria-hidden className="size-4" strokeWidth={1.75} />
      </IconButton>
    </div>
  );
}
