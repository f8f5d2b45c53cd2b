import { CategoryListDocument, CollectionListDocument, CustomerGroupListDocument } from '@souk/sdk';
import { Checkbox, Switch, TextField } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { Controller, useFormContext } from 'react-hook-form';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useMay } from '../session/use-session.ts';
import { isAmounts, isCount, type PromotionForm } from './promotion-form.ts';

const CHOICES = 200;

/** The form fields for the conditions that a cart must meet. */
export function ConditionFields() {
  const { t } = useI18n();
  const { control, register, formState, watch } = useFormContext<PromotionForm>();
  const { errors } = formState;
  const products = watch('productIds').length;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label={t('promotion.minQuantity')}
        inputMode="numeric"
        error={errors.minQuantity?.message}
        {...register('minQuantity', { validate: (text) => isCount(text, false) || t('promotion.invalidCount') })}
      />
      <TextField
        label={t('promotion.minSubtotals')}
        optional={t('order.optional')}
        help={t('promotion.minSubtotals.help')}
        error={errors.minSubtotals?.message}
        {...register('minSubtotals', { validate: (text) => isAmounts(text) || t('promotion.invalid.amounts') })}
      />
      <div className="sm:col-span-2">
        <Controller
          control={control}
          name="firstOrderOnly"
          render={({ field }) => (
            <Switch checked={field.value} onChange={field.onChange} label={t('promotion.firstOrderOnly')} />
          )}
        />
      </div>
      {products > 0 && (
        <p className="text-14 text-ink-3 sm:col-span-2">{t('promotion.products', { count: products })}</p>
      )}
      <Lists />
    </div>
  );
}

function Lists() {
  const mayReadCustomers = useMay()('customers:read');
  const options = { first: CHOICES };
  const categories = useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => souk.run(CategoryListDocument, options, { signal }),
  });
  const collections = useQuery({
    queryKey: ['collections'],
    queryFn: ({ signal }) => souk.run(CollectionListDocument, options, { signal }),
  });
  const groups = useQuery({
    queryKey: ['customer-groups'],
    queryFn: ({ signal }) => souk.run(CustomerGroupListDocument, options, { signal }),
    enabled: mayReadCustomers,
  });
  return (
    <>
      <Choices name="categoryIds" choices={categories.data?.categories?.nodes ?? []} />
      <Choices name="collectionIds" choices={collections.data?.collections?.nodes ?? []} />
      <Choices name="customerGroupIds" choices={groups.data?.customerGroups?.nodes ?? []} />
    </>
  );
}

interface ChoicesProps {
  readonly name: 'categoryIds' | 'collectionIds' | 'customerGroupIds';
  readonly choices: readonly { readonly id: string; readonly name: string }[];
}

/** Checkboxes for a list of ids. Selected ids that are not among the choices stay selected. */
function Choices({ name, choices }: ChoicesProps) {
  const { t } = useI18n();
  const { control } = useFormContext<PromotionForm>();
  if (choices.length === 0) return null;
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <fieldset className="flex max-h-56 flex-col gap-1 overflow-y-auto">
          <legend className="mb-1.5 text-14 font-medium">{t(`promotion.${name}`)}</legend>
          {choices.map(({ id, name: label }) => (
            <Checkbox
              key={id}
              label={label}
              checked={field.value.includes(id)}
              onChange={(isChosen) =>
                field.onChange(isChosen ? [...field.value, id] : field.value.filter((each) => each !== id))
              }
            />
          ))}
        </fieldset>
      )}
    />
  );
}
