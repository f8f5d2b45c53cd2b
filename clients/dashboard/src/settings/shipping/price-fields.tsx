import { Button, Combobox, Disclosure, Field, IconButton, Select, TextArea, TextField } from '@souk/ui';
import { Plus, Trash2 } from 'lucide-react';
import { Controller, get, useFieldArray, useFormContext, type FieldError } from 'react-hook-form';
import { useI18n } from '../../i18n/use-i18n.ts';
import { isPrice, isWeight } from '../../products/product-form.ts';
import { AMOUNT_FIELDS, NEW_PRICE, stepsOf, WEIGHT_FIELDS, type MethodForm, type PriceTexts } from './method-form.ts';

const MEASURES = ['WEIGHT', 'VALUE', 'COUNT'] as const satisfies readonly PriceTexts['stepsBy'][];

export interface PriceFieldsProps {
  /** The list of prices in the form: of the method, or of the method in a zone. */
  readonly name: 'prices' | `zoneRates.${number}.prices`;
  readonly legend: string;
}

/** The prices of a shipping method, one for each currency, with their limits and steps. */
export function PriceFields({ name, legend }: PriceFieldsProps) {
  const { t } = useI18n();
  const { control } = useFormContext<MethodForm>();
  const { fields, append, remove } = useFieldArray({ control, name });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-14 font-medium">{legend}</legend>
      {fields.map(({ id }, index) => (
        <div key={id} className="rounded-card border p-3">
          <div className="flex items-start gap-2">
            <PriceRow path={`${name}.${index}`} />
            <IconButton
              size="small"
              label={t('shipping.price.remove', { number: index + 1 })}
              disabled={fields.length === 1}
              onClick={() => remove(index)}
            >
              <Trash2 aria-hidden className="size-4" strokeWidth={1.75} />
            </IconButton>
          </div>
          <Disclosure title={t('shipping.limits')}>
            <LimitFields path={`${name}.${index}`} />
          </Disclosure>
        </div>
      ))}
      <Button
        size="small"
        className="self-start"
        icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
        onClick={() => append(NEW_PRICE)}
      >
        {t('shipping.price.add')}
      </Button>
    </fieldset>
  );
}

type PricePath = `prices.${number}` | `zoneRates.${number}.prices.${number}`;

/**
 * Returns a function that finds the message at a field of a price. The server's message takes precedence over the given
 * message.
 */
function useErrorOf(path: PricePath) {
  const { formState } = useFormContext<MethodForm>();
  return (field: keyof PriceTexts, message: string): string | undefined => {
    const error: FieldError | undefined = get(formState.errors, `${path}.${field}`);
    return error && (error.message || message);
  };
}

function PriceRow({ path }: { readonly path: PricePath }) {
  const { t } = useI18n();
  const { control, register } = useFormContext<MethodForm>();
  const errorOf = useErrorOf(path);
  return (
    <div className="grid min-w-0 flex-1 items-start gap-3 sm:grid-cols-3">
      <Controller
        control={control}
        name={`${path}.currencyCode`}
        render={({ field }) => (
          <Field label={t('shipping.currency')} error={errorOf('currencyCode', t('product.required'))}>
            {(attributes) => (
              <Combobox
                control={attributes}
                label={t('shipping.currency')}
                placeholder={t('shipping.currency')}
                empty={t('newProduct.currency.none')}
                value={field.value}
                choices={Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: code }))}
                onChange={field.onChange}
              />
            )}
          </Field>
        )}
      />
      <TextField
        label={t('shipping.price')}
        inputMode="decimal"
        error={errorOf('price', t('newProduct.invalid.price'))}
        {...register(`${path}.price`, { validate: (text) => text.trim() !== '' && isPrice(text) })}
      />
      <TextField
        label={t('shipping.freeFrom')}
        inputMode="decimal"
        optional={t('order.optional')}
        error={errorOf('freeFrom', t('newProduct.invalid.price'))}
        {...register(`${path}.freeFrom`, { validate: isPrice })}
      />
    </div>
  );
}

function LimitFields({ path }: { readonly path: PricePath }) {
  const { t } = useI18n();
  const { control, register } = useFormContext<MethodForm>();
  const errorOf = useErrorOf(path);
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      {AMOUNT_FIELDS.filter((field) => field !== 'freeFrom').map((field) => (
        <TextField
          key={field}
          label={t(`shipping.${field}`)}
          inputMode="decimal"
          error={errorOf(field, t('newProduct.invalid.price'))}
          {...register(`${path}.${field}`, { validate: isPrice })}
        />
      ))}
      {WEIGHT_FIELDS.map((field) => (
        <TextField
          key={field}
          label={t(`shipping.${field}`)}
          inputMode="numeric"
          error={errorOf(field, t('newProduct.invalid.count'))}
          {...register(`${path}.${field}`, { validate: isWeight })}
        />
      ))}
      <Controller
        control={control}
        name={`${path}.stepsBy`}
        render={({ field }) => (
          <Field label={t('shipping.stepsBy')}>
            {(attributes) => (
              <Select
                control={attributes}
                value={field.value}
                choices={MEASURES.map((value) => ({ value, label: t(`shipping.stepsBy.${value}`) }))}
                onChange={field.onChange}
              />
            )}
          </Field>
        )}
      />
      <Field
        label={t('shipping.steps')}
        help={t('shipping.steps.help')}
        error={errorOf('steps', t('shipping.steps.invalid'))}
      >
        {(attributes) => (
          <TextArea
            {...attributes}
            rows={3}
            {...register(`${path}.steps`, { validate: (text) => stepsOf(text) !== null })}
          />
        )}
      </Field>
    </div>
  );
}
