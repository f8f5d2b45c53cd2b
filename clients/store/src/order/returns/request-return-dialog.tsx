import { perform, ReturnRequestDocument, type ReturnableLine, type ReturnReason } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Dialog, Field, Notice, Select, Stepper, TextField } from '@souk/ui';
import { useState, type FormEvent } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useProblemText } from '../../page/use-problem-text.ts';

const REASONS = [
  'CHANGED_MIND',
  'DOES_NOT_FIT',
  'NOT_AS_DESCRIBED',
  'WRONG_ITEM',
  'DEFECTIVE',
  'DAMAGED_IN_TRANSIT',
  'ARRIVED_TOO_LATE',
  'OTHER',
] as const satisfies readonly ReturnReason[];

export interface RequestReturnDialogProps {
  readonly orderId: string;
  /** The order's access token. Null when the customer is signed in. */
  readonly accessToken: string | null;
  readonly lines: readonly ReturnableLine[];
  readonly onClose: () => void;
}

/** A form to request a return. The order page shows the shop's decision. */
export function RequestReturnDialog({ orderId, accessToken, lines, onClose }: RequestReturnDialogProps) {
  const { t } = useI18n();
  const { http } = useSouk();
  const textOf = useProblemText();
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState<ReturnReason>('CHANGED_MIND');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const chosen = lines.flatMap(({ id }) => (units[id] ? [{ orderLineId: id, quantity: units[id], reason }] : []));
    if (chosen.length === 0) return setProblem(t('return.noUnits'));
    setSending(true);
    const input = { orderId, accessToken, lines: chosen, ...(note.trim() && { note: note.trim() }) };
    const outcome = await perform(http, ReturnRequestDocument, { input });
    setSending(false);
    if (outcome.kind === 'done') onClose();
    else setProblem(textOf(outcome));
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('return.request')}
      description={t('return.text')}
      close={t('nav.close')}
      actions={
        <Button kind="primary" type="submit" form="request-return" loading={isSending}>
          {t('return.send')}
        </Button>
      }
    >
      <form id="request-return" onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-4">
        {problem && <Notice tone="bad">{problem}</Notice>}
        {lines.map(({ id, name, units: most }) => (
          <div key={id} className="flex items-center justify-between gap-4 text-14">
            <span>{name}</span>
            <Stepper
              value={units[id] ?? 0}
              min={0}
              max={most}
              onChange={(value) => setUnits({ ...units, [id]: value })}
              label={t('product.quantity', { name })}
              more={t('product.more')}
              less={t('product.less')}
            />
          </div>
        ))}
        <Field label={t('return.reason')}>
          {(control) => (
            <Select
              control={control}
              value={reason}
              onChange={setReason}
              choices={REASONS.map((value) => ({ value, label: t(`return.reason.${value}`) }))}
            />
          )}
        </Field>
        <TextField label={t('return.note')} value={note} onChange={(event) => setNote(event.target.value)} />
      </form>
    </Dialog>
  );
}
