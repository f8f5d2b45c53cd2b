import { Field, Select, TextField } from '@souk/ui';
import { Controller, useFormContext } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { isAmounts, isCount, type PromotionForm } from './promotion-form.ts';

const TYPES = ['PERCENTAGE', 'AMOUNT', 'UNIT_PRICE', 'BUY_X_GET_Y', 'FREE_SHIPPING', 'GIFT'] as const;

/** The form fields for the action of a promotion. They depend on the action's type. */
export function ActionFields() {
  const { t } = useI18n();
  const { control, register, formState, watch } = useFormContext<PromotionForm>();
  const { errors } = formState;
  const type = watch('type');
  const text = (
    name: 'percent' | 'amounts' | 'buy' | 'get' | 'gift' | 'quantity',
    isValid: (value: string) => boolean,
  ) => (
    <TextField
      key={name}
      label={t(`promotion.${name}`)}
      error={errors[name]?.message}
      {...register(name, {
        shouldUnregister: false,
        validate: (value) => isValid(value) || t(`promotion.invalid.${name}`),
      })}
    />
  );
  const count = (value: string) => isCount(value, false);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Controller
        control={control}
        name="type"
        render={({ field }) => (
          <Field label={t('promotion.type')} className="sm:col-span-2">
            {(attributes) => (
              <Select
                control={attributes}
                value={field.value}
                onChange={field.onChange}
                choices={TYPES.map((value) => ({ value, label: t(`promotion.type.${value}`) }))}
              />
            )}
          </Field>
        )}
      />
      {type === 'PERCENTAGE' && text('percent', (value) => /^\d{1,3}([.,]\d{1,2})?$/.test(value.trim()))}
      {(type === 'AMOUNT' || type === 'UNIT_PRICE') &&
        text('amounts', (value) => value.trim() !== '' && isAmounts(value))}
      {type === 'BUY_X_GET_Y' && [text('buy', count), text('get', count)]}
      {type === 'GIFT' && [text('gift', (value) => value.trim() !== ''), text('quantity', count)]}
    </div>
  );
}
