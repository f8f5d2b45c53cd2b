import { OrderLookUpDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Notice, TextField } from '@souk/ui';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { keepOrder } from './order-store.ts';

interface Values {
  number: string;
  email: string;
}

/** Opens an order by its number and the buyer's email address. */
export function FindOrder() {
  const { t } = useI18n();
  const { http } = useSouk();
  const textOf = useProblemText();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<Values>({ defaultValues: { number: '', email: '' } });

  const find = async (input: Values) => {
    const outcome = await perform(http, OrderLookUpDocument, { input });
    const { order, orderAccessToken } = outcome.kind === 'done' ? outcome.payload : {};
    if (order && orderAccessToken) {
      keepOrder({ id: order.id, number: order.number, placedAt: order.placedAt, accessToken: orderAccessToken });
      return navigate(`/orders/${order.id}`);
    }
    const [refusal] = outcome.kind === 'refused' ? outcome.refusals : [];
    return setProblem(
      refusal?.__typename === 'TooManyAttemptsError'
        ? t('orders.tooMany', { seconds: refusal.retryAfterSeconds })
        : textOf(outcome),
    );
  };

  const required = (field: string) => ({ required: t('checkout.required', { field }) });
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void handleSubmit(find)(event)}>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <TextField
        label={t('orders.number')}
        dir="ltr"
        error={formState.errors.number?.message}
        {...register('number', required(t('orders.number')))}
      />
      <TextField
        label={t('checkout.email')}
        type="email"
        autoComplete="email"
        dir="ltr"
        error={formState.errors.email?.message}
        {...register('email', required(t('checkout.email')))}
      />
      <Button kind="primary" type="submit" loading={formState.isSubmitting} className="self-start">
        {t('orders.open')}
      </Button>
    </form>
  );
}
