import { classNames } from '@souk/ui';
import type { ReactNode } from 'react';

export interface PageProps {
  /** The title of the browser tab. */
  readonly title: string;
  /** The description for search engines. @default none */
  readonly description?: string | null;
  readonly children: ReactNode;
  readonly className?: string;
}

/** The content area of a page, with a maximum width. */
export function Page({ title, description, children, className }: PageProps) {
  return (
    <div className={classNames('mx-auto w-full max-w-[78rem] px-4 py-6 sm:px-6 md:py-10 lg:px-8', className)}>
      <title>{title}</title>
      {description && <meta name="description" content={description} />}
      {children}
    </div>
  );
}
