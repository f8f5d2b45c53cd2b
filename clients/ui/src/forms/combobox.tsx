import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { classNames } from '../class-names.ts';
import { CONTROL, type FieldControl } from './field.tsx';
import type { Choice } from './select.tsx';

export interface ComboboxProps<Value extends string> {
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** The accessible name of the button and of its search field. */
  readonly label: string;
  readonly placeholder: string;
  /** The text when no choice matches the search. */
  readonly empty: string;
  readonly control?: FieldControl;
  readonly className?: string;
}

/** A selection of one of many choices, with a search field. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { value, choices, onChange, label, placeholder, empty, control, className } = props;
  const [open, setOpen] = useState(false);
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        role="combobox"
        aria-expanded={open}
        aria-label={control ? undefined : label}
        {...control}
        className={classNames(CONTROL, 'flex h-10 items-center justify-between gap-2 text-start', className)}
      >
        <span className={classNames('truncate', !chosen && 'text-ink-3')}>{chosen?.label ?? placeholder}</span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          className="z-50 w-(--radix-popover-trigger-width) min-w-56 animate-rise rounded-card border bg-surface shadow-floating"
        >
          <Command label={label}>
            <Command.Input
              placeholder={placeholder}
              className="h-10 w-full border-b bg-transparent px-3 text-14 outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-64 overflow-y-auto p-1">
              <Command.Empty className="px-3 py-6 text-center text-14 text-ink-3">{empty}</Command.Empty>
              {choices.map((choice) => (
                <Command.Item
                  key={choice.value}
                  value={choice.value}
                  keywords={[choice.label]}
                  onSelect={() => {
                    onChange(choice.value);
                    setOpen(false);
                  }}
                  className="flex h-9 cursor-default items-center justify-between rounded-control px-2.5 text-14 data-[selected=true]:bg-hover"
                >
                  {choice.label}
                  {choice.value === value && <Check aria-hidden className="size-4 text-accent" strokeWidth={1.75} />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
