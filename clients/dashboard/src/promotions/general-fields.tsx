import { Switch, TextField } from '@souk/ui';
import { Controller, useFormContext } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { isCount, type PromotionForm } from './promotion-form.ts';

/** The form fields for name, code, period, order and limits of a promotion. */
export function GeneralFields() {
  const { t } = useI18n();
  const { control, register, formState, watch } = useFormContext<PromotionForm>();
  const { errors } = formState;
  const isLimit = (text: string) => isCount(text, true) || t('promotion.invalidCount');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label={t('promotion.name')}
        help={t('promotion.name.help')}
        error={errors.name && (errors.name.message || t('product.required'))}
        {...register('name', { required: true })}
      />
      <TextField
        label={t('promotion.code')}
        optional={t('order.optional')}
        help={t('promotion.code.help')}
        error={errors.code?.message}
        {...register('code')}
      />
      <TextField
        label={t('promotion.startsAt')}
        type="datetime-local"
        optional={t('order.optional')}
        error={errors.startsAt?.message}
        {...register('startsAt')}
      />
      <TextField
        label={t('promotion.endsAt')}
        type="datetime-local"
        optional={t('order.optional')}
        error={errors.endsAt?.message}
        {...register('endsAt')}
      />
      <TextField
        label={t('promotion.usageLimit')}
        inputMode="numeric"
        optional={t('order.optional')}
        error={errors.usageLimit?.message}
        {...register('usageLimit', { validate: isLimit })}
      />
      <TextField
        label={t('promotion.usageLimitPerBuyer')}
        inputMode="numeric"
        optional={t('order.optional')}
        disabled={watch('firstOrderOnly')}
        error={errors.usageLimitPerBuyer?.message}
        {...register('usageLimitPerBuyer', { validate: isLimit })}
      />
      <TextField
        label={t('promotion.priority')}
        inputMode="numeric"
        help={t('promotion.priority.help')}
        error={errors.priority && t('promotion.invalidCount')}
        {...register('priority', { pattern: /^-?\d{1,6}$/ })}
      />
      <div className="flex flex-col justify-center gap-3">
        {(['active', 'combinable'] as const).map((name) => (
          <Controller
            key={name}
            control={control}
            name={name}
            render={({ field }) => (
              <Switch checked={field.value} onChange={field.onChange} label={t(`promotion.${name}`)} />
            )}
          />
        ))}
      </div>
    </div>
  );
}
