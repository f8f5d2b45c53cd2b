import { Button, Dialog, TextField } from '@souk/ui';
import { useForm, useWatch } from 'react-hook-form';
import { compareAmounts, readAmount, subtractMoney, type Money } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';

interface RefundForm {
  readonly amount: string;
  readonly reason: string;
}

export interface RefundDialogProps {
  readonly limit: Money;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onRefund: (refund: { readonly amount: Money; readonly reason: string }) => void;
}

/** A dialog for a refund. It shows the remaining refundable amount while the user types. */
export function RefundDialog({ limit, open, onClose, onRefund }: RefundDialogProps) {
  const { t, money } = useI18n();
  const form = useForm<RefundForm>({ defaultValues: { amount: limit.amount, reason: '' } });
  const { errors } = form.formState;
  const digits = limit.amount.split('.')[1]?.length ?? 0;
  const moneyOf = (text: string): Money | null => {
    const amount = readAmount(text, digits);
    return amount === null ? null : { amount, currencyCode: limit.currencyCode };
  };
  const typed = moneyOf(useWatch({ control: form.control, name: 'amount' }));
  const isValid =
    typed !== null && compareAmounts(typed.amount, '0') > 0 && compareAmounts(typed.amount, limit.amount) <= 0;
  const submit = form.handleSubmit(({ amount, reason }) => {
    const refund = moneyOf(amount);
    if (!refund) return;
    onClose();
    onRefund({ amount: refund, reason: reason.trim() });
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('order.refund.title')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="danger" type="submit" form="refund">
            {isValid ? t('order.refund.submit', { amount: money(typed) }) : t('order.action.refund')}
          </Button>
        </>
      }
    >
      <form id="refund" onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField
          label={t('order.refund.amount', { currency: limit.currencyCode })}
          inputMode="decimal"
          help={t('order.refund.help', { amount: money(limit) })}
          error={errors.amount?.message}
          className="tabular-nums"
          {...form.register('amount', {
            validate: (text) => {
              const amount = moneyOf(text);
              if (!amount || compareAmounts(amount.amount, '0') <= 0)
                return t('order.refund.invalid', { example: limit.amount });
              return (
                compareAmounts(amount.amount, limit.amount) <= 0 || t('order.refund.tooMuch', { amount: money(limit) })
              );
            },
          })}
        />
        <TextField
          label={t('order.refund.reason')}
          error={errors.reason && t('order.refund.reasonRequired')}
          {...form.register('reason', { validate: (text) => text.trim() !== '' })}
        />
        {isValid && (
          <p aria-live="polite" className="text-14 text-ink-2 tabular-nums">
            {t('order.refund.left', { amount: money(subtractMoney(limit, typed)) })}
          </p>
        )}
      </form>
    </Dialog>
  );
}
