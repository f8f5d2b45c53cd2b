import { Button, Notice } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';

export interface ConflictNoticeProps {
  /** The sentence that names the changed thing. */
  readonly text: string;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** A message above a form after a version conflict, in which the user keeps their edits or takes the other user's changes. */
export function ConflictNotice({ text, onKeepMine, onTakeTheirs }: ConflictNoticeProps) {
  const { t } = useI18n();
  return (
    <Notice tone="warn">
      <p>{text}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" onClick={onTakeTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
        <Button size="small" onClick={onKeepMine}>
          {t('conflict.keepMine')}
        </Button>
      </div>
    </Notice>
  );
}
