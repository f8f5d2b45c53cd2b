import { Button, Checkbox, Dialog, TextField } from '@souk/ui';
import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useScopes } from '../../session/use-session.ts';
import { useApiKeyChange } from './use-api-key-change.ts';

interface KeyForm {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly addresses: string;
}

export interface CreateKeyDialogProps {
  readonly onClose: () => void;
  /** Called with the secret of the created key. */
  readonly onSecret: (secret: string | null) => void;
}

/**
 * A dialog for the name, the scopes and the allowed IP addresses of a new key. Users can grant only scopes that they
 * have.
 */
export function CreateKeyDialog({ onClose, onSecret }: CreateKeyDialogProps) {
  const { t } = useI18n();
  const id = useId();
  const own = [...useScopes()].toSorted();
  const change = useApiKeyChange();
  const form = useForm<KeyForm>({ defaultValues: { name: '', scopes: [], addresses: '' } });
  const { errors } = form.formState;
  const send = form.handleSubmit(({ name, scopes, addresses }) => {
    const allowedAddresses = addresses.split(/[\s,]+/).filter((each) => each !== '');
    change.mutate(
      { kind: 'create', key: { name: name.trim(), scopes, allowedAddresses } },
      {
        onSuccess: (secret) => {
          onClose();
          onSecret(secret);
        },
      },
    );
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('keys.create')}
      description={t('keys.create.text')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={id} loading={change.isPending}>
            {t('keys.create.submit')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={send} noValidate className="flex flex-col gap-4">
        <TextField
          label={t('keys.name')}
          error={errors.name && t('product.required')}
          {...form.register('name', { validate: (text) => text.trim() !== '' })}
        />
        <Controller
          control={form.control}
          name="scopes"
          rules={{ validate: (scopes) => scopes.length > 0 }}
          render={({ field }) => (
            <fieldset className="flex flex-col gap-2">
              <legend className="mb-2 text-14 font-medium">{t('keys.scopes')}</legend>
              {errors.scopes && <p className="text-14 text-bad">{t('keys.scopes.required')}</p>}
              <div className="grid gap-2 sm:grid-cols-2">
                {own.map((scope) => (
                  <Checkbox
                    key={scope}
                    label={scope}
                    checked={field.value.includes(scope)}
                    onChange={(checked) =>
                      field.onChange(checked ? [...field.value, scope] : field.value.filter((each) => each !== scope))
                    }
                  />
                ))}
              </div>
            </fieldset>
          )}
        />
        <TextField label={t('keys.addresses')} help={t('keys.addresses.help')} {...form.register('addresses')} />
      </form>
    </Dialog>
  );
}
