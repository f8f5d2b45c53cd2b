import { ShippingPreviewDocument, type ShippingPreviewInput, type ShippingPreviewQuery } from '@souk/sdk';
import { Button, Card, Notice, StatusPill, TextField } from '@souk/ui';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { souk } from '../../api/client.ts';
import { accepted, RefusalError } from '../../api/refusal.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { DeliveryDays } from './delivery-days.tsx';
import { NEW_PREVIEW, previewInput, type PreviewForm } from './preview-form.ts';

type Preview = NonNullable<NonNullable<ShippingPreviewQuery['shippingPreview']>['preview']>;

const FIELDS = ['countryCode', 'postalCode', 'weight', 'value'] as const;

/** The card that shows which shipping methods a cart can use, and why it cannot use the others. */
export function PreviewCard() {
  const { t } = useI18n();
  const [form, setForm] = useState<PreviewForm>(NEW_PREVIEW);
  const [wrong, setWrong] = useState<keyof PreviewForm | null>(null);
  const preview = useMutation({ mutationFn: readPreview });
  const show = (event: SyntheticEvent) => {
    event.preventDefault();
    const entered = previewInput(form);
    setWrong('wrong' in entered ? entered.wrong : null);
    if ('input' in entered) preview.mutate(entered.input);
  };
  return (
    <Card title={t('shipping.preview')}>
      <form noValidate onSubmit={show} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {FIELDS.map((name) => (
            <TextField
              key={name}
              label={t(`shipping.preview.${name}`)}
              {...(name === 'postalCode' && { optional: t('order.optional') })}
              error={wrong === name ? t(`shipping.preview.invalid.${name}`) : undefined}
              value={form[name]}
              onChange={({ target }) => setForm({ ...form, [name]: target.value })}
            />
          ))}
        </div>
        <Button type="submit" loading={preview.isPending} className="self-start">
          {t('shipping.preview.show')}
        </Button>
        {preview.isError && <Notice tone="bad">{preview.error.message}</Notice>}
        {preview.isSuccess && <PreviewResult preview={preview.data} />}
      </form>
    </Card>
  );
}

/** Reads the shipping methods that a cart with this input can use. @throws RefusalError */
async function readPreview(input: ShippingPreviewInput): Promise<Preview> {
  const { preview } = accepted((await souk.run(ShippingPreviewDocument, { input })).shippingPreview);
  if (!preview) throw new RefusalError({ code: 'NO_PAYLOAD', message: 'The server returned no preview.' });
  return preview;
}

function PreviewResult({ preview: { zone, methods } }: { readonly preview: Preview }) {
  const { t, money } = useI18n();
  return (
    <div role="status" className="flex flex-col gap-3 border-t pt-3 text-14">
      <p className="text-ink-2">
        {zone ? t('shipping.preview.zone', { zone: zone.name }) : t('shipping.preview.noZone')}
      </p>
      <ul className="flex flex-col gap-3">
        {methods.map(({ shippingMethodId, name, code, offered, obstacle, price, untilFree, deliveryDays }) => (
          <li key={shippingMethodId}>
            <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <span className="min-w-0">
                <span className={offered ? 'font-medium' : 'text-ink-2'}>{name}</span>{' '}
                <span className="text-ink-3">{code}</span>
              </span>
              {offered && price ? (
                <span className="tabular-nums">{money(price)}</span>
              ) : (
                <StatusPill>{t(`shipping.obstacle.${obstacle ?? 'ADDRESS_NOT_SERVED'}`)}</StatusPill>
              )}
            </p>
            {offered && (
              <p className="text-ink-3">
                <DeliveryDays days={deliveryDays} />{' '}
                {untilFree && t('shipping.preview.untilFree', { amount: money(untilFree) })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
