import { Button, Combobox, Field, TextField } from '@souk/ui';
import { countriesIn, likelyCountry } from '@souk/ui/countries';
import { useMemo } from 'react';
import { Controller, useForm, useWatch, type FieldErrors } from 'react-hook-form';
import type { Cart } from '../cart/use-cart.ts';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { isRequired, placeFields, type PlaceField } from '../address/address-fields.ts';
import { ErrorSummary } from './error-summary.tsx';

/** The form values. A value that the address does not have is an empty text. */
export interface AddressValues {
  email: string;
  countryCode: string;
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  phone: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The `autocomplete` names by which browsers fill in the form (HTML, section 4.10.18.7). */
const AUTOCOMPLETE: Readonly<Record<PlaceField, string>> = {
  city: 'address-level2',
  region: 'address-level1',
  postalCode: 'postal-code',
};

export interface AddressFormProps {
  readonly cart: Cart;
  readonly isSaving: boolean;
  /** The shop's message when it has refused the address. Null otherwise. */
  readonly problem: string | null;
  readonly onSave: (values: AddressValues) => void;
}

/** A form for the email address and the postal address. The fields below the street depend on the country. */
export function AddressForm({ cart, isSaving, problem, onSave }: AddressFormProps) {
  const { t, locale } = useI18n();
  const countries = useMemo(() => countriesIn(locale), [locale]);
  const { register, control, handleSubmit, formState } = useForm<AddressValues>({
    defaultValues: valuesOf(cart),
  });
  const countryCode = useWatch({ control, name: 'countryCode' });
  const errors: FieldErrors<AddressValues> = formState.errors;
  const required = (key: MessageKey) => ({ required: t('checkout.required', { field: t(key) }) });
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void handleSubmit(onSave)(event)}>
      <ErrorSummary errors={errors} problem={problem} />
      <TextField
        label={t('checkout.email')}
        type="email"
        autoComplete="email"
        dir="ltr"
        help={t('checkout.email.help')}
        error={errors.email?.message}
        {...register('email', {
          ...required('checkout.email'),
          pattern: { value: EMAIL, message: t('checkout.invalidEmail') },
        })}
      />
      <Controller
        control={control}
        name="countryCode"
        render={({ field }) => (
          <Field label={t('checkout.country')}>
            {(fieldControl) => (
              <Combobox
                label={t('checkout.country')}
                placeholder={t('checkout.country.search')}
                empty={t('checkout.country.none')}
                choices={countries}
                value={field.value}
                onChange={field.onChange}
                control={fieldControl}
              />
            )}
          </Field>
        )}
      />
      <TextField
        label={t('checkout.name')}
        autoComplete="name"
        error={errors.name?.message}
        {...register('name', required('checkout.name'))}
      />
      <TextField
        label={t('checkout.line1')}
        autoComplete="address-line1"
        error={errors.line1?.message}
        {...register('line1', required('checkout.line1'))}
      />
      <TextField
        label={t('checkout.line2')}
        optional={t('checkout.optional')}
        autoComplete="address-line2"
        {...register('line2')}
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
        {placeFields(countryCode).map((field) => {
          const needed = isRequired(field, countryCode);
          return (
            <TextField
              key={`${countryCode} ${field}`}
              label={t(`checkout.${field}`)}
              autoComplete={AUTOCOMPLETE[field]}
              error={errors[field]?.message}
              {...(!needed && { optional: t('checkout.optional') })}
              {...register(field, {
                ...(needed ? required(`checkout.${field}`) : { required: false }),
                shouldUnregister: true,
              })}
            />
          );
        })}
      </div>
      <TextField
        label={t('checkout.phone')}
        optional={t('checkout.optional')}
        type="tel"
        autoComplete="tel"
        dir="ltr"
        help={t('checkout.phone.help')}
        {...register('phone')}
      />
      <Button kind="primary" size="large" type="submit" loading={isSaving} className="self-start">
        {t('checkout.saveAddress')}
      </Button>
    </form>
  );
}

function valuesOf({ email, shippingAddress }: Cart): AddressValues {
  const { name, line1, line2, city, region, postalCode, countryCode, phone } = shippingAddress ?? {};
  return {
    email: email ?? '',
    countryCode: countryCode ?? likelyCountry(navigator.languages),
    name: name ?? '',
    line1: line1 ?? '',
    line2: line2 ?? '',
    city: city ?? '',
    region: region ?? '',
    postalCode: postalCode ?? '',
    phone: phone ?? '',
  };
}
