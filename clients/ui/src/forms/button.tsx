import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../class-names.ts';

/** The emphasis of a button. A view has at most one `primary` button. `danger` is for irreversible actions. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

const KINDS: Readonly<Record<ButtonKind, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-hover border-transparent',
  secondary: 'bg-surface text-ink border-line-strong hover:bg-hover active:bg-sunken',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink active:bg-sunken',
  danger: 'bg-bad text-on-bad border-transparent hover:opacity-90 active:opacity-85',
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  small: 'h-8 px-3 text-14 gap-1.5',
  medium: 'h-10 px-4 text-14 gap-2',
  large: 'h-12 px-6 text-16 gap-2',
};

const BUTTON_BASE =
  'inline-flex items-center justify-center rounded-control border font-medium whitespace-nowrap select-none transition-colors duration-150 disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50 aria-disabled:pointer-events-none';

export interface ButtonProps extends ComponentProps<'button'> {
  /** @default 'secondary' */
  readonly kind?: ButtonKind;
  /** @default 'medium' */
  readonly size?: ButtonSize;
  /** Whether the button shows a spinner and ignores clicks. The button keeps its width. @default false */
  readonly loading?: boolean;
  readonly icon?: ReactNode;
  /** Whether the single child, such as a link, is rendered with the look of a button. @default false */
  readonly asChild?: boolean;
}

export function Button({
  kind = 'secondary',
  size = 'medium',
  loading = false,
  icon,
  asChild = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const classes = classNames(BUTTON_BASE, KINDS[kind], SIZES[size], className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={classes} disabled={disabled || loading} aria-busy={loading || undefined} {...rest}>
      {loading ? <LoaderCircle aria-hidden className="size-4 animate-spin" strokeWidth={1.75} /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'asChild' | 'icon'> {
  /** The accessible name, which is also the tooltip. */
  readonly label: string;
}

/** A square button with an icon as its child. */
export function IconButton({ label, size = 'medium', kind = 'quiet', className, ...rest }: IconButtonProps) {
  const square = { small: 'size-8', medium: 'size-10', large: 'size-12' }[size];
  return (
    <Button
      aria-label={label}
      title={label}
      kind={kind}
      size={size}
      className={classNames(square, 'px-0', className)}
      {...rest}
    />
  );
}
