import { Minus, Plus } from 'lucide-react';
import { IconButton } from './button.tsx';
import { classNames } from '../class-names.ts';

export interface StepperProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** The accessible name: "Quantity of Cork bedside lamp". */
  readonly label: string;
  readonly less: string;
  readonly more: string;
  /** @default 1 */
  readonly min?: number;
  readonly max?: number;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** A quantity field with buttons for less and more. The quantity can also be typed. */
export function Stepper({
  value,
  onChange,
  label,
  less,
  more,
  min = 1,
  max,
  disabled = false,
  className,
}: StepperProps) {
  const change = (next: number) => onChange(Math.max(min, Math.min(max ?? next, next)));
  return (
    <div
      role="group"
      aria-label={label}
      className={classNames('inline-flex items-center rounded-control border border-line-strong bg-surface', className)}
    >
      <IconButton
        label={less}
        disabled={disabled || value <= min}
        onClick={() => change(value - 1)}
        className="rounded-e-none border-0"
      >
        <Minus aria-hidden className="size-4" strokeWidth={1.75} />
      </IconButton>
      <input
        inputMode="numeric"
        pattern="[0-9]*"
        aria-label={label}
        disabled={disabled}
        value={value}
        onChange={({ target }) => {
          const digits = target.value.replaceAll(/\D/g, '');
          change(digits === '' ? min : Number(digits));
        }}
        className="h-10 w-10 bg-transparent text-center text-14 tabular-nums"
      />
      <IconButton
        label={more}
        disabled={disabled || (max !== undefined && value >= max)}
        onClick={() => change(value + 1)}
        className="rounded-s-none border-0"
      >
        <Plus aria-hidden className="size-4" strokeWidth={1.75} />
      </IconButton>
    </div>
  );
}
