import { Notice } from '@souk/ui';
import type { FieldError, FieldErrors } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import type { AddressValues } from './address-form.tsx';

export interface ErrorSummaryProps {
  readonly errors: FieldErrors<AddressValues>;
  readonly problem: string | null;
}

/** The list of form errors above the form. Each error links to its field. */
export function ErrorSummary({ errors, problem }: ErrorSummaryProps) {
  const { t } = useI18n();
  const fields = Object.values(errors) as readonly FieldError[];
  if (fields.length === 0 && problem === null) return null;
  return (
    <Notice tone="bad">
      {problem !== null && <p>{problem}</p>}
      {fields.length > 0 && (
        <>
          <p className="font-medium">{t('checkout.errors', { count: fields.length })}</p>
          <ul className="mt-1 flex flex-col gap-0.5">
            {fields.map((error) => (
              <li key={error.message}>
                <button
                  type="button"
                  className="text-start underline"
                  onClick={() => {
                    error.ref?.focus?.();
                  }}
                >
                  {error.message}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
