import { Button } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import { ConflictDialog } from '../page/conflict-dialog.tsx';
import { differingFields, type PromotionForm } from './promotion-form.ts';

export interface PromotionConflictProps {
  readonly mine: PromotionForm;
  readonly theirs: PromotionForm;
  readonly onClose: () => void;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** A dialog after a version conflict. It compares the form with the saved promotion, field by field. */
export function PromotionConflict({ mine, theirs, onClose, onKeepMine, onTakeTheirs }: PromotionConflictProps) {
  const { t } = useI18n();
  return (
    <ConflictDialog
      open
      onClose={onClose}
      mineLabel={t('conflict.mine')}
      rows={differingFields(mine, theirs).map((field) => ({
        label: t(`promotion.${field}`),
        mine: String(mine[field]),
        theirs: String(theirs[field]),
      }))}
      actions={
        <>
          <Button onClick={onTakeTheirs}>{t('conflict.takeTheirs')}</Button>
          <Button kind="primary" onClick={onKeepMine}>
            {t('conflict.keepMine')}
          </Button>
        </>
      }
    />
  );
}
