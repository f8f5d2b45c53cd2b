import { Button, Card, Field, IconButton, TextArea } from '@souk/ui';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useMay, useSession } from '../session/use-session.ts';
import type { OrderActions } from './use-order-action.ts';
import type { ManagedOrder } from './use-order.ts';

export interface NotesCardProps {
  readonly order: ManagedOrder;
  readonly actions: OrderActions;
}

/** The card with the staff's notes about an order, newest first. */
export function NotesCard({ order, actions }: NotesCardProps) {
  const { t, dateTime } = useI18n();
  const userId = useSession()?.user.id;
  const mayWrite = useMay()('orders:write');
  const [text, setText] = useState('');
  return (
    <Card title={t('order.notes')}>
      {mayWrite && (
        <form
          className="flex flex-col items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === '') return;
            actions.run({ kind: 'NOTE', text: text.trim() }, order);
            setText('');
          }}
        >
          <Field label={t('order.notes.text')} help={t('order.notes.hint')} className="w-full">
            {(control) => (
              <TextArea {...control} maxLength={5000} value={text} onChange={({ target }) => setText(target.value)} />
            )}
          </Field>
          <Button type="submit">{t('order.notes.add')}</Button>
        </form>
      )}
      <ul className="flex flex-col" aria-live="polite">
        {(order.notes ?? []).map(({ id, text: note, createdAt, createdBy }) => (
          <li key={id} className="mt-3 flex items-start justify-between gap-2 border-t pt-3 text-14">
            <div className="min-w-0">
              <p className="break-words whitespace-pre-line">{note}</p>
              <p className="text-12 text-ink-3">
                {dateTime(createdAt)}
                {createdBy && ` · ${t(createdBy === userId ? 'order.history.you' : 'order.history.staff')}`}
              </p>
            </div>
            {mayWrite && (
              <IconButton
                size="small"
                label={t('order.notes.delete')}
                onClick={() => actions.run({ kind: 'DELETE_NOTE', noteId: id }, order)}
              >
                <Trash2 aria-hidden className="size-4" strokeWidth={1.75} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
