import { classNames } from '@souk/ui';
import type { ReactNode } from 'react';

export interface PageProps {
  /** Title of the browser's tab. */
  readonly title: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** The content of a page, at most as wide as a comfortable screen. */
export function Page({ title, children, className }: PageProps) {
  return (
    <div className={classNames('mx-auto w-full max-w-[78rem] px-4 py-6 sm:px-6 md:py-10 lg:px-8', className)}>
      <title>{title}</title>
      {children}
    </div>
  );
}
