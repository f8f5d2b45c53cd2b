import { Card, Combobox, Field, Select, TextField } from '@souk/ui';
import { countriesIn } from '@souk/ui/countries';
import { useMemo } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import {
  ADDRESS_FIELDS,
  hasAddress,
  OPTIONAL_FIELDS,
  type AddressField,
  type DraftForm,
  type DraftOrder,
} from './draft-form.ts';

const WIDE_FIELDS: readonly AddressField[] = ['name', 'line1', 'line2'];
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * The card with the email address, the postal address and the shipping method of the buyer. All fields may stay empty,
 * because the buyer can enter them.
 */
export function BuyerCard({ draft }: { readonly draft: DraftOrder | null }) {
  const { t, language } = useI18n();
  const countries = useMemo(() => countriesIn(language), [language]);
  const { control, register, formState } = useFormContext<DraftForm>();
  const { errors } = formState;
  return (
    <Card title={t('draft.buyer')}>
      <div className="flex flex-col gap-4">
        <p className="text-14 text-ink-3">{t('draft.buyer.help')}</p>
        <TextField
          label={t('signIn.email')}
          type="email"
          error={errors.email && (errors.email.message || t('draft.invalidEmail'))}
          {...register('email', { validate: (text) => text.trim() === '' || EMAIL.test(text.trim()) })}
        />
        <Controller
          control={control}
          name="address.countryCode"
          render={({ field }) => (
            <Field label={t('draft.address.countryCode')} error={errors.address?.countryCode?.message}>
              {(attributes) => (
                <Combobox
                  control={attributes}
                  label={t('draft.address.countryCode')}
                  placeholder={t('draft.address.countrySearch')}
                  empty={t('draft.address.countryNone')}
                  value={field.value}
                  choices={countries}
                  onChange={field.onChange}
                />
              )}
            </Field>
          )}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          {ADDRESS_FIELDS.map((name) => {
            const isOptional = OPTIONAL_FIELDS.includes(name);
            const error = errors.address?.[name];
            return (
              <TextField
                key={name}
                fieldClassName={WIDE_FIELDS.includes(name) ? 'sm:col-span-2' : ''}
                label={t(`draft.address.${name}`)}
                {...(isOptional && { optional: t('order.optional') })}
                error={error && (error.message || t('product.required'))}
                {...register(`address.${name}`, {
                  validate: (text, form) => isOptional || text.trim() !== '' || !hasAddress(form),
                })}
              />
            );
          })}
        </div>
        {draft && draft.cart.shippingMethods.length > 0 && <MethodField draft={draft} />}
      </div>
    </Card>
  );
}

/** The value of the choice without a shipping method. Radix's select does not allow an empty value. */
const NONE = 'none';

function MethodField({ draft }: { readonly draft: DraftOrder }) {
  const { t, money } = useI18n();
  const { control, formState } = useFormContext<DraftForm>();
  const methods = draft.cart.shippingMethods.map(({ id, name, price }) => ({
    value: id,
    label: `${name}, ${money(price)}`,
  }));
  return (
    <Controller
      control={control}
      name="shippingMethodId"
      render={({ field }) => (
        <Field label={t('draft.method')} error={formState.errors.shippingMethodId?.message}>
          {(attributes) => (
            <Select
              control={attributes}
              value={field.value || NONE}
              choices={[{ value: NONE, label: t('draft.method.none') }, ...methods]}
              onChange={(value) => field.onChange(value === NONE ? '' : value)}
            />
          )}
        </Field>
      )}
    />
  );
}
