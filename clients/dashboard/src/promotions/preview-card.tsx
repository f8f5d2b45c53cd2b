import { Button, Card, Field, Notice, StatusPill, TextArea, TextField } from '@souk/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import type { PromotionForm } from './promotion-form.ts';
import { previewPromotion, type Preview, type PreviewCart } from './save-promotion.ts';

/** The card that applies the unsaved promotion to a cart, and shows the result. */
export function PreviewCard({ promotionId }: { readonly promotionId: string | null }) {
  const { t } = useI18n();
  const { getValues } = useFormContext<PromotionForm>();
  const [cart, setCart] = useState<PreviewCart>({ cartId: '', lines: '' });
  const preview = useMutation({ mutationFn: () => previewPromotion(getValues(), promotionId, cart) });
  return (
    <Card title={t('promotion.preview')}>
      <div className="flex flex-col gap-4">
        <Field label={t('promotion.preview.lines')} help={t('promotion.preview.linesHelp')}>
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              value={cart.lines}
              onChange={({ target }) => setCart({ ...cart, lines: target.value })}
            />
          )}
        </Field>
        <TextField
          label={t('promotion.preview.cart')}
          optional={t('order.optional')}
          value={cart.cartId}
          onChange={({ target }) => setCart({ ...cart, cartId: target.value })}
        />
        <Button loading={preview.isPending} onClick={() => preview.mutate()} className="self-start">
          {t('promotion.preview.show')}
        </Button>
        {preview.isError && <Notice tone="bad">{preview.error.message}</Notice>}
        {preview.isSuccess && <PreviewResult preview={preview.data} />}
      </div>
    </Card>
  );
}

function PreviewResult({ preview }: { readonly preview: Preview }) {
  const { t, money } = useI18n();
  return (
    <div className="flex flex-col gap-4 text-14" role="status">
      <ul className="flex flex-col gap-3">
        {preview.promotions.map(({ promotionId, name, isPreviewed, applied, outcome, message, amount }) => (
          <li key={promotionId ?? 'new'}>
            <p className="flex flex-wrap items-center justify-between gap-2">
              <span className={isPreviewed ? 'font-medium' : ''}>{name}</span>
              <StatusPill tone={applied ? 'good' : 'neutral'}>{t(`promotion.outcome.${outcome}`)}</StatusPill>
            </p>
            <p className="text-ink-3">{applied ? money(amount) : message}</p>
          </li>
        ))}
      </ul>
      <ul className="flex flex-col gap-1 border-t pt-3">
        {preview.lines.map(({ sku, name, quantity, total, discounts }, index) => (
          <li key={`${sku}-${index}`} className="flex flex-wrap justify-between gap-x-3">
            <span className="min-w-0">
              {quantity} × {name}
            </span>
            <span className="tabular-nums">
              {money(total)}
              {discounts.map((discount, part) => (
                <span key={`${discount.name}-${part}`} className="block text-good">
                  −{money(discount.amount)} {discount.name}
                </span>
              ))}
            </span>
          </li>
        ))}
        <li className="flex justify-between gap-3 border-t pt-2 font-medium">
          {t('promotion.preview.total')}
          <span className="tabular-nums">{money(preview.totals.total)}</span>
        </li>
      </ul>
    </div>
  );
}
