import { Button, Combobox, Field, IconButton, TextArea, TextField } from '@souk/ui';
import { countriesIn } from '@souk/ui/countries';
import { Plus, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { Controller, FormProvider, useFieldArray, useForm, useFormContext } from 'react-hook-form';
import { useI18n } from '../../i18n/use-i18n.ts';
import { EditDialog } from './edit-dialog.tsx';
import { saveZone } from './save-shipping.ts';
import { useShippingForm } from './use-shipping-form.ts';
import { readZones, type ShippingZone } from './use-shipping.ts';
import { NEW_AREA, NEW_ZONE, zoneFieldOf, zoneFormOf, type ZoneForm } from './zone-form.ts';

export interface ZoneDialogProps {
  /** The zone to change. Null creates a new zone. */
  readonly zone: ShippingZone | null;
  readonly onClose: () => void;
}

/** A dialog for a shipping zone: its name, and the areas that belong to the zone. */
export function ZoneDialog({ zone, onClose }: ZoneDialogProps) {
  const { t } = useI18n();
  const form = useForm<ZoneForm>({ defaultValues: zone ? zoneFormOf(zone) : NEW_ZONE });
  const editing = useShippingForm({
    form,
    latest: zone,
    formOf: zoneFormOf,
    save: saveZone,
    readAll: readZones,
    fieldOf: zoneFieldOf,
    onDone: onClose,
  });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'areas' });
  const { errors } = form.formState;
  return (
    <EditDialog
      title={zone ? t('shipping.edit', { name: zone.name }) : t('shipping.zone.create')}
      onClose={onClose}
      onSubmit={() => void form.handleSubmit((values) => editing.save.mutate(values))()}
      editing={editing}
    >
      <FormProvider {...form}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('shipping.name')}
            error={errors.name && (errors.name.message || t('product.required'))}
            {...form.register('name', { validate: (text) => text.trim() !== '' })}
          />
          <TextField
            label={t('shipping.code')}
            help={t('shipping.code.help')}
            disabled={zone !== null}
            error={errors.code && (errors.code.message || t('product.required'))}
            {...form.register('code', { validate: (text) => zone !== null || text.trim() !== '' })}
          />
        </div>
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-14 font-medium">{t('shipping.areas')}</legend>
          {fields.map(({ id }, index) => (
            <div key={id} className="flex items-start gap-2 rounded-card border p-3">
              <AreaFields index={index} />
              <IconButton
                size="small"
                label={t('shipping.area.remove', { number: index + 1 })}
                disabled={fields.length === 1}
                onClick={() => remove(index)}
              >
                <Trash2 aria-hidden className="size-4" strokeWidth={1.75} />
              </IconButton>
            </div>
          ))}
          <Button
            size="small"
            className="self-start"
            icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
            onClick={() => append(NEW_AREA)}
          >
            {t('shipping.area.add')}
          </Button>
        </fieldset>
      </FormProvider>
    </EditDialog>
  );
}

function AreaFields({ index }: { readonly index: number }) {
  const { t, language } = useI18n();
  const { control, register, formState } = useFormContext<ZoneForm>();
  const errors = formState.errors.areas?.[index];
  const countries = useMemo(
    () => [{ value: '', label: t('shipping.everyCountry') }, ...countriesIn(language)],
    [t, language],
  );
  return (
    <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
      <Controller
        control={control}
        name={`areas.${index}.countryCode`}
        render={({ field }) => (
          <Field label={t('shipping.area.country', { number: index + 1 })} error={errors?.countryCode?.message}>
            {(attributes) => (
              <Combobox
                control={attributes}
                label={t('shipping.area.country', { number: index + 1 })}
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
      <TextField
        label={t('shipping.area.region', { number: index + 1 })}
        optional={t('order.optional')}
        error={errors?.region?.message}
        {...register(`areas.${index}.region`)}
      />
      <Field
        className="sm:col-span-2"
        label={t('shipping.area.postal', { number: index + 1 })}
        optional={t('order.optional')}
        help={t('shipping.area.postalHelp')}
        error={errors?.postalPatterns?.message}
      >
        {(attributes) => (
          <TextArea {...attributes} rows={2} className="min-h-16" {...register(`areas.${index}.postalPatterns`)} />
        )}
      </Field>
    </div>
  );
}
