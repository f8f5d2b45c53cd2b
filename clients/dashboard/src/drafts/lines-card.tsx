import { Button, Card, Field, IconButton, Select, TextField } from '@souk/ui';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Controller, useFieldArray, useFormContext } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { VariantPicker, type PickedVariant } from './variant-picker.tsx';
import { isAmount, isQuantity, PRICINGS, type DraftForm } from './draft-form.ts';

/** The card with the lines of a draft order: variants, units and prices. */
export function LinesCard() {
  const { t } = useI18n();
  const { control } = useFormContext<DraftForm>();
  const { fields, append, remove } = useFieldArray({ control, name: 'lines' });
  const [isPicking, setPicking] = useState(false);
  const add = ({ id, sku, name }: PickedVariant) => {
    // The API takes each variant once. A second choice of the same variant changes nothing.
    if (fields.some(({ variantId }) => variantId === id)) return;
    append({ variantId: id, sku, name, quantity: '1', pricing: 'CATALOG', value: '', reason: '' });
  };
  return (
    <Card
      title={t('draft.lines')}
      aside={
        <Button
          size="small"
          icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
          onClick={() => setPicking(true)}
        >
          {t('draft.lines.add')}
        </Button>
      }
    >
      {fields.length === 0 && <p className="text-14 text-ink-3">{t('draft.lines.none')}</p>}
      <ul className="flex flex-col divide-y">
        {fields.map(({ id, sku, name }, index) => (
          <li key={id} className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
            <div className="flex items-start justify-between gap-3">
              <p className="min-w-0 text-14">
                <span className="block font-medium">{name}</span>
                <span className="block text-12 break-all text-ink-3">{sku}</span>
              </p>
              <IconButton size="small" label={t('draft.line.remove', { item: name })} onClick={() => remove(index)}>
                <Trash2 aria-hidden className="size-4" strokeWidth={1.75} />
              </IconButton>
            </div>
            <LineFields index={index} />
          </li>
        ))}
      </ul>
      {isPicking && <VariantPicker onClose={() => setPicking(false)} onPick={add} />}
    </Card>
  );
}

function LineFields({ index }: { readonly index: number }) {
  const { t } = useI18n();
  const { control, register, formState, watch } = useFormContext<DraftForm>();
  const errors = formState.errors.lines?.[index];
  const pricing = watch(`lines.${index}.pricing`);
  return (
    <div className="grid items-start gap-3 sm:grid-cols-[6rem_minmax(9rem,1fr)_7rem_minmax(8rem,1.5fr)]">
      <TextField
        label={t('draft.line.quantity')}
        inputMode="numeric"
        error={errors?.quantity && (errors.quantity.message || t('draft.line.invalidQuantity'))}
        {...register(`lines.${index}.quantity`, { validate: isQuantity })}
      />
      <Controller
        control={control}
        name={`lines.${index}.pricing`}
        render={({ field }) => (
          <Field label={t('draft.line.pricing')}>
            {(attributes) => (
              <Select
                control={attributes}
                value={field.value}
                onChange={field.onChange}
                choices={PRICINGS.map((value) => ({ value, label: t(`draft.pricing.${value}`) }))}
              />
            )}
          </Field>
        )}
      />
      {pricing !== 'CATALOG' && (
        <>
          <TextField
            label={t(pricing === 'PRICE' ? 'draft.line.price' : 'draft.line.percent')}
            inputMode="decimal"
            error={errors?.value && (errors.value.message || t('draft.line.invalidAmount'))}
            {...register(`lines.${index}.value`, { shouldUnregister: false, validate: isAmount })}
          />
          <TextField
            label={t('draft.line.reason')}
            error={errors?.reason && (errors.reason.message || t('order.refund.reasonRequired'))}
            {...register(`lines.${index}.reason`, { validate: (text) => text.trim() !== '' })}
          />
        </>
      )}
    </div>
  );
}
