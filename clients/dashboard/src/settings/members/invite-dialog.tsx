import type { StaffRole } from '@souk/sdk';
import { Button, Dialog, Field, Select, TextField } from '@souk/ui';
import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useMemberChange } from './use-member-change.ts';

interface Invited {
  readonly email: string;
  readonly role: StaffRole;
}

const ROLES = ['STAFF', 'OWNER'] as const satisfies readonly StaffRole[];

/** A dialog for the email address and the role of a new staff member. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const change = useMemberChange();
  const form = useForm<Invited>({ defaultValues: { email: '', role: 'STAFF' } });
  const { errors } = form.formState;
  const send = form.handleSubmit(({ email, role }) =>
    change.mutate({ kind: 'invite', email: email.trim(), role }, { onSuccess: onClose }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('members.invite')}
      description={t('members.invite.text')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={id} loading={change.isPending}>
            {t('members.invite.submit')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={send} noValidate className="flex flex-col gap-4">
        <TextField
          label={t('signIn.email')}
          type="email"
          autoComplete="off"
          error={errors.email && t('product.required')}
          {...form.register('email', { validate: (text) => text.trim() !== '' })}
        />
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Field label={t('settings.role')} help={t(`members.role.${field.value}`)}>
              {(control) => (
                <Select
                  control={control}
                  value={field.value}
                  onChange={field.onChange}
                  choices={ROLES.map((role) => ({ value: role, label: t(`settings.role.${role}`) }))}
                />
              )}
            </Field>
          )}
        />
      </form>
    </Dialog>
  );
}
