import { Dialog, Table, Td, Th } from '@souk/ui';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';

export interface ConflictDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** The heading of the column with the staff member's own values. */
  readonly mineLabel: string;
  readonly rows: readonly { readonly label: string; readonly mine: string; readonly theirs: string }[];
  readonly actions: ReactNode;
}

/**
 * A dialog after a version conflict. It compares the staff member's values with the server's values, field by field.
 */
export function ConflictDialog({ open, onClose, mineLabel, rows, actions }: ConflictDialogProps) {
  const { t } = useI18n();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('conflict.title')}
      description={t('conflict.text')}
      close={t('action.close')}
      shape="wide"
      actions={actions}
    >
      <Table label={t('conflict.title')}>
        <thead>
          <tr>
            <Th>{t('conflict.field')}</Th>
            <Th>{mineLabel}</Th>
            <Th>{t('conflict.theirs')}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, mine, theirs }) => (
            <tr key={label}>
              <Td className="font-medium">{label}</Td>
              <Td className="text-ink-2">{mine}</Td>
              <Td className="bg-accent-soft">{theirs}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Dialog>
  );
}
