import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

export interface CardProps {
  readonly title?: string;
  /** The element at the end of the title line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Whether the content extends to the border without padding. Tables and lists use it. @default false */
  readonly flush?: boolean;
}

/** A section of a page with a thin border. */
export function Card({ title, aside, children, className, flush = false }: CardProps) {
  return (
    <section aria-label={title} className={classNames('overflow-hidden rounded-card border bg-surface', className)}>
      {title && (
        <header className="flex min-h-12 items-center justify-between gap-3 border-b px-4 py-1.5">
          <h2 className="text-14 font-semibold">{title}</h2>
          {aside}
        </header>
      )}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  );
}
