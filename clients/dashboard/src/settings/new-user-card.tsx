import { UserCreateDocument, type UserRole } from '@souk/sdk';
import { Button, Card, Field, Notice, Select, TextField, useToast } from '@souk/ui';
import { useMutation } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';

interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly role: UserRole;
}

const ROLES = ['STAFF', 'OWNER'] as const;
const PASSWORD_LENGTH = 12;

/** Creates a user of the shop. */
export function NewUserCard() {
  const { t } = useI18n();
  const toast = useToast();
  const form = useForm<NewUser>({ defaultValues: { email: '', password: '', role: 'STAFF' } });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: async (user: NewUser) =>
      accepted(
        (await souk.run(UserCreateDocument, { input: { idempotencyKey: newIdempotencyKey(), ...user } })).userCreate,
      ),
    onSuccess: (_result, { email }) => {
      form.reset();
      toast({ text: t('settings.users.done', { email }) });
    },
  });
  return (
    <Card title={t('settings.users')}>
      <form noValidate onSubmit={form.handleSubmit((user) => create.mutate(user))} className="flex flex-col gap-4">
        <p className="text-14 text-ink-3">{t('settings.users.text')}</p>
        {create.isError && <Notice tone="bad">{create.error.message}</Notice>}
        <TextField
          label={t('signIn.email')}
          type="email"
          autoComplete="off"
          error={errors.email && t('product.required')}
          {...form.register('email', { required: true })}
        />
        <TextField
          label={t('signIn.password')}
          type="password"
          autoComplete="new-password"
          help={t('settings.users.passwordHelp')}
          error={errors.password && t('settings.users.passwordHelp')}
          {...form.register('password', { minLength: PASSWORD_LENGTH, required: true })}
        />
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Field label={t('settings.role')}>
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
        <Button kind="primary" type="submit" loading={create.isPending} className="self-start">
          {t('settings.users.create')}
        </Button>
      </form>
    </Card>
  );
}
