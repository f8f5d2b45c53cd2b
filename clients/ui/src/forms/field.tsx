import { CircleAlert } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';

export const CONTROL =
  'w-full rounded-control border border-line-strong bg-surface px-3 text-14 text-ink placeholder:text-ink-3 transition-colors duration-150 hover:border-ink-3 focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-bad';

/** The attributes that connect a control with its label, help text and error. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

export interface FieldProps {
  readonly label: string;
  /** Whether the label is only for screen readers. @default false */
  readonly hideLabel?: boolean;
  readonly help?: ReactNode;
  /** The message for an invalid value, with the remedy. */
  readonly error?: string | undefined;
  readonly optional?: string;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
}

/** The frame of a control: label, help text and error. */
export function Field({ label, hideLabel = false, help, error, optional, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || help !== undefined;
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={classNames('text-14 font-medium text-ink', hideLabel && 'sr-only')}>
        {label}
        {optional && <span className="ms-1.5 font-normal text-ink-3">{optional}</span>}
      </label>
      {children({ id, 'aria-describedby': hasNote ? noteId : undefined, 'aria-invalid': error ? true : undefined })}
      {error !== undefined ? (
        <p id={noteId} className="flex items-start gap-1.5 text-14 text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          {error}
        </p>
      ) : (
        help !== undefined && (
          <p id={noteId} className="text-14 text-ink-3">
            {help}
          </p>
        )
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(CONTROL, 'h-10', className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(CONTROL, 'min-h-24 py-2 leading-normal', className)} {...rest} />;
}

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'children'> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly optional?: string;
  readonly fieldClassName?: string;
}

/** A single-line text field. Accepts the result of React Hook Form's `register(...)` as properties. */
export function TextField({ label, hideLabel, help, error, optional, fieldClassName, ...input }: TextFieldProps) {
  return (
    <Field
      label={label}
      {...(hideLabel !== undefined && { hideLabel })}
      {...(help !== undefined && { help })}
      {...(optional !== undefined && { optional })}
      {...(fieldClassName !== undefined && { className: fieldClassName })}
      error={error}
    >
      {(control) => <Input {...control} {...input} />}
    </Field>
  );
}
