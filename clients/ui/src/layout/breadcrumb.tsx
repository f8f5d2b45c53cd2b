import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

export interface BreadcrumbProps {
  readonly label: string;
  /** Links to the parent pages, from the root down. */
  readonly parents: readonly { readonly key: string; readonly link: ReactNode }[];
  readonly current: string;
}

export function Breadcrumb({ label, parents, current }: BreadcrumbProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-1.5 text-14 text-ink-3">
        {parents.map(({ key, link }) => (
          <li key={key} className="flex items-center gap-1.5">
            {link}
            <ChevronRight aria-hidden className="size-3.5 rtl:rotate-180" strokeWidth={1.75} />
          </li>
        ))}
        <li aria-current="page" className="truncate text-ink">
          {current}
        </li>
      </ol>
    </nav>
  );
}
