import { useEffect, type ReactNode } from 'react';

export interface PageProps {
  readonly title: string;
  /** The element above the title, for instance a breadcrumb. */
  readonly above?: ReactNode;
  /** The element beside the title, for instance a status. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of one page: title, actions and content. The title is also the title of the browser tab. */
export function Page({ title, above, beside, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Souk`;
  }, [title]);
  return (
    <div className="mx-auto flex w-full max-w-[80rem] flex-col gap-4 px-4 py-6 md:px-8">
      {above}
      <header className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-22 font-semibold">{title}</h1>
          {beside}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
