import { Check, Minus } from 'lucide-react';
import { Checkbox as RadixCheckbox, RadioGroup, Switch as RadixSwitch } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';

export interface CheckboxProps {
  readonly checked: boolean | 'indeterminate';
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  /** @default false */
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
}

export function Checkbox({ checked, onChange, label, hideLabel = false, disabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex min-h-6 items-center gap-2.5">
      <RadixCheckbox.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
        className="grid size-4.5 shrink-0 place-items-center rounded-[4px] border border-line-strong bg-surface transition-colors duration-150 hover:border-ink-3 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent disabled:opacity-50"
      >
        <RadixCheckbox.Indicator className="text-on-accent">
          {checked === 'indeterminate' ? (
            <Minus className="size-3.5" strokeWidth={2.5} />
          ) : (
            <Check className="size-3.5" strokeWidth={2.5} />
          )}
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <label htmlFor={id} className={classNames('text-14', hideLabel && 'sr-only')}>
        {label}
      </label>
    </div>
  );
}

export interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  readonly help?: string;
  readonly disabled?: boolean;
}

/** A switch for a setting that takes effect immediately. */
export function Switch({ checked, onChange, label, help, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <label htmlFor={id} className="text-14">
        {label}
        {help && <span className="block text-ink-3">{help}</span>}
      </label>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken p-0.5 transition-colors duration-150 data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-50"
      >
        <RadixSwitch.Thumb className="block size-4.5 rounded-full bg-ink-3 transition-transform duration-150 data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent rtl:data-[state=checked]:-translate-x-4" />
      </RadixSwitch.Root>
    </div>
  );
}

export interface RadioCard<Value extends string> {
  readonly value: Value;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** The element at the end of the card, for instance a price. */
  readonly aside?: ReactNode;
  readonly disabled?: boolean;
}

export interface RadioCardsProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly cards: readonly RadioCard<Value>[];
  readonly onChange: (value: Value) => void;
}

/** A selection of one of a few choices, each with an explanation. */
export function RadioCards<Value extends string>({ label, value, cards, onChange }: RadioCardsProps<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value ?? ''}
      onValueChange={(next) => onChange(next as Value)}
      className="flex flex-col gap-2"
    >
      {cards.map((card) => (
        <RadioGroup.Item
          key={card.value}
          value={card.value}
          disabled={card.disabled ?? false}
          className="group flex items-start gap-3 rounded-card border bg-surface p-3 text-start transition-colors duration-150 hover:border-line-strong data-[state=checked]:border-accent disabled:opacity-50"
        >
          <span className="mt-0.5 grid size-4.5 shrink-0 place-items-center rounded-full border border-line-strong group-data-[state=checked]:border-accent">
            <RadioGroup.Indicator className="size-2.5 rounded-full bg-accent" />
          </span>
          <span className="flex-1 text-14">
            <span className="block font-medium">{card.title}</span>
            {card.description && <span className="block text-ink-3">{card.description}</span>}
          </span>
          {card.aside && <span className="text-14 tabular-nums">{card.aside}</span>}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
