import { ChevronDown } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';

export interface DisclosureProps {
  readonly title: ReactNode;
  /** @default false */
  readonly defaultOpen?: boolean;
  readonly children: ReactNode;
}

/** A heading that toggles the content below it. */
export function Disclosure({ title, defaultOpen = false, children }: DisclosureProps) {
  return (
    <Collapsible.Root defaultOpen={defaultOpen} className="border-b">
      <Collapsible.Trigger className="group flex w-full items-center justify-between gap-4 py-3 text-start text-14 font-medium">
        {title}
        <ChevronDown
          aria-hidden
          className="size-4 shrink-0 text-ink-3 transition-transform duration-150 group-data-[state=open]:rotate-180"
          strokeWidth={1.75}
        />
      </Collapsible.Trigger>
      <Collapsible.Content className="pb-4 text-14">{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
