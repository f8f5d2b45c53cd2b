import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { CONTROL, type FieldControl } from './field.tsx';
import { classNames } from '../class-names.ts';

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** The accessible name. Set it for a control outside of a `Field`. */
  readonly label?: string;
  readonly control?: FieldControl;
  readonly className?: string;
  readonly disabled?: boolean;
}

/** A selection of one of a few choices. Use `Combobox` for more than 15. */
export function Select<Value extends string>({
  value,
  choices,
  onChange,
  label,
  control,
  className,
  disabled = false,
}: SelectProps<Value>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
      <Radix.Trigger
        aria-label={label}
        {...control}
        className={classNames(CONTROL, 'flex h-10 items-center justify-between gap-2 text-start', className)}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) animate-rise overflow-hidden rounded-card border bg-surface p-1 shadow-floating"
        >
          <Radix.Viewport>
            {choices.map((choice) => (
              <Radix.Item
                key={choice.value}
                value={choice.value}
                className="flex h-9 cursor-default items-center justify-between gap-4 rounded-control px-2.5 text-14 outline-none data-highlighted:bg-hover"
              >
                <Radix.ItemText>{choice.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent" strokeWidth={1.75} />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
