import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onSelect: () => void;
  /** @default false */
  readonly danger?: boolean;
  readonly checked?: boolean;
}

export interface MenuProps {
  readonly trigger: ReactNode;
  readonly heading?: ReactNode;
  /** Groups of items. Lines separate the groups. */
  readonly groups: readonly (readonly MenuItem[])[];
}

/** A menu of actions that opens below its button. */
export function Menu({ trigger, heading, groups }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 min-w-52 animate-rise rounded-card border bg-surface p-1 shadow-floating"
        >
          {heading && <div className="px-2.5 py-2 text-14">{heading}</div>}
          {groups.map((items, index) => (
            <DropdownMenu.Group
              key={items.map(({ label }) => label).join()}
              className={classNames((index > 0 || heading !== undefined) && 'mt-1 border-t pt-1')}
            >
              {items.map(({ label, icon, onSelect, danger = false, checked }) => (
                <DropdownMenu.Item
                  key={label}
                  onSelect={onSelect}
                  className={classNames(
                    'flex h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 text-14 outline-none data-highlighted:bg-hover',
                    danger && 'text-bad',
                    checked && 'font-medium text-accent-ink',
                  )}
                >
                  {icon}
                  {label}
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
