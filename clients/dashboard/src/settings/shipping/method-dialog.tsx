import { Badge, Button, Combobox, Field, IconButton, Switch, TextField } from '@souk/ui';
import { countriesIn } from '@souk/ui/countries';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { Controller, FormProvider, useFieldArray, useForm, useFormContext } from 'react-hook-form';
import { useI18n } from '../../i18n/use-i18n.ts';
import { isWeight } from '../../products/product-form.ts';
import { EditDialog } from './edit-dialog.tsx';
import { methodFieldOf, methodFormOf, NEW_METHOD, NEW_PRICE, type MethodForm } from './method-form.ts';
import { PriceFields } from './price-fields.tsx';
import { saveMethod } from './save-shipping.ts';
import { useShippingForm } from './use-shipping-form.ts';
import { readMethods, type MethodSetup, type ShippingZone } from './use-shipping.ts';

export interface MethodDialogProps {
  /** The method to change. Null creates a new method. */
  readonly method: MethodSetup | null;
  readonly zones: readonly ShippingZone[];
  readonly onClose: () => void;
}

/** A dialog for a shipping method: texts, countries, prices, and prices in zones. */
export function MethodDialog({ method, zones, onClose }: MethodDialogProps) {
  const { t } = useI18n();
  const form = useForm<MethodForm>({ defaultValues: method ? methodFormOf(method) : NEW_METHOD });
  const editing = useShippingForm({
    form,
    latest: method,
    formOf: methodFormOf,
    save: saveMethod,
    readAll: readMethods,
    fieldOf: methodFieldOf,
    onDone: onClose,
  });
  return (
    <EditDialog
      title={method ? t('shipping.edit', { name: method.name }) : t('shipping.method.create')}
      onClose={onClose}
      onSubmit={() => void form.handleSubmit((values) => editing.save.mutate(values))()}
      editing={editing}
    >
      <FormProvider {...form}>
        <GeneralFields isNew={method === null} />
        <CountriesField />
        <PriceFields name="prices" legend={t('shipping.prices')} />
        <ZoneRates zones={zones} />
      </FormProvider>
    </EditDialog>
  );
}

function GeneralFields({ isNew }: { readonly isNew: boolean }) {
  const { t } = useI18n();
  const { control, register, formState } = useFormContext<MethodForm>();
  const { errors } = formState;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TextField
        label={t('shipping.name')}
        error={errors.name && (errors.name.message || t('product.required'))}
        {...register('name', { validate: (text) => text.trim() !== '' })}
      />
      <TextField
        label={t('shipping.code')}
        help={t('shipping.code.help')}
        disabled={!isNew}
        error={errors.code && (errors.code.message || t('product.required'))}
        {...register('code', { validate: (text) => !isNew || text.trim() !== '' })}
      />
      <TextField
        label={t('product.description')}
        optional={t('order.optional')}
        fieldClassName="sm:col-span-2"
        error={errors.description?.message}
        {...register('description')}
      />
      {(['daysMin', 'daysMax'] as const).map((name) => (
        <TextField
          key={name}
          label={t(`shipping.${name}`)}
          inputMode="numeric"
          optional={t('order.optional')}
          error={errors[name] && (errors[name].message || t('newProduct.invalid.count'))}
          {...register(name, { validate: isWeight })}
        />
      ))}
      <TextField
        label={t('shipping.sortOrder')}
        inputMode="numeric"
        help={t('shipping.sortOrder.help')}
        error={errors.sortOrder && (errors.sortOrder.message || t('newProduct.invalid.count'))}
        {...register('sortOrder', { pattern: /^-?\d{1,6}$/ })}
      />
      <Controller
        control={control}
        name="active"
        render={({ field }) => (
          <div className="sm:pt-8">
            <Switch checked={field.value} onChange={field.onChange} label={t('shipping.active')} />
          </div>
        )}
      />
    </div>
  );
}

/** The countries of the method as removable labels, with a field that adds one. */
function CountriesField() {
  const { t, language } = useI18n();
  const { control } = useFormContext<MethodForm>();
  const countries = useMemo(() => countriesIn(language), [language]);
  return (
    <Controller
      control={control}
      name="countryCodes"
      render={({ field }) => (
        <div className="flex flex-col gap-2">
          <Field label={t('shipping.countries')} help={t('shipping.countries.help')}>
            {(attributes) => (
              <Combobox
                control={attributes}
                label={t('shipping.countries')}
                placeholder={t('draft.address.countrySearch')}
                empty={t('draft.address.countryNone')}
                value={null}
                choices={countries.filter(({ value }) => !field.value.includes(value))}
                onChange={(code) => field.onChange([...field.value, code])}
              />
            )}
          </Field>
          <ul className="flex flex-wrap gap-2">
            {countries
              .filter(({ value }) => field.value.includes(value))
              .map(({ value, label }) => (
                <li key={value}>
                  <Badge className="h-8 gap-1 ps-3 pe-0">
                    {label}
                    <IconButton
                      size="small"
                      label={t('shipping.country.remove', { name: label })}
                      onClick={() => field.onChange(field.value.filter((each) => each !== value))}
                    >
                      <X aria-hidden className="size-3.5" strokeWidth={1.75} />
                    </IconButton>
                  </Badge>
                </li>
              ))}
          </ul>
        </div>
      )}
    />
  );
}

/** The prices of the method in zones. In these zones, they replace the countries and prices of the method. */
function ZoneRates({ zones }: { readonly zones: readonly ShippingZone[] }) {
  const { t } = useI18n();
  const { control, register, formState } = useFormContext<MethodForm>();
  const { fields, append, remove } = useFieldArray({ control, name: 'zoneRates' });
  const open = zones.filter(({ id }) => !fields.some(({ zoneId }) => zoneId === id));
  return (
    <>
      {fields.map(({ id, zoneId }, index) => {
        const name = zones.find((zone) => zone.id === zoneId)?.name ?? zoneId;
        return (
          <div key={id} className="flex flex-col gap-3 border-t pt-4">
            <PriceFields name={`zoneRates.${index}.prices`} legend={t('shipping.zonePrices', { zone: name })} />
            <div className="grid gap-4 sm:grid-cols-2">
              {(['daysMin', 'daysMax'] as const).map((field) => (
                <TextField
                  key={field}
                  label={t(`shipping.${field}`)}
                  inputMode="numeric"
                  optional={t('order.optional')}
                  error={formState.errors.zoneRates?.[index]?.[field] && t('newProduct.invalid.count')}
                  {...register(`zoneRates.${index}.${field}`, { validate: isWeight })}
                />
              ))}
            </div>
            <Button size="small" kind="quiet" className="self-start" onClick={() => remove(index)}>
              {t('shipping.zonePrices.remove', { zone: name })}
            </Button>
          </div>
        );
      })}
      {open.length > 0 && (
        <Combobox
          label={t('shipping.zonePrices.add')}
          placeholder={t('shipping.zonePrices.add')}
          empty={t('shipping.zonePrices.none')}
          value={null}
          choices={open.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(zoneId) => append({ zoneId, prices: [NEW_PRICE], daysMin: '', daysMax: '' })}
        />
      )}
    </>
  );
}
