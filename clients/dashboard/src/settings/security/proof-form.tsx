import { Button, TextField } from '@souk/ui';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { RefusalError } from '../../api/refusal.ts';
import type { MessageKey } from '../../i18n/en.ts';
import { useI18n } from '../../i18n/use-i18n.ts';

/** The texts of refusals, by their code. */
const TEXTS: Readonly<Record<string, MessageKey>> = {
  INVALID_CREDENTIALS: 'security.wrongPassword',
  MFA_CODE_INVALID: 'code.wrong',
  TOO_MANY_ATTEMPTS: 'security.wait',
};

const FIELDS = {
  password: { label: 'security.password', attributes: { type: 'password', autoComplete: 'current-password' } },
  appCode: { label: 'code.label', attributes: { autoComplete: 'one-time-code', inputMode: 'numeric', maxLength: 40 } },
  anyCode: { label: 'security.anyCode', attributes: { autoComplete: 'one-time-code', maxLength: 40 } },
} as const;

export interface ProofFormProps {
  /** The proof: the password, a code of the app, or a code of the app or a recovery code. */
  readonly proof: keyof typeof FIELDS;
  /** The label of the button. */
  readonly submit: string;
  readonly danger?: boolean;
  /** Sends the proof. A thrown error is shown beside the field. */
  readonly send: (proof: string) => Promise<void>;
  /** Further buttons, before the main button. */
  readonly children?: ReactNode;
}

/** A form with one field, in which users prove who they are. */
export function ProofForm({ proof, submit, danger = false, send, children }: ProofFormProps) {
  const { t } = useI18n();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { proof: '' } });
  const { label, attributes } = FIELDS[proof];
  const onSubmit = handleSubmit(async (values) => {
    try {
      await send(proof === 'password' ? values.proof : values.proof.trim());
    } catch (error) {
      const key = error instanceof RefusalError ? TEXTS[error.refusal.code] : undefined;
      setError('proof', { message: key ? t(key) : error instanceof Error ? error.message : String(error) });
    }
  });
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <TextField
        label={t(label)}
        error={formState.errors.proof?.message}
        autoCapitalize="none"
        spellCheck={false}
        {...attributes}
        {...register('proof', { validate: (text) => text.trim() !== '' || t('security.required') })}
      />
      <div className="flex flex-wrap justify-end gap-2">
        {children}
        <Button kind={danger ? 'danger' : 'primary'} type="submit" loading={formState.isSubmitting}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
