import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, type ReactNode } from 'react';

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** The text at the end of the command's row: a state or a keyboard shortcut. */
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly onSelect: () => void;
}

export interface PaletteGroup {
  readonly heading: string;
  readonly items: readonly PaletteItem[];
}

export interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly label: string;
  readonly placeholder: string;
  readonly empty: string;
  readonly groups: readonly PaletteGroup[];
  /** Called when the search text changes. Use it to fetch results from a server. */
  readonly onSearch?: (text: string) => void;
}

/** A dialog with a search over pages and actions. Ctrl-K and Cmd-K open it. */
export function CommandPalette(props: CommandPaletteProps) {
  const { open, onOpenChange, label, placeholder, empty, groups, onSearch } = props;
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    document.addEventListener('keydown', toggle);
    return () => document.removeEventListener('keydown', toggle);
  }, [open, onOpenChange]);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-card border bg-surface shadow-floating"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <Command label={label} loop>
            <div className="flex items-center gap-3 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
              <Command.Input
                placeholder={placeholder}
                {...(onSearch && { onValueChange: onSearch })}
                className="h-12 w-full bg-transparent text-16 outline-none placeholder:text-ink-3"
              />
            </div>
            <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-4 py-10 text-center text-14 text-ink-3">{empty}</Command.Empty>
              {groups.map(({ heading, items }) => (
                <Command.Group
                  key={heading}
                  heading={heading}
                  className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-12 **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-ink-3"
                >
                  {items.map(({ id, label: text, hint, icon, onSelect }) => (
                    <Command.Item
                      key={id}
                      value={`${text} ${id}`}
                      onSelect={() => {
                        onOpenChange(false);
                        onSelect();
                      }}
                      className="flex h-10 cursor-default items-center gap-3 rounded-control px-2.5 text-14 data-[selected=true]:bg-hover"
                    >
                      {icon && <span className="text-ink-3">{icon}</span>}
                      <span className="min-w-0 flex-1 truncate">{text}</span>
                      {hint && <span className="text-12 text-ink-3">{hint}</span>}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
